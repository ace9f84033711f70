const metadata: ReadonlySet<string> = new Set([
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
  const todo: [unknown, unknown][] = [[a, b]];
  for (let pair = todo.pop(); pair !== undefined; pair = todo.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) return false;
    const keys = meaningful(left);
    if (keys.length !== meaningful(right).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(right, key)) return false;
      todo.push([left[key], right[key]]);
    }
  }
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function meaningful(value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(value).filter((key) => !metadata.has(key) && value[key] !== undefined);
}
