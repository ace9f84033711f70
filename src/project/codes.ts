/** Codes of what keeps definitions from being read. C830 to C849 belong to this room. */
import { codeEntries, codeOf, type CodeEntry } from '../diagnostics/code-table.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

const ROWS = [
  ['C830', 'no-definitions', 'error', 'The folder holds no definitions'],
  ['C831', 'syntax-error', 'error', 'The file is no TypeScript'],
  ['C832', 'unresolved-import', 'error', 'An import leads nowhere'],
  ['C833', 'missing-export', 'error', 'The imported module has no such export'],
  ['C834', 'definition-throws', 'error', 'A definition throws'],
  ['C835', 'no-default-export', 'error', 'A dashboard or rule file exports nothing by default'],
  ['C836', 'wrong-export', 'error', 'A file exports something else than its folder is for'],
  ['C837', 'invalid-configuration', 'error', 'The configuration has a field or value that does not exist'],
  ['C838', 'never-settles', 'error', 'A definition waits for something that never happens'],
  ['C839', 'unreadable-project', 'error', 'A file or folder of the project cannot be read'],
] as const;

export type ProjectCode = (typeof ROWS)[number][0];

/** The codes of this room. */
export const PROJECT_CODES: readonly CodeEntry<ProjectCode>[] = codeEntries(ROWS);

/** A diagnostic of this room; what is not given stays out. */
export function projectDiagnostic(
  code: ProjectCode,
  fault: Pick<Diagnostic, 'message' | 'why' | 'fix'> & Partial<Diagnostic>,
): Diagnostic {
  return { ...codeOf(PROJECT_CODES, code), where: [], ...fault };
}
