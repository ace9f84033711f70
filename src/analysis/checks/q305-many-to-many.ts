import type { BinaryExpr, Expr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { SET_OPERATORS } from '../facts/binary.ts';
import { isMatched } from '../facts/join.ts';
import { uniqueOf } from '../facts/source.ts';
import { classifiedMismatch, unknownOnLabels } from '../mismatches.ts';
import { aggregation, instead } from '../rewrite.ts';
import { labelList, list } from '../wording.ts';

export const manyToMany: Check = defineCheck({
  code: 'Q305',
  nodes: {
    BinaryExpr(node, query) {
      const { matching } = node;
      if (!query.of(node).join || SET_OPERATORS.has(node.op) || matching?.group !== undefined) return undefined;
      if (classifiedMismatch(node, query) || unknownOnLabels(node, query).length > 0) return undefined;
      const matched = (label: string): boolean => isMatched(matching, label);
      const several = (side: Expr): boolean => uniqueOf(query.of(side), matched) === 'several';
      const side = several(node.lhs) ? 'left' : several(node.rhs) ? 'right' : undefined;
      if (!side) return undefined;
      const many = side === 'left' ? node.lhs : node.rhs;
      const one = side === 'left' ? node.rhs : node.lhs;
      const telling = [...new Set(query.of(many).sources.flatMap(({ varying }) => [...varying]))].filter(
        (label) => !matched(label),
      );
      const groups = uniqueOf(query.of(one), matched) === 'unique';
      return {
        node,
        message: `Several series of \`${query.print(many)}\` match the same series on the other side.`,
        why: `Series of the ${side} side differ in ${list(telling)}, which ${matchedBy(node, telling.length)}; without \`group_${side}\` Prometheus refuses the query as soon as two of them are there.`,
        fix: fixOf(node, side, groups, telling, query),
      };
    },
  },
});

function matchedBy({ matching }: BinaryExpr, labels: number): string {
  return matching?.mode === 'on'
    ? `${labels === 1 ? 'is' : 'are'} not in \`on (${labelList(matching.labels)})\``
    : '`ignoring` leaves out';
}

/** `isOne`: each series of the other side is alone among its like. */
function fixOf(
  node: BinaryExpr,
  side: 'left' | 'right',
  isOne: boolean,
  telling: readonly string[],
  query: Query,
): Advice {
  const { matching } = node;
  const grouping =
    matching?.mode === 'on'
      ? { mode: 'by' as const, labels: matching.labels }
      : { mode: 'without' as const, labels: telling };
  const sum = (expr: Expr): Expr => aggregation('sum', expr, grouping);
  const sums: BinaryExpr = {
    ...node,
    lhs: side === 'left' || !isOne ? sum(node.lhs) : node.lhs,
    rhs: side === 'right' || !isOne ? sum(node.rhs) : node.rhs,
  };
  if (!isOne) return advice`Aggregate ${list(telling)} away: ${instead(node, sums, query)}.`;
  const group: VectorMatching = { ...(matching ?? { mode: 'ignoring', labels: telling }), group: side, include: [] };
  return advice`For a result per ${list(telling)} write ${instead(node, { ...node, matching: group }, query)}; for all of them together write ${instead(node, sums, query)}.`;
}
