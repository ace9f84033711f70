/** The values of `--enable-feature` that let Prometheus accept more of PromQL. */
export type Feature =
  | 'promql-experimental-functions'
  | 'promql-duration-expr'
  | 'promql-extended-range-selectors'
  | 'promql-binop-fill-modifiers'
  | 'utf8-names';

/** The version whose grammar this is. */
export const latestVersion = '3.14';

export interface ParseOptions {
  /** Read Grafana's variables (`$x`, `${x:regex}`, `[[x]]`) as nodes of the tree. Default: false. */
  readonly variables?: boolean;
  /**
   * The version of the server that is to run the query, such as `2.53`. What it does not know is still
   * parsed, and marked in `requires`. Default: 3.14, the version whose grammar this is.
   */
  readonly version?: string;
  /** Features that the server has switched on; whatever needs another one is marked in `requires`. */
  readonly features?: readonly Feature[];
}

/**
 * Compares two versions number by number.
 *
 * @param version such as `2.53` or `3.14.0`
 * @param since such as `3.0`
 * @returns whether `version` is `since` or newer
 */
export function isAtLeast(version: string, since: string): boolean {
  const have = version.replace(/^v/, '').split('.').map(Number);
  const need = since.split('.').map(Number);
  for (const [i, wanted] of need.entries()) {
    const got = have[i] ?? 0;
    if (got !== wanted) return got > wanted;
  }
  return true;
}
