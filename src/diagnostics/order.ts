import type { Diagnostic, Severity } from './diagnostic.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Compares by UTF-16 code units, so that no locale changes the order. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compare(a: Diagnostic, b: Diagnostic): number {
  if (a.position && b.position) {
    const byPlace =
      compareText(a.position.file, b.position.file) ||
      a.position.line - b.position.line ||
      a.position.column - b.position.column;
    if (byPlace !== 0) return byPlace;
  } else if (a.position !== b.position) {
    return a.position ? -1 : 1;
  }
  return (
    RANK[a.severity] - RANK[b.severity] ||
    compareText(a.code, b.code) ||
    compareText(a.where.join('\n'), b.where.join('\n')) ||
    (a.promql?.span.start ?? 0) - (b.promql?.span.start ?? 0) ||
    compareText(a.message, b.message)
  );
}

/**
 * The order in which people and tools see diagnostics: file, line, column, severity, code, place. The same
 * whatever order the checks ran in; diagnostics without a position come last.
 *
 * @param diagnostics in any order; not changed
 * @returns a new array
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].toSorted(compare);
}

/** How many of each severity. */
export type Tally = Readonly<Record<Severity, number>>;

/** Counts diagnostics by severity. */
export function tally(diagnostics: readonly Diagnostic[]): Tally {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}
