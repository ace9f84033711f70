/**
 * A list of label names as the author gave it, frozen. A single text would be taken apart into its characters.
 *
 * @param what names the list, for the message: `by of sum()`
 * @throws TypeError where it is no list of texts
 */
export function labelList(labels: readonly string[], what: string): readonly string[] {
  if (Array.isArray(labels) && labels.every((label) => typeof label === 'string')) return Object.freeze([...labels]);
  const example = typeof labels === 'string' ? labels : 'job';
  throw new TypeError(`${what} takes a list of labels: write ['${example}'].`);
}
