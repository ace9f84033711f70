/** What is wrong with the output folder, as diagnostics. C850 to C859 belong to this room. */
import { codeEntries, codeOf, type CodeEntry } from '../diagnostics/code-table.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Comparison } from '../output/compare.ts';
import type { OutputError, OutputFault } from '../output/output-error.ts';

const ROWS = [
  ['C850', 'stale-file', 'error', 'A file of the output folder is not what the definitions give'],
  ['C851', 'missing-file', 'error', 'A file is missing from the output folder'],
  ['C852', 'extra-file', 'error', 'A file of an earlier build is no longer part of the project'],
  ['C853', 'foreign-file', 'error', 'A file that no build wrote is in the way'],
  ['C854', 'output-path', 'error', 'A file would be written outside of the output folder'],
  ['C855', 'output-unwritable', 'error', 'The output folder cannot be written'],
  ['C856', 'output-locked', 'error', 'Another build is writing to the output folder'],
] as const;

type OutputCode = (typeof ROWS)[number][0];

/** The codes of this room. */
export const OUTPUT_CODES: readonly CodeEntry<OutputCode>[] = codeEntries(ROWS);

function diagnostic(code: OutputCode, fault: Pick<Diagnostic, 'message' | 'why' | 'fix' | 'where'>): Diagnostic {
  return { ...codeOf(OUTPUT_CODES, code), ...fault };
}

const FAULTS: Readonly<Record<OutputFault, readonly [code: OutputCode, why: string]>> = {
  path: ['C854', 'A build writes into its own folder and nowhere else.'],
  foreign: ['C853', 'Overwriting it could destroy what somebody else put there.'],
  system: ['C855', 'Nothing was changed: a build is written as a whole or not at all.'],
  locked: ['C856', 'Two builds at once would mix their files.'],
};

/** Why nothing was written. */
export function outputDiagnostic({ fault, message, fix, path }: OutputError): Diagnostic {
  const [code, why] = FAULTS[fault];
  return diagnostic(code, { message, why, fix, where: [path] });
}

const REBUILD = 'Run `dashwright build` and commit the result.';

/**
 * How a folder differs from what a build would write.
 *
 * @param directory the output folder, as the author names it
 */
export function staleDiagnostics(
  directory: string,
  { stale, missing, extra, foreign }: Comparison,
): readonly Diagnostic[] {
  const where = (path: string): readonly string[] => [`${directory}/${path}`];
  return [
    ...stale.map((path) =>
      diagnostic('C850', {
        message: `\`${directory}/${path}\` is stale.`,
        why: 'The definitions were changed since it was written, or it was edited by hand.',
        fix: REBUILD,
        where: where(path),
      }),
    ),
    ...missing.map((path) =>
      diagnostic('C851', {
        message: `\`${directory}/${path}\` is missing.`,
        why: 'The definitions give such a file, and no build has written it.',
        fix: REBUILD,
        where: where(path),
      }),
    ),
    ...extra.map((path) =>
      diagnostic('C852', {
        message: `\`${directory}/${path}\` is no longer part of the project.`,
        why: 'An earlier build wrote it, and the definitions do not give it any more.',
        fix: REBUILD,
        where: where(path),
      }),
    ),
    ...foreign.map((path) =>
      diagnostic('C853', {
        message: `\`${directory}/${path}\` is in the way: no earlier build wrote it.`,
        why: FAULTS.foreign[1],
        fix: 'Move it away or delete it if it is not needed, then build.',
        where: where(path),
      }),
    ),
  ];
}
