/** Legends: text with labels in double braces, `{{pod}}`, which Grafana fills in for each series. */

/** The names of labels in a legend, as the compiler sees them. */
export type LegendLabels<Legend extends string> = string extends Legend
  ? never
  : Legend extends `${string}{{${infer Inside}}}${infer Rest}`
    ? Trimmed<Inside> | LegendLabels<Rest>
    : never;

type Trimmed<Text extends string> = Text extends ` ${infer Rest}`
  ? Trimmed<Rest>
  : Text extends `${infer Rest} `
    ? Trimmed<Rest>
    : Text;

const PLACEHOLDER = /\{\{\s*(.+?)\s*\}\}/g;

/** The names of labels in a legend, as Grafana reads them (`renderLegendFormat` in @grafana/data). */
export function legendLabels(legend: string): readonly string[] {
  return [...legend.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}

/**
 * The legend of a query whose author wrote none.
 *
 * @param labels the labels of its result; `undefined` where they are not known
 * @param name what to call a series without labels
 */
export function defaultLegend(labels: readonly string[] | undefined, name: string): string {
  if (labels === undefined) return '__auto';
  if (labels.length === 0) return name;
  return labels.map((label) => `{{${label}}}`).join(' ');
}
