/**
 * Automatic ranges. An author who leaves a range out means: whatever is right where the query is used. On a
 * dashboard that is `$__rate_interval`, in a rule at least four scrape intervals.
 */
import type { DurationValue, Expr, MatrixSelector } from '../promql/ast.ts';
import { transform } from '../promql/walk.ts';
import type { MetricModel } from '../metrics/model.ts';
import { AUTO_RANGE_VARIABLE, durationNode, variableDuration } from './duration.ts';
import { movedOrigins } from './origins.ts';
import type { QueryValue } from './query.ts';

/** Chooses the range of one range selector, whose metric's name is on it. */
export type RangeResolver = (selector: MatrixSelector) => DurationValue;

/**
 * Replaces every automatic range of a tree.
 *
 * @returns the same tree where it has none
 */
export function resolveAutoRange(expr: Expr, resolver: RangeResolver): Expr {
  return transform(expr, (node) =>
    node.type === 'MatrixSelector' && isAutoRange(node.range)
      ? { ...node, range: Object.freeze(resolver(node)) }
      : node,
  );
}

/** Replaces every automatic range of a query and keeps its call sites. */
export function resolveQueryRanges<Q extends QueryValue>(query: Q, resolver: RangeResolver): Q {
  const expr = resolveAutoRange(query.expr, resolver);
  if (expr === query.expr) return query;
  const origins = movedOrigins(query.origins, query.expr, expr);
  const resolved: QueryValue = { kind: 'query', expr, position: query.position, origins };
  return Object.freeze(resolved) as Q;
}

/** Whether a length of time is an automatic range that has not been resolved. */
export function isAutoRange(value: DurationValue): boolean {
  if (value.type !== 'TemplateDuration') return false;
  const [part] = value.text.parts;
  return typeof part === 'object' && part.name === AUTO_RANGE_VARIABLE;
}

/** The range on a dashboard: Grafana computes it from the scrape interval and the width of the panel. */
export const dashboardRange: RangeResolver = () => variableDuration('__rate_interval');

/**
 * The range in a rule: four scrape intervals of the metric's exporter, so that one failed scrape and the
 * edges of the range still leave two samples; of a recorded metric, four evaluations of its group.
 *
 * Source: "at least four times the scrape interval", Prometheus' advice on `rate()`.
 *
 * @param find looks a sample's name up in the catalogue
 * @param fallbackSeconds the scrape interval of metrics of which nothing is known
 */
export function ruleRange(find: (sample: string) => MetricModel | undefined, fallbackSeconds: number): RangeResolver {
  return ({ selector }) => {
    const model = typeof selector.name === 'string' ? find(selector.name) : undefined;
    const interval = model?.exporter?.scrapeIntervalSeconds ?? model?.recordedBy?.intervalSeconds ?? fallbackSeconds;
    return durationNode(Math.round(interval * 4 * 1000));
  };
}
