import { dirname, join } from 'node:path';
import { ifPresent, type OutputFs, removeIfEmpty, syncDirectory } from './fs.ts';
import { type Journal, NEW, OLD } from './journal.ts';
import { parents } from './paths.ts';

/**
 * Goes forward to the new tree. Every step is one system call that can be repeated, so this also completes
 * a build that was killed half-way.
 */
export function apply(fs: OutputFs, directory: string, staging: string, { changes }: Journal): void {
  for (const [index, { path, kind }] of changes.entries()) {
    const target = join(directory, path);
    if (kind === 'delete') ifPresent(() => fs.unlinkSync(target));
    else moveIfPresent(fs, join(staging, NEW, String(index)), target);
  }
  for (const folder of touchedFolders(directory, changes)) ifPresent(() => syncDirectory(fs, folder));
}

/** Goes back to the old tree, from wherever `apply` or an earlier `undo` stopped. */
export function undo(fs: OutputFs, directory: string, staging: string, { changes, folders }: Journal): void {
  for (const [index, { path, kind }] of [...changes.entries()].toReversed()) {
    const target = join(directory, path);
    if (kind !== 'create') moveIfPresent(fs, join(staging, OLD, String(index)), target);
    else if (!exists(fs, join(staging, NEW, String(index)))) ifPresent(() => fs.unlinkSync(target));
  }
  for (const folder of [...folders].toReversed()) removeIfEmpty(fs, join(directory, folder));
  for (const folder of touchedFolders(directory, changes)) ifPresent(() => syncDirectory(fs, folder));
}

/** Folders that only held deleted files go with them. */
export function removeEmptyFolders(fs: OutputFs, directory: string, { changes }: Journal): void {
  const folders = changes.flatMap(({ path, kind }) => (kind === 'delete' ? parents(path) : []));
  const innermostFirst = [...new Set(folders)].toSorted((a, b) => b.split('/').length - a.split('/').length);
  for (const folder of innermostFirst) removeIfEmpty(fs, join(directory, folder));
}

function exists(fs: OutputFs, path: string): boolean {
  return ifPresent(() => fs.lstatSync(path)) !== undefined;
}

/** Folders are made again: after a crash somebody may have removed them. */
function moveIfPresent(fs: OutputFs, from: string, to: string): void {
  if (!exists(fs, from)) return;
  fs.mkdirSync(dirname(to), { recursive: true });
  fs.renameSync(from, to);
}

function touchedFolders(directory: string, changes: Journal['changes']): ReadonlySet<string> {
  return new Set(changes.map(({ path }) => dirname(join(directory, path))));
}
