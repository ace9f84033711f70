/** How often the samples of a query change. */
import { findSample } from '../metrics/lookup.ts';
import type { Catalogue } from '../metrics/model.ts';
import type { Expr } from '../promql/ast.ts';

/**
 * The longest scrape or evaluation interval of the metrics in an expression, in seconds.
 *
 * @returns `undefined` where the catalogue knows none of them
 */
export function scrapeIntervalOf(expr: Expr, catalogue: Catalogue | undefined): number | undefined {
  if (catalogue === undefined) return undefined;
  const intervals = metricNames(expr).flatMap((name) => {
    const metric = findSample(catalogue, name)?.metric;
    return metric?.exporter?.scrapeIntervalSeconds ?? metric?.recordedBy?.intervalSeconds ?? [];
  });
  return intervals.length === 0 ? undefined : Math.max(...intervals);
}

function metricNames(expr: Expr): readonly string[] {
  switch (expr.type) {
    case 'VectorSelector':
      return typeof expr.name === 'string' ? [expr.name] : [];
    case 'MatrixSelector':
      return metricNames(expr.selector);
    case 'SubqueryExpr':
    case 'UnaryExpr':
      return metricNames(expr.expr);
    case 'AggregateExpr':
      return [...metricNames(expr.expr), ...(expr.param === undefined ? [] : metricNames(expr.param))];
    case 'BinaryExpr':
      return [...metricNames(expr.lhs), ...metricNames(expr.rhs)];
    case 'Call':
      return expr.args.flatMap(metricNames);
    case 'ErrorExpr':
      return expr.children.flatMap(metricNames);
    default:
      return [];
  }
}
