import { join } from 'node:path';
import { ifPresent, type OutputFs, syncDirectory } from './fs.ts';

export interface Change {
  readonly path: string;
  readonly kind: 'create' | 'replace' | 'delete';
}

/** What one build changes. New contents lie in `new/<index>`, what was there before in `old/<index>`. */
export interface Journal {
  readonly changes: readonly Change[];
  /** Folders that the build adds, the outer before the inner. */
  readonly folders: readonly string[];
}

/**
 * The journal's name says which way to go after a crash: `commit.json` forward to the new tree, `undo.json`
 * back to the old one, neither: nothing outside the staging folder was touched.
 */
export type Direction = 'commit' | 'undo';

export const NEW = 'new';
export const OLD = 'old';

function fileOf(direction: Direction): string {
  return `${direction}.json`;
}

/** Writes a file and makes it survive a power cut. */
export function writeDurably(fs: OutputFs, file: string, text: string): void {
  const handle = fs.openSync(file, 'w');
  try {
    fs.writeFileSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** From here on the build is decided: a crash is followed by its completion. */
export function decide(fs: OutputFs, staging: string, journal: Journal): void {
  const draft = join(staging, 'journal.json');
  writeDurably(fs, draft, JSON.stringify(journal));
  syncDirectory(fs, staging);
  fs.renameSync(draft, join(staging, fileOf('commit')));
  syncDirectory(fs, staging);
}

/** Turns round: a crash from here on is followed by the return to the old tree. Needs no space on the disk. */
export function revoke(fs: OutputFs, staging: string): void {
  fs.renameSync(join(staging, fileOf('commit')), join(staging, fileOf('undo')));
  syncDirectory(fs, staging);
}

/** What an interrupted build left behind. */
export function readJournal(fs: OutputFs, staging: string): { direction: Direction; journal: Journal } | undefined {
  for (const direction of ['commit', 'undo'] as const) {
    const text = ifPresent(() => fs.readFileSync(join(staging, fileOf(direction)), 'utf8'));
    if (text !== undefined) return { direction, journal: JSON.parse(text) as Journal };
  }
  return undefined;
}

/** The tree is whole: forgets the journal first, then what it spoke of. Owner marks stay. */
export function clearStaging(fs: OutputFs, staging: string): void {
  for (const direction of ['commit', 'undo'] as const) fs.rmSync(join(staging, fileOf(direction)), { force: true });
  for (const name of ['journal.json', NEW, OLD]) fs.rmSync(join(staging, name), { recursive: true, force: true });
}
