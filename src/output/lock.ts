import { hostname } from 'node:os';
import { join } from 'node:path';
import { errorCode, ifPresent, type OutputFs, removeIfEmpty } from './fs.ts';
import { OutputError } from './output-error.ts';

const OWNER = /^owner-(\d+)$/;
const WAIT_MS = 10_000;
const POLL_MS = 25;
/** A name without its contents is a lock in the making, or one whose maker died in that moment. */
const UNREADABLE_MS = 1_000;

/** Who else to ask, replaceable in tests. */
export interface LockOptions {
  readonly waitMs?: number;
}

/** A held lock. */
export interface Lock {
  /** Removes the owner's mark and, when nobody else waits in it, the folder. */
  release(): void;
}

/**
 * Takes the staging folder for this process alone. A dead owner's folder is taken over: each owner leaves a
 * file with a number, the next one creates the file with the next number, and only one process can create it.
 *
 * @param staging the staging folder; created where it is missing
 * @throws OutputError of the fault `locked` where a living process keeps it for longer than ten seconds
 */
export function acquireLock(fs: OutputFs, staging: string, { waitMs = WAIT_MS }: LockOptions = {}): Lock {
  const started = Date.now();
  for (;;) {
    const last = lastOwner(fs, staging);
    const state = last === 0 ? 'dead' : ownerState(fs, join(staging, `owner-${last}`));
    const waited = Date.now() - started;
    if (state === 'dead' || (state === 'unreadable' && waited > Math.min(UNREADABLE_MS, waitMs))) {
      const own = join(staging, `owner-${last + 1}`);
      if (take(fs, staging, own)) return { release: () => release(fs, staging) };
    } else if (waited > waitMs) {
      throw new OutputError(
        'locked',
        staging,
        `Another build is writing to \`${join(staging, '..')}\`.`,
        `Wait for it to end. If none is running, delete \`${staging}\`.`,
      );
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
    }
  }
}

function lastOwner(fs: OutputFs, staging: string): number {
  const names = ifPresent(() => fs.readdirSync(staging)) ?? [];
  return Math.max(0, ...names.map((name) => Number(OWNER.exec(name)?.[1] ?? 0)));
}

function ownerState(fs: OutputFs, file: string): 'alive' | 'dead' | 'unreadable' {
  const text = ifPresent(() => fs.readFileSync(file, 'utf8'));
  if (text === undefined) return 'dead';
  const [pid = '', host] = text.split('\n');
  if (host === undefined || !/^\d+$/.test(pid)) return 'unreadable';
  if (host !== hostname()) return 'alive';
  if (Number(pid) === process.pid) return 'dead';
  try {
    process.kill(Number(pid), 0);
    return 'alive';
  } catch (error) {
    return errorCode(error) === 'EPERM' ? 'alive' : 'dead';
  }
}

function take(fs: OutputFs, staging: string, own: string): boolean {
  const created = fs.mkdirSync(staging, { recursive: true }) !== undefined;
  try {
    fs.writeFileSync(own, `${process.pid}\n${hostname()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = errorCode(error);
    // Another process was quicker, or the last owner removed the folder in this moment.
    if (code === 'EEXIST' || (code === 'ENOENT' && ifPresent(() => fs.lstatSync(join(staging, '..'))))) return false;
    fs.rmSync(own, { force: true });
    if (created) removeIfEmpty(fs, staging);
    throw error;
  }
}

function release(fs: OutputFs, staging: string): void {
  const names = ifPresent(() => fs.readdirSync(staging)) ?? [];
  for (const name of names.filter((name) => OWNER.test(name)).toSorted(byNumber))
    fs.rmSync(join(staging, name), { force: true });
  try {
    fs.rmdirSync(staging);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
}

/** The own mark, which has the highest number, goes last: until then nobody else may come in. */
function byNumber(a: string, b: string): number {
  return Number(OWNER.exec(a)?.[1]) - Number(OWNER.exec(b)?.[1]);
}
