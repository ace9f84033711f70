/**
 * Writes the output folder, all or nothing. How and why this way: docs/output.md.
 */
import { dirname, join, resolve } from 'node:path';
import type { Artefact } from '../project/artefact.ts';
import { apply, removeEmptyFolders, undo } from './apply.ts';
import { type Comparison, compareOutput, FOREIGN_FIX, isCurrent } from './compare.ts';
import { errorCode, ifPresent, type OutputFs, realFs, removeIfEmpty, syncDirectory, makeFolders } from './fs.ts';
import {
  type Change,
  clearStaging,
  decide,
  type Journal,
  NEW,
  OLD,
  readJournal,
  revoke,
  writeDurably,
} from './journal.ts';
import { acquireLock, type LockOptions } from './lock.ts';
import { OutputError, systemError } from './output-error.ts';
import { checkPaths, parents, STAGING } from './paths.ts';

/** What a build did to the folder. Paths are sorted and relative to it. */
export interface Written {
  readonly created: readonly string[];
  readonly replaced: readonly string[];
  readonly deleted: readonly string[];
  readonly unchanged: readonly string[];
}

export interface WriteOptions extends LockOptions {
  readonly fs?: OutputFs;
}

/**
 * Makes the folder hold these artefacts and their manifest, or leaves it as it was. Files that no earlier
 * build wrote are never touched. Files that are right already are not written again.
 *
 * @param directory the output folder; created where it is missing
 * @throws OutputError where a path would leave the folder, a file of somebody else is in the way, the system
 *   refuses, or another build keeps the folder locked
 */
export function writeOutput(directory: string, artefacts: readonly Artefact[], options: WriteOptions = {}): Written {
  const fs = options.fs ?? realFs;
  checkPaths(artefacts);
  return inWords(directory, () => {
    const real = ifPresent(() => fs.realpathSync(directory));
    if (real !== undefined && !ifPresent(() => fs.lstatSync(join(real, STAGING)))) {
      const comparison = compareOutput(fs, real, artefacts);
      refuseForeign(directory, comparison);
      if (isCurrent(comparison)) return { created: [], replaced: [], deleted: [], unchanged: comparison.unchanged };
    }
    const created = real === undefined ? makeFolders(fs, directory) : undefined;
    try {
      return locked(fs, fs.realpathSync(directory), options, (root, staging) => {
        finish(fs, root, staging);
        const comparison = compareOutput(fs, root, artefacts);
        refuseForeign(directory, comparison);
        if (!isCurrent(comparison)) replace(fs, root, staging, comparison);
        const { missing, stale, extra, unchanged } = comparison;
        return { created: missing, replaced: stale, deleted: extra, unchanged };
      });
    } catch (error) {
      if (created !== undefined) removeCreated(fs, directory, created);
      throw error;
    }
  });
}

/**
 * Completes or takes back what an interrupted build left behind. Does nothing where there is nothing.
 *
 * @returns whether there was something
 * @throws OutputError where the system refuses or a living build holds the folder
 */
export function recoverOutput(directory: string, options: WriteOptions = {}): boolean {
  const fs = options.fs ?? realFs;
  return inWords(directory, () => {
    const real = ifPresent(() => fs.realpathSync(directory));
    if (real === undefined || !ifPresent(() => fs.lstatSync(join(real, STAGING)))) return false;
    return locked(fs, real, options, (root, staging) => finish(fs, root, staging));
  });
}

function inWords<T>(directory: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw systemError(directory, error);
  }
}

function locked<T>(fs: OutputFs, root: string, options: LockOptions, action: (root: string, staging: string) => T): T {
  const staging = join(root, STAGING);
  const lock = acquireLock(fs, staging, options);
  try {
    return action(root, staging);
  } finally {
    // A journal that is still there belongs to the next run, which finds the folder unlocked.
    unlessRefused(() => lock.release());
  }
}

function finish(fs: OutputFs, root: string, staging: string): boolean {
  const left = readJournal(fs, staging);
  if (left?.direction === 'commit') {
    apply(fs, root, staging, left.journal);
    removeEmptyFolders(fs, root, left.journal);
  }
  if (left?.direction === 'undo') undo(fs, root, staging, left.journal);
  clearStaging(fs, staging);
  return left !== undefined;
}

function replace(fs: OutputFs, root: string, staging: string, comparison: Comparison): void {
  const journal = plan(fs, root, comparison);
  try {
    stage(fs, root, staging, journal, new Map(comparison.wanted.map(({ path, text }) => [path, text])));
    decide(fs, staging, journal);
    apply(fs, root, staging, journal);
  } catch (error) {
    takeBack(fs, root, staging, journal, error);
    throw error;
  }
  removeEmptyFolders(fs, root, journal);
  unlessRefused(() => clearStaging(fs, staging));
}

/** The tree is right by now, and what could not be tidied up the next run tidies up. */
function unlessRefused(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

function takeBack(fs: OutputFs, root: string, staging: string, journal: Journal, cause: unknown): void {
  try {
    if (readJournal(fs, staging)?.direction === 'commit') {
      revoke(fs, staging);
      undo(fs, root, staging, journal);
    }
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    const message = `Writing \`${root}\` failed half-way, and so did taking it back: ${String(cause)}`;
    const fix = 'Mend the disk or the permissions and build again: the next build finishes this one or takes it back.';
    throw new OutputError('system', root, message, fix, { cause });
  }
  unlessRefused(() => clearStaging(fs, staging));
}

/** The manifest comes last: whoever sees the new one sees the new tree. */
function plan(fs: OutputFs, root: string, { missing, stale, extra, wanted }: Comparison): Journal {
  const kinds = new Map<string, Change['kind']>([
    ...missing.map((path) => [path, 'create'] as const),
    ...stale.map((path) => [path, 'replace'] as const),
  ]);
  const manifest = wanted.at(-1);
  const writes = [...kinds].filter(([path]) => path !== manifest?.path);
  writes.sort(([a], [b]) => (a < b ? -1 : 1));
  const changes: Change[] = writes.map(([path, kind]) => ({ path, kind }));
  changes.push(...extra.map((path) => ({ path, kind: 'delete' as const })));
  const manifestKind = manifest && kinds.get(manifest.path);
  if (manifest && manifestKind) changes.push({ path: manifest.path, kind: manifestKind });
  const folders = [...new Set(changes.flatMap(({ path, kind }) => (kind === 'create' ? parents(path) : [])))];
  return {
    changes,
    folders: folders.filter((folder) => !ifPresent(() => fs.lstatSync(join(root, folder)))).toSorted(),
  };
}

/** Everything that needs space on the disk happens here, before anything in the folder changes. */
function stage(
  fs: OutputFs,
  root: string,
  staging: string,
  { changes }: Journal,
  texts: ReadonlyMap<string, string>,
): void {
  for (const name of [NEW, OLD]) fs.mkdirSync(join(staging, name));
  for (const [index, { path, kind }] of changes.entries()) {
    const text = texts.get(path);
    if (kind !== 'delete' && text !== undefined) writeDurably(fs, join(staging, NEW, String(index)), text);
    if (kind !== 'create') keep(fs, join(root, path), join(staging, OLD, String(index)));
  }
  for (const name of [NEW, OLD]) syncDirectory(fs, join(staging, name));
}

function keep(fs: OutputFs, file: string, copy: string): void {
  try {
    fs.linkSync(file, copy);
  } catch (error) {
    // Some file systems have no hard links.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(errorCode(error) ?? '')) throw error;
    fs.copyFileSync(file, copy);
  }
}

function removeCreated(fs: OutputFs, directory: string, outermost: string): void {
  const last = resolve(outermost);
  for (let folder = resolve(directory); folder.length >= last.length; folder = dirname(folder))
    removeIfEmpty(fs, folder);
}

function refuseForeign(directory: string, { foreign }: Comparison): void {
  const [first] = foreign;
  if (first === undefined) return;
  const names = foreign.map((path) => `\`${path}\``).join(', ');
  const verb = foreign.length === 1 ? 'is' : 'are';
  const message = `${names} in \`${directory}\` ${verb} in the way: no earlier build wrote ${foreign.length === 1 ? 'it' : 'them'}.`;
  throw new OutputError('foreign', join(directory, first), message, FOREIGN_FIX);
}
