import type { Diagnostic } from './diagnostic.ts';

/** One fault and every place that shows it. */
export interface Fault {
  /** The first of them. */
  readonly diagnostic: Diagnostic;
  readonly others: readonly Diagnostic[];
}

/**
 * Puts diagnostics together that say the same thing: a metric misused in a helper shows up in every panel
 * that the helper builds, and reading it once is enough. Two are the same fault when code, message and fix
 * are; the message names the metric, label or unit, so different faults differ in it.
 *
 * @param diagnostics sorted; the first of a fault is the one to show
 */
export function groupSameFaults(diagnostics: readonly Diagnostic[]): readonly Fault[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { severity, code, message, fix } = diagnostic;
    const key = JSON.stringify([severity, code, message, fix]);
    const group = groups.get(key);
    if (group) group.push(diagnostic);
    else groups.set(key, [diagnostic]);
  }
  return [...groups.values()].flatMap(([diagnostic, ...others]) => (diagnostic ? [{ diagnostic, others }] : []));
}
