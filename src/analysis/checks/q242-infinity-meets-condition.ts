import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { guarded, mayDivideByZero } from '../divisions.ts';
import { mayBeNumber } from '../facts/interval.ts';
import { constantOf, valueOf } from '../facts/source.ts';
import { instead, replaced } from '../rewrite.ts';

export const infinityMeetsCondition: Check = defineCheck({
  code: 'Q242',
  nodes: {
    BinaryExpr(node, query) {
      const alert = query.place.type === 'alert' || query.place.type === 'query';
      if ((node.op !== '>' && node.op !== '>=') || node.bool === true || !alert) return undefined;
      if (constantOf(query.of(node.rhs)) === undefined) return undefined;
      const division = divisionIn(node.lhs);
      if (!division || !mayDivideByZero(division, query) || !differentMetrics(division, query)) return undefined;
      if (valueOf(query.of(division.lhs)).max <= 0) return undefined;
      const divisor = query.print(division.rhs);
      return {
        node: division,
        message: `The condition holds when \`${divisor}\` is 0 and \`${query.print(division.lhs)}\` is not.`,
        why: 'Anything above 0 divided by 0 is +Inf, which is above every limit, however small the dividend is.',
        fix: advice`Divide only where there is something to divide by: ${instead(node, replaced(node, division, guarded(division, query)), query)}.`,
      };
    },
  },
});

/** A division whose value reaches the comparison, at most scaled by a number. */
function divisionIn(node: Expr): BinaryExpr | undefined {
  if (node.type !== 'BinaryExpr') return undefined;
  if (node.op === '/' && node.rhs.type !== 'NumberLiteral') return node;
  if (node.op !== '*' && node.op !== '/') return undefined;
  return divisionIn(node.lhs.type === 'NumberLiteral' ? node.rhs : node.lhs);
}

/** Both sides are known metrics, and not the same: a part of a whole is 0 where the whole is. */
function differentMetrics({ lhs, rhs }: BinaryExpr, query: Query): boolean {
  const [left, right] = [metricsOf(lhs, query), metricsOf(rhs, query)];
  if (left.length === 0 || right.length === 0 || left.includes(undefined) || right.includes(undefined)) return false;
  return !left.some((name) => right.includes(name)) && mayBeNumber(valueOf(query.of(rhs)), 0);
}

function metricsOf(node: Expr, query: Query): readonly (string | undefined)[] {
  return query.of(node).sources.flatMap(({ origins }) => origins.map(({ metric }) => metric?.name));
}
