/** Comparisons that no value can pass, and whose fault it is: several codes share the fact. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import { emptiedAggregation } from './empty-aggregations.ts';
import { COMPARISONS } from './facts/binary.ts';
import { children } from '../promql/walk.ts';
import { compareIntervals, onlyNumber, type Comparison, type Interval } from './facts/interval.ts';
import { livingSources, presenceOf, valueOf } from './facts/source.ts';
import { momentAgainstDuration } from './moments.ts';
import type { NodeFacts } from './facts/facts.ts';

export interface ImpossibleComparison {
  readonly code: Code;
  /** The side that is judged, its values and the limit that they never pass. */
  readonly side: Expr;
  readonly values: Interval;
  readonly limit: Interval;
  readonly other: Expr;
}

/**
 * Why a comparison never holds.
 *
 * Q226: the values come from buckets; Q509: an inner comparison has taken the values away; Q516: a moment is taken for
 * a length of time; Q508: any other reason.
 *
 * @returns `undefined` where it can hold, or where a side is empty for another reason (Q208 among them)
 */
export function impossibleComparison(node: BinaryExpr, query: Query): ImpossibleComparison | undefined {
  if (!COMPARISONS.has(node.op) || emptiedAggregation(node, query)) return undefined;
  const [left, right] = [query.of(node.lhs), query.of(node.rhs)];
  if (left.type === 'scalar' && right.type === 'scalar') return undefined;
  if (presenceOf(left) === 'never' || presenceOf(right) === 'never') return undefined;
  const [l, r] = [valueOf(left), valueOf(right)];
  if (hasHistograms(left) || hasHistograms(right)) return undefined;
  if (compareIntervals(node.op as Comparison, l, r) !== 'never') return undefined;
  const sideIsLeft = onlyNumber(l) === undefined || right.type === 'scalar';
  const [side, other] = sideIsLeft ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
  const [values, limit] = sideIsLeft ? [l, r] : [r, l];
  const common = { side, other, values, limit };
  const bare = valueOf(query.of(withoutFilters(side)));
  const stillNever = sideIsLeft
    ? compareIntervals(node.op as Comparison, bare, limit)
    : compareIntervals(node.op as Comparison, limit, bare);
  if (stillNever !== 'never') return { code: 'Q509', ...common };
  if (momentAgainstDuration(node, query)) return { code: 'Q516', ...common };
  return { code: quantileBelow(side) ? 'Q226' : 'Q508', ...common };
}

function hasHistograms(facts: NodeFacts): boolean {
  return livingSources(facts.sources).some(({ sample }) => sample === 'histogram');
}

/** What a chain of comparisons filters. */
function withoutFilters(expr: Expr): Expr {
  if (expr.type !== 'BinaryExpr' || !COMPARISONS.has(expr.op) || expr.bool) return expr;
  const inner = expr.lhs.type === 'NumberLiteral' ? expr.rhs : expr.lhs;
  return withoutFilters(inner);
}

function quantileBelow(expr: Expr): boolean {
  if (expr.type === 'Call' && expr.func === 'histogram_quantile') return true;
  return children(expr).some(quantileBelow);
}
