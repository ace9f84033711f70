/** Versions of Prometheus, as `2.42` or `3.1.0`. */

/** Whether `version` is older than `since`. */
export function olderThan(version: string, since: string): boolean {
  const [ours = [], theirs = []] = [version, since].map((text) => text.split('.').map(Number));
  const index = theirs.findIndex((part, at) => part !== (ours[at] ?? 0));
  return index >= 0 && (ours[index] ?? 0) < (theirs[index] ?? 0);
}
