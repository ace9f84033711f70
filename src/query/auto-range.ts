/**
 * Automatic ranges. An author who leaves a range out means: whatever is right where the query is used. On a
 * dashboard that is `$__rate_interval`, in a rule at least four scrape intervals.
 */
import type { DurationValue, Expr, MatrixSelector } from '../promql/ast.ts';
import type { CapturedPosition } from '../source/position.ts';
import type { MetricModel } from '../metrics/model.ts';
import { AUTO_RANGE_VARIABLE, durationNode, variableDuration } from './duration.ts';
import type { QueryValue } from './query.ts';

/** Chooses the range of one range selector, whose metric's name is on it. */
export type RangeResolver = (selector: MatrixSelector) => DurationValue;

/**
 * Replaces every automatic range of a tree.
 *
 * @returns the same tree where it has none
 */
export function resolveAutoRange(expr: Expr, resolver: RangeResolver): Expr {
  return resolveTree(expr, resolver, () => {});
}

/** Replaces every automatic range of a query and keeps its call sites. */
export function resolveQueryRanges<Q extends QueryValue>(query: Q, resolver: RangeResolver): Q {
  const origins = new Map<Expr, CapturedPosition>(query.origins);
  const expr = resolveTree(query.expr, resolver, (before, after) => {
    const origin = query.origins.get(before);
    if (origin !== undefined) origins.set(after, origin);
  });
  if (expr === query.expr) return query;
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

type Replaced = (before: Expr, after: Expr) => void;

function resolveTree(expr: Expr, resolver: RangeResolver, replaced: Replaced): Expr {
  const visit = (node: Expr): Expr => {
    const after = resolveNode(node, resolver, visit);
    if (after === node) return node;
    replaced(node, Object.freeze(after));
    return after;
  };
  return visit(expr);
}

function resolveNode(node: Expr, resolver: RangeResolver, visit: (node: Expr) => Expr): Expr {
  switch (node.type) {
    case 'MatrixSelector':
      return isAutoRange(node.range) ? { ...node, range: resolver(node) } : node;
    case 'SubqueryExpr':
    case 'UnaryExpr': {
      const inner = visit(node.expr);
      return inner === node.expr ? node : { ...node, expr: inner };
    }
    case 'AggregateExpr': {
      const inner = visit(node.expr);
      const param = node.param === undefined ? undefined : visit(node.param);
      if (inner === node.expr && param === node.param) return node;
      return { ...node, expr: inner, ...(param === undefined ? {} : { param }) };
    }
    case 'BinaryExpr': {
      const lhs = visit(node.lhs);
      const rhs = visit(node.rhs);
      return lhs === node.lhs && rhs === node.rhs ? node : { ...node, lhs, rhs };
    }
    case 'Call': {
      const args = node.args.map(visit);
      return args.every((arg, index) => arg === node.args[index]) ? node : { ...node, args: Object.freeze(args) };
    }
    default:
      return node;
  }
}
