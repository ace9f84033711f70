/**
 * Comments that switch a code off: `# dashwright: disable=Q203 reason: …` beside a rule, panel or query, and
 * `# dashwright: disable-file=Q203 reason: …` for a whole file. In YAML, and in PromQL itself.
 */
import type { Span } from '../../promql/ast.ts';
import type { LintedFile } from '../files.ts';
import { COMMENT_MARK } from '../readers/documents.ts';
import type { SourceText } from '../text/source-text.ts';
import { exprsOf } from '../exprs.ts';

/** A comment to the linter, read but not yet judged. */
export interface SuppressionComment {
  readonly codes: readonly string[];
  readonly reason: string;
  readonly scope: 'here' | 'file';
  readonly within: SourceText;
  readonly span: Span;
  /** The expression that the comment stands in, where it is a PromQL comment. */
  readonly expr?: SourceText;
}

/** A comment that begins like one to the linter and says nothing that it knows. */
export interface UnreadableComment {
  readonly text: string;
  readonly within: SourceText;
  readonly span: Span;
}

const FORM = /^\s*dashwright:\s*(disable|disable-file)\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:reason:\s*(.*?))?\s*$/;

export function commentsOf(file: LintedFile): {
  readonly suppressions: readonly SuppressionComment[];
  readonly unreadable: readonly UnreadableComment[];
} {
  const suppressions: SuppressionComment[] = [];
  const unreadable: UnreadableComment[] = [];
  const read = (text: string, within: SourceText, span: Span, expr?: SourceText): void => {
    const match = FORM.exec(text);
    if (match) {
      const [, verb, codes = '', reason = ''] = match;
      suppressions.push({
        codes: codes.split(',').map((code) => code.trim()),
        reason,
        scope: verb === 'disable' ? 'here' : 'file',
        within,
        span,
        ...(expr === undefined ? {} : { expr }),
      });
    } else if (text.trimStart().startsWith(COMMENT_MARK)) unreadable.push({ text: text.trim(), within, span });
  };
  for (const { text, within, span } of file.comments) read(text, within, span);
  for (const expr of exprsOf(file)) {
    for (const span of promqlComments(expr.text)) read(expr.text.slice(span.start + 1, span.end), expr, span, expr);
  }
  return { suppressions, unreadable };
}

const COMMENT_OR_STRING = /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g;

/** Comments of a PromQL text that speak to the linter. */
function promqlComments(text: string): readonly Span[] {
  if (!text.includes(COMMENT_MARK)) return [];
  return [...text.matchAll(COMMENT_OR_STRING)]
    .filter(([found]) => found.startsWith('#'))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
