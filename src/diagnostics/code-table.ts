/** Tables of diagnostic codes: every room has one of its own, in this shape. */
import type { Severity } from './diagnostic.ts';

/** A code as `explain` lists it. A code is never renumbered and never used again. */
export interface CodeEntry<Code extends string = string> {
  readonly code: Code;
  readonly name: string;
  /** The default, which the configuration may change. */
  readonly severity: Severity;
  /** What the fault is. */
  readonly title: string;
}

export type CodeRow<Code extends string = string> = readonly [
  code: Code,
  name: string,
  severity: Severity,
  title: string,
];

/** The entries of a table, in its order. */
export function codeEntries<Code extends string>(rows: readonly CodeRow<Code>[]): readonly CodeEntry<Code>[] {
  return rows.map(([code, name, severity, title]) => ({ code, name, severity, title }));
}

/** What a diagnostic takes over from the entry of its code. */
export function codeOf<Code extends string>(
  entries: readonly CodeEntry<Code>[],
  wanted: Code,
): Pick<CodeEntry<Code>, 'code' | 'name' | 'severity'> {
  const { code, name, severity } = entries.find((entry) => entry.code === wanted) as CodeEntry<Code>;
  return { code, name, severity };
}

/** What a diagnostic is called by, in settings and suppressions. */
export type NamedCode = Pick<CodeEntry, 'code' | 'name'>;

/** The code that somebody wrote, as itself or by its name. */
export function findNamedCode<T extends NamedCode>(codes: readonly T[], text: string): T | undefined {
  return codes.find(({ code, name }) => code === text.toUpperCase() || name === text.toLowerCase());
}
