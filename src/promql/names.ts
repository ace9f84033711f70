/**
 * Which names need no quotes.
 *
 * Source: prometheus.io/docs/concepts/data_model, section "Metric names and labels".
 */
import { isGroupingLabel, isMetricIdentifier, keywords } from './tokens.ts';

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whether a metric can be written without quotes: `up` can, `http.requests` and `bool` cannot. */
export function isPlainMetricName(name: string): boolean {
  if (!metricName.test(name)) return false;
  const keyword = keywords.get(name.toLowerCase());
  return keyword === undefined || isMetricIdentifier(keyword);
}

/** Whether a label can be written without quotes between braces. */
export function isPlainLabelName(name: string): boolean {
  return labelName.test(name);
}

/** Whether a label can be written without quotes in `by (…)`, `on (…)` and the like: `inf` cannot. */
export function isPlainGroupingLabel(name: string): boolean {
  if (!labelName.test(name)) return false;
  const keyword = keywords.get(name.toLowerCase());
  return keyword === undefined || isGroupingLabel(keyword);
}
