import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What the command tells the shell. */
export const EXIT = {
  clean: 0,
  /** A diagnostic of level error, or more warnings than allowed. */
  fault: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** A bug of ours. */
  bug: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Codes that say that the command was called in the wrong place or with a wrong configuration. */
const USAGE_CODES: ReadonlySet<string> = new Set(['C830', 'C837']);
const CONFIG_FILE = 'dashwright.config.ts';

/**
 * The exit code of a set of diagnostics.
 *
 * @param maxWarnings warnings beyond that count as an error
 */
export function exitCodeOf(
  diagnostics: readonly Diagnostic[],
  maxWarnings: number = Number.POSITIVE_INFINITY,
): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code, position }) => USAGE_CODES.has(code) || position?.file === CONFIG_FILE)) return EXIT.usage;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  return errors.length > 0 || warnings.length > maxWarnings ? EXIT.fault : EXIT.clean;
}
