/** Sample series for rule tests, in promtool's notation. */

/** One entry of `input_series` of a promtool unit test. */
export interface SeriesInput {
  readonly series: string;
  readonly values: string;
}

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+|0x[0-9a-fA-F]+|[Nn]a[Nn]|[Ii]nf)`;
const ITEM = new RegExp(String.raw`^(?:_(?:x\d+)?|stale|${NUMBER}(?:(?:[-+]\d[\d.eE]*|[-+]\.\d+)?x\d+)?)$`);

/**
 * Writes a series with its samples.
 *
 * @param name the sample's name, such as `x_bucket`
 * @param labels values by label name; an `undefined` one is left out
 * @param values promtool's expanding notation, such as `0+10x60`, `_x5`, `stale`; native histograms as `{{…}}`
 * @throws TypeError where promtool could not read the samples
 */
export function seriesInput(name: string, labels: Readonly<Record<string, unknown>>, values: string): SeriesInput {
  const pairs = Object.entries(labels).filter(([, value]) => value !== undefined);
  for (const [label, value] of pairs) {
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new TypeError(`The label "${label}" of a series of ${name} must be a text or a number.`);
    }
  }
  checkValues(name, values);
  const inside = pairs.map(([label, value]) => `${label}=${JSON.stringify(String(value))}`).join(', ');
  return Object.freeze({ series: inside === '' ? name : `${name}{${inside}}`, values: values.trim() });
}

function checkValues(name: string, values: string): void {
  const items = values
    .replaceAll(/\{\{[^}]*\}\}(?:[-+]\{\{[^}]*\}\})?(?:x\d+)?/g, '1')
    .trim()
    .split(/\s+/);
  const wrong = items.find((item) => !ITEM.test(item));
  if (wrong === undefined) return;
  throw new TypeError(
    wrong === ''
      ? `A series of ${name} has no samples. Write promtool's notation, such as "0+10x60".`
      : `"${wrong}" in the samples of ${name} is not promtool's notation. Write "1 2 3", "0+10x60" (start, step, how often), "5x10", "_" for a gap or "stale".`,
  );
}
