/** What a diagnostic is called by, in settings and suppressions. */
export interface NamedCode {
  readonly code: string;
  readonly name: string;
}

/** The code that somebody wrote, as itself or by its name. */
export function findNamedCode<T extends NamedCode>(codes: readonly T[], text: string): T | undefined {
  return codes.find(({ code, name }) => code === text.toUpperCase() || name === text.toLowerCase());
}
