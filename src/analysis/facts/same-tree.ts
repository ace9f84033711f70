/** Equality of trees, whatever their places in a text. */
const METADATA: ReadonlySet<string> = new Set([
  'span',
  'parens',
  'requires',
  'nameSpan',
  'valueSpan',
  'funcSpan',
  'opSpan',
  'labelSpans',
  'includeSpans',
  'syntax',
]);

/** Whether two trees mean the same expression. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameTree(item, b[index]));
  if ((a as { type?: unknown }).type !== (b as { type?: unknown }).type) return false;
  const keys = Object.keys(a).filter((key) => !METADATA.has(key));
  const others = Object.keys(b).filter((key) => !METADATA.has(key));
  return keys.length === others.length && keys.every((key) => sameTree(a[key as never], b[key as never]));
}
