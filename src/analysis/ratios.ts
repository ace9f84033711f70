/** Ratios that are aggregated, and what to write instead: two checks share it. */
import type { AggregateExpr, BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import { COMPARISONS } from './facts/binary.ts';
import { RATES } from './facts/call.ts';
import { livingSources, presenceOf } from './facts/source.ts';
import { merges } from './merging.ts';
import { aggregation, operation, replaced } from './rewrite.ts';

/** The ratio of two rates that a sum or mean puts together for several series. */
export function ratioOfRates(node: AggregateExpr, query: Query): BinaryExpr | undefined {
  if (node.op !== 'avg' && node.op !== 'sum') return undefined;
  const ratio = ratioIn(node.expr, query);
  // with group_left each series is divided by a total, and shares of one total add up
  if (!ratio || ratio.matching?.group !== undefined || presenceOf(query.of(ratio)) === 'never') return undefined;
  if (!isRate(ratio.lhs, query) || !isRate(ratio.rhs, query)) return undefined;
  return query.of(node.expr).sources.some((source) => merges(node, source)) ? ratio : undefined;
}

/** The division below conversions, complements and filters. */
function ratioIn(node: Expr, query: Query): BinaryExpr | undefined {
  if (node.type !== 'BinaryExpr') return undefined;
  const vectors = [node.lhs, node.rhs].filter((side) => query.of(side).type === 'vector');
  if (vectors.length === 2) return node.op === '/' ? node : undefined;
  if (node.op !== '*' && node.op !== '-' && node.op !== '/' && !COMPARISONS.has(node.op)) return undefined;
  return vectors[0] && ratioIn(vectors[0], query);
}

function isRate(node: Expr, query: Query): boolean {
  const sources = livingSources(query.of(node).sources);
  return sources.every(
    ({ ranges, origins, presence }) =>
      presence !== 'never' && origins.length > 0 && RATES.has(ranges.at(0)?.func ?? '') && ranges.length === 1,
  );
}

/** The same with the sums divided: the aggregation goes inside of the ratio, and of filters such as `> 0`. */
export function ratioOfSums({ expr, grouping }: AggregateExpr, ratio: BinaryExpr): Expr {
  const sum = (side: Expr): Expr =>
    side.type === 'BinaryExpr' && COMPARISONS.has(side.op) && isZero(side.rhs) && !side.bool
      ? { ...side, lhs: aggregation('sum', side.lhs, grouping) }
      : aggregation('sum', side, grouping);
  const sums = operation('/', sum(ratio.lhs), sum(ratio.rhs));
  return replaced(expr, ratio, sums);
}

const isZero = (node: Expr): boolean => node.type === 'NumberLiteral' && node.value === 0;
