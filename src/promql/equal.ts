/** Properties that say nothing of what a tree means. */
export const METADATA: ReadonlySet<string> = new Set([
  'span',
  'parens',
  'requires',
  'nameSpan',
  'valueSpan',
  'funcSpan',
  'opSpan',
  'labelSpans',
  'includeSpans',
]);

/**
 * Whether two trees, or parts of trees, say the same.
 *
 * Places in the text, brackets that the author wrote without need, and what a server lacks do not count.
 *
 * @param a any part of a tree
 * @param b any part of a tree
 */
export function equal(a: unknown, b: unknown): boolean {
  // pairs, one behind the other
  const todo: unknown[] = [a, b];
  while (todo.length > 0) {
    const right = todo.pop();
    const left = todo.pop();
    if (left === right) continue;
    if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) return false;
    let more = 0;
    for (const key in left) {
      if (!isMeaningful(left, key)) continue;
      if (!Object.hasOwn(right, key)) return false;
      todo.push(left[key], right[key]);
      more += 1;
    }
    for (const key in right) if (isMeaningful(right, key)) more -= 1;
    if (more !== 0) return false;
  }
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isMeaningful(value: Readonly<Record<string, unknown>>, key: string): boolean {
  return value[key] !== undefined && !METADATA.has(key);
}
