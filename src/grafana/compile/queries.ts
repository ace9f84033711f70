/** The text of queries as Grafana's Prometheus data source takes it. */
import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { print } from '../../promql/print.ts';
import { dashboardRange, resolveQueryRanges, type RangeResolver } from '../../query/auto-range.ts';
import { numberNode } from '../../query/build.ts';
import type { QueryValue } from '../../query/query.ts';
import { variableDuration } from '../../query/duration.ts';
import type { VariableQuery } from '../model.ts';

const emitted = new WeakMap<QueryValue, QueryValue>();

/**
 * The query that a panel or an annotation asks: automatic ranges are `$__rate_interval`. The same query gives the
 * same value each time, so that what is known of its tree is found out once.
 */
export function emittedQuery(query: QueryValue): QueryValue {
  let found = emitted.get(query);
  if (!found) emitted.set(query, (found = resolveQueryRanges(query, dashboardRange)));
  return found;
}

/** The product of an expression and a number. */
export function scaled(expr: Expr, scale = 1): Expr {
  if (scale === 1) return expr;
  const product: BinaryExpr = { type: 'BinaryExpr', op: '*', lhs: expr, rhs: numberNode(scale) };
  return Object.freeze(product);
}

/** Variables are filled in before there is a panel: Grafana knows the time range then, but no step. */
const variableRange: RangeResolver = () => variableDuration('__range');

/** The query inside a query variable, where it has one. */
export function emittedVariableQuery(source: VariableQuery): QueryValue | undefined {
  if (source.type !== 'labelValues' && source.type !== 'queryResult') return undefined;
  return source.query === undefined ? undefined : resolveQueryRanges(source.query, variableRange);
}

/** A query variable in the notation of the data source (`metric_find_query.ts`). */
export function variableQueryText(source: VariableQuery): string {
  const query = emittedVariableQuery(source);
  const text = query === undefined ? '' : print(query.expr);
  switch (source.type) {
    case 'labelValues':
      return text === '' ? `label_values(${source.label})` : `label_values(${text},${source.label})`;
    case 'labelNames':
      return 'label_names()';
    case 'metrics':
      return `metrics(${source.pattern})`;
    case 'queryResult':
      return `query_result(${text})`;
    case 'text':
      return source.text;
  }
}
