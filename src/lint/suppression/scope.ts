/** Which part of a file a comment speaks of. Everything is counted in offsets of the file. */
import type { Span } from '../../promql/ast.ts';
import type { LintedFile } from '../files.ts';
import { fileSpan } from '../text/source-text.ts';
import type { SuppressionComment } from './comments.ts';

interface Place {
  readonly within: Parameters<typeof fileSpan>[0];
  readonly span: Span;
}

/** What may stand between a comment and the rule or dashboard below it. */
const NOTHING_BETWEEN = /^(?:\s|#[^\n]*\n|-|[\w./"'-]+:[ \t]*[|>][-+\d]*[ \t]*\n)*$/;

/**
 * A comment belongs to the innermost rule, panel, variable, group or dashboard on whose lines it stands, else to
 * the one that begins below it with nothing between.
 *
 * @returns the span of whole lines, or nothing where the comment stands beside none
 */
export function scopeOf(file: LintedFile, comment: SuppressionComment): Span | undefined {
  const { text } = file.source;
  if (comment.scope === 'file') return { start: 0, end: text.length };
  if (comment.expr !== undefined) return fileSpan(comment.expr, { start: 0, end: comment.expr.text.length });
  const own = fileSpan(comment.within, comment.span);
  const places = placesOf(file);
  const next = places
    .filter(({ start }) => start > own.end && NOTHING_BETWEEN.test(text.slice(own.end, start)))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)[0];
  const isAlone = text.slice(text.lastIndexOf('\n', own.start) + 1, own.start).trim() === '';
  if (isAlone && next !== undefined) return next;
  return places
    .filter(({ start, end }) => lineStart(text, start) <= own.start && own.start < end)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
}

function placesOf({ source, groups, dashboards }: LintedFile): readonly Span[] {
  const places: Place[] = [
    ...groups.flatMap((group) => [group, ...group.rules]),
    ...dashboards.flatMap((dashboard) => [
      dashboard,
      ...dashboard.panels,
      ...dashboard.variables,
      ...dashboard.annotations,
    ]),
  ];
  return places.map(({ within, span }) => wholeLines(source.text, fileSpan(within, span)));
}

/** From the place's first character to the end of the line of its last one that is no space. */
function wholeLines(text: string, { start, end }: Span): Span {
  const last = start + text.slice(start, end).trimEnd().length;
  const lineEnd = text.indexOf('\n', last);
  return { start, end: lineEnd < 0 ? text.length : lineEnd };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
