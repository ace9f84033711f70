/** Aggregations that are empty in the very case that a comparison is meant to find: two codes share the fact. */
import type { AggregateExpr, BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import { COMPARISONS } from './facts/binary.ts';
import { children } from '../promql/walk.ts';
import { FLIPPED, mayBeNumber, onlyNumber, passing, type Comparison } from './facts/interval.ts';
import { presenceOf, valueOf } from './facts/source.ts';

export interface EmptiedAggregation {
  readonly side: AggregateExpr;
  /** The comparison that takes the series away. */
  readonly filter: BinaryExpr;
}

/**
 * A `count` or `sum` of what a comparison lets through, compared so that 0 would pass.
 *
 * @returns `undefined` below an `or`, where the author has seen to the empty case
 */
export function emptiedAggregation(node: BinaryExpr, query: Query): EmptiedAggregation | undefined {
  if (!COMPARISONS.has(node.op) || node.bool || node.op === '!=') return undefined;
  const side = node.lhs.type === 'AggregateExpr' ? node.lhs : node.rhs.type === 'AggregateExpr' ? node.rhs : undefined;
  if (!side || (side.op !== 'count' && side.op !== 'sum')) return undefined;
  const limit = onlyNumber(valueOf(query.of(side === node.lhs ? node.rhs : node.lhs)));
  const op = side === node.lhs ? (node.op as Comparison) : FLIPPED[node.op as Comparison];
  if (limit === undefined || !mayBeNumber(passing(op, { min: limit, max: limit }), 0)) return undefined;
  const filter = emptyingFilter(side.expr, query);
  return filter && !isBelowOr(node, query) ? { side, filter } : undefined;
}

/** A comparison that decides which series are aggregated, if none of the branches is always there. */
function emptyingFilter(expr: Expr, query: Query): BinaryExpr | undefined {
  if (presenceOf(query.of(expr)) === 'always') return undefined;
  if (expr.type === 'BinaryExpr') {
    if (expr.op === 'or' || expr.fill) return undefined;
    if (COMPARISONS.has(expr.op)) return expr.bool ? undefined : expr;
  }
  if (expr.type !== 'BinaryExpr' && expr.type !== 'Call' && expr.type !== 'UnaryExpr') return undefined;
  if (expr.type === 'Call' && expr.func.startsWith('absent')) return undefined;
  for (const child of children(expr)) {
    const found = emptyingFilter(child, query);
    if (found) return found;
  }
  return undefined;
}

function isBelowOr(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  return parent !== undefined && ((parent.type === 'BinaryExpr' && parent.op === 'or') || isBelowOr(parent, query));
}
