import type { AggregateExpr, BinaryExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { mayBeNumber, onlyNumber, passing, type Comparison } from '../facts/interval.ts';
import { childrenOf } from '../facts/children.ts';
import { presenceOf, valueOf } from '../facts/source.ts';

const FLIPPED: Readonly<Partial<Record<string, Comparison>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
};

/** Silent below an `or`: the author has seen to the empty case there. */
export const emptyIsNotZero: Check = defineCheck({
  code: 'Q208',
  nodes: {
    BinaryExpr(node, query) {
      if (!COMPARISONS.has(node.op) || node.bool || node.op === '!=') return undefined;
      const side =
        node.lhs.type === 'AggregateExpr' ? node.lhs : node.rhs.type === 'AggregateExpr' ? node.rhs : undefined;
      if (!side || (side.op !== 'count' && side.op !== 'sum')) return undefined;
      const limit = onlyNumber(valueOf(query.of(side === node.lhs ? node.rhs : node.lhs)));
      const op = side === node.lhs ? (node.op as Comparison) : FLIPPED[node.op];
      if (limit === undefined || op === undefined || !mayBeNumber(passing(op, { min: limit, max: limit }), 0))
        return undefined;
      const filter = emptyingFilter(side.expr, query);
      if (!filter || isBelowOr(node, query)) return undefined;
      return {
        node,
        message: `\`${query.print(side)}\` is empty, not 0, when nothing passes \`${query.print(filter)}\`.`,
        why: `An aggregation of no series has no result, so \`${query.print(node)}\` is silent in the very case that it is meant to find.`,
        fix: fixOf(side, filter, query),
        related: [{ message: 'this comparison takes the series away', node: filter }],
      };
    },
  },
});

/** A comparison that decides which series are aggregated, if none of the branches is always there. */
function emptyingFilter(expr: Expr, query: Query): BinaryExpr | undefined {
  if (presenceOf(query.of(expr)) === 'always') return undefined;
  if (expr.type === 'BinaryExpr') {
    if (expr.op === 'or' || expr.fill) return undefined;
    if (COMPARISONS.has(expr.op)) return expr.bool ? undefined : expr;
  }
  if (expr.type !== 'BinaryExpr' && expr.type !== 'Call' && expr.type !== 'UnaryExpr') return undefined;
  if (expr.type === 'Call' && expr.func.startsWith('absent')) return undefined;
  for (const child of childrenOf(expr)) {
    const found = emptyingFilter(child, query);
    if (found) return found;
  }
  return undefined;
}

function isBelowOr(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  return parent !== undefined && ((parent.type === 'BinaryExpr' && parent.op === 'or') || isBelowOr(parent, query));
}

function fixOf(side: AggregateExpr, filter: BinaryExpr, query: Query): string {
  const [source] = query.of(filter.lhs).sources;
  const boolean = source?.kind === 'boolean' || source?.kind === 'stateset';
  if (boolean && side.op === 'count' && onlyNumber(valueOf(query.of(filter.rhs))) === 1) {
    const by = side.grouping ? ` ${side.grouping.mode} (${side.grouping.labels.join(', ')}) ` : ' ';
    return `Add the zeros and ones up: \`sum${by}(${query.print(filter.lhs)})\` is 0 when none is 1.`;
  }
  return `Count with \`bool\`: \`sum(${query.print(filter.lhs)} ${filter.op} bool ${query.print(filter.rhs)})\` is 0 when none passes.`;
}
