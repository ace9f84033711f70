import type { Diagnostic } from './diagnostic.ts';
import { sortDiagnostics, tally } from './order.ts';

/**
 * Diagnostics for programs: every one of them, sorted, with the counts. `version` changes when a field
 * changes its meaning.
 */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const document = { version: 1, summary: tally(diagnostics), diagnostics: sortDiagnostics(diagnostics) };
  return `${JSON.stringify(document, null, 2)}\n`;
}
