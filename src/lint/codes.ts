/** Codes of what keeps a file from being linted. C820 to C829 belong to this room. */
import type { Span } from '../promql/ast.ts';
import { codeEntries, codeOf, type CodeEntry } from '../diagnostics/code-table.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { positionOf } from './text/source-text.ts';
import type { SourceText } from './text/source-text.ts';

const ROWS = [
  ['C821', 'unreadable-file', 'error', 'The file is no YAML or JSON'],
  ['C822', 'duplicate-key', 'error', 'A key stands twice in one YAML mapping'],
  ['C823', 'duplicate-json-key', 'warning', 'A key stands twice in one JSON object'],
  ['C824', 'wrong-shape', 'error', 'A part of a rule file or dashboard has the wrong type or is missing'],
  ['C825', 'nothing-to-lint', 'error', 'The file holds neither rules nor dashboards'],
] as const;

export type LintCode = (typeof ROWS)[number][0];

/** The codes of this room. */
export const LINT_CODES: readonly CodeEntry<LintCode>[] = codeEntries(ROWS);

/** What a reader says of a file that is not as it should be. */
export interface FileFault {
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly within: SourceText;
  readonly span: Span;
  readonly where?: readonly string[];
}

/** A diagnostic that points into the file, not into a query. */
export function fileDiagnostic(code: LintCode, { message, why, fix, within, span, where }: FileFault): Diagnostic {
  const position = positionOf(within, span.start);
  return { ...codeOf(LINT_CODES, code), message, why, fix, position, where: where ?? [] };
}
