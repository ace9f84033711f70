import { join } from 'node:path';
import type { Artefact } from '../project/artefact.ts';
import { ifPresent, type OutputFs } from './fs.ts';
import { manifestOf, parseManifest } from './manifest.ts';
import { OutputError } from './output-error.ts';
import { checkPaths, MANIFEST, parents } from './paths.ts';

/** What a build would change. Paths are sorted and relative to the output folder. */
export interface Comparison {
  /** On disk with other bytes. */
  readonly stale: readonly string[];
  /** Not on disk. */
  readonly missing: readonly string[];
  /** On disk, written by an earlier build, not part of this one. */
  readonly extra: readonly string[];
  /** On disk with other bytes, written by no build of ours. */
  readonly foreign: readonly string[];
  readonly unchanged: readonly string[];
  /** The artefacts and their manifest. */
  readonly wanted: readonly Artefact[];
}

/** Whether a build would change nothing. */
export function isCurrent({ stale, missing, extra, foreign }: Comparison): boolean {
  return stale.length + missing.length + extra.length + foreign.length === 0;
}

/**
 * Compares what is on disk with what a build would write. Reads only.
 *
 * @param directory the output folder; may be missing
 * @throws OutputError where an artefact's path would leave the folder, also through a symbolic link
 */
export function compareOutput(fs: OutputFs, directory: string, artefacts: readonly Artefact[]): Comparison {
  checkPaths(artefacts);
  const wanted = [...artefacts, manifestOf(artefacts)];
  refuseLinks(fs, directory, wanted);
  const manifestText = ifPresent(() => fs.readFileSync(join(directory, MANIFEST), 'utf8'));
  const previous = manifestText === undefined ? undefined : parseManifest(manifestText);
  const ours = new Set([...(previous?.files.keys() ?? []), ...(previous ? [MANIFEST] : [])]);
  const names = new Set(wanted.map(({ path }) => path));

  const groups = { stale: new Array<string>(), missing: new Array<string>(), foreign: new Array<string>() };
  const unchanged: string[] = [];
  for (const { path, text } of wanted) {
    const state = stateOf(fs, join(directory, path), text);
    if (state === 'same') unchanged.push(path);
    else if (state === 'missing') groups.missing.push(path);
    else groups[ours.has(path) ? 'stale' : 'foreign'].push(path);
  }
  const lowerCase = new Map(wanted.map(({ path }) => [path.toLowerCase(), path]));
  const extra = [...ours].filter((path) => {
    if (names.has(path) || !isFile(fs, directory, path)) return false;
    const twin = lowerCase.get(path.toLowerCase());
    return twin === undefined || !isSameFile(fs, join(directory, path), join(directory, twin));
  });
  for (const paths of [groups.stale, groups.missing, groups.foreign, unchanged, extra]) paths.sort();
  return { ...groups, extra, unchanged, wanted };
}

function stateOf(fs: OutputFs, file: string, text: string): 'same' | 'different' | 'missing' {
  const stats = ifPresent(() => fs.lstatSync(file));
  if (!stats) return 'missing';
  if (stats.isDirectory()) {
    throw new OutputError(
      'foreign',
      file,
      `\`${file}\` is a folder, but the build writes a file of that name.`,
      FOREIGN_FIX,
    );
  }
  // A link is replaced by a file: what it points to is not ours.
  if (!stats.isFile()) return 'different';
  return fs.readFileSync(file, 'utf8') === text ? 'same' : 'different';
}

function isFile(fs: OutputFs, directory: string, path: string): boolean {
  const linked = parents(path).some((folder) =>
    ifPresent(() => fs.lstatSync(join(directory, folder)))?.isSymbolicLink(),
  );
  if (linked) return false;
  const stats = ifPresent(() => fs.lstatSync(join(directory, path)));
  return stats !== undefined && !stats.isDirectory();
}

/** On a file system that ignores case, a file renamed only by case is still the file that we want. */
function isSameFile(fs: OutputFs, a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => ifPresent(() => fs.lstatSync(path)));
  return first !== undefined && second !== undefined && first.ino === second.ino && first.dev === second.dev;
}

function refuseLinks(fs: OutputFs, directory: string, wanted: readonly Artefact[]): void {
  const folders = new Set(wanted.flatMap(({ path }) => parents(path)));
  for (const folder of [...folders].toSorted()) {
    const path = join(directory, folder);
    if (!ifPresent(() => fs.lstatSync(path))?.isSymbolicLink()) continue;
    throw new OutputError(
      'path',
      path,
      `\`${path}\` is a symbolic link, so files below it would be written outside the output folder.`,
      'Replace the link by a folder, or point --out at the place where the files should go.',
    );
  }
}

export const FOREIGN_FIX = 'Move it away or delete it if it is not needed, or choose another folder with --out.';
