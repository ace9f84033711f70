import { defineCheck, type Check } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';

export const chainedComparison: Check = defineCheck({
  code: 'Q510',
  nodes: {
    BinaryExpr(node, query) {
      const { lhs, rhs } = node;
      if (!COMPARISONS.has(node.op) || lhs.type !== 'BinaryExpr' || lhs.parens !== undefined) return undefined;
      if (!COMPARISONS.has(lhs.op) || lhs.bool || node.bool) return undefined;
      const vectors = [lhs.lhs, lhs.rhs, rhs].every((side) => query.of(side).type === 'vector');
      if (!vectors) return undefined;
      const [a, b, c] = [lhs.lhs, lhs.rhs, rhs].map(query.print);
      return {
        node,
        message: `\`${query.print(node)}\` does not compare \`${b}\` with \`${c}\`.`,
        why: `Comparisons are read from the left and give their left side: \`${query.print(lhs)}\` is what is left of \`${a}\`, and that is compared with \`${c}\`.`,
        fix: `Write \`${a} ${lhs.op} ${b} and ${b} ${node.op} ${c}\`, or brackets around the first comparison if that is meant.`,
      };
    },
  },
});
