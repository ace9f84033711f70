import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check } from '../check.ts';
import { SET_OPERATORS } from '../facts/binary.ts';
import { isMatched } from '../facts/join.ts';
import { uniqueOf } from '../facts/source.ts';
import { classifiedMismatch, unknownOnLabels } from '../mismatches.ts';
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
        why: `Series of the ${side} side differ in ${list(telling)}, which ${matchedBy(node)}; without \`group_${side}\` Prometheus refuses the query as soon as two of them are there.`,
        fix: `${groups ? `Write \`group_${side} ()\` to keep every series of the ${side} side, or aggregate` : 'Aggregate'} ${list(telling)} away first.`,
      };
    },
  },
});

function matchedBy({ matching }: BinaryExpr): string {
  return matching?.mode === 'on' ? `is not in \`on (${labelList(matching.labels)})\`` : '`ignoring` leaves out';
}
