import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';

/** Brackets around the first comparison say that the author knows how it is read. */
export const chainedComparison: Check = defineCheck({
  code: 'Q510',
  nodes: {
    BinaryExpr(node, query) {
      const { lhs } = node;
      if (!isComparison(node, query) || !isComparison(lhs, query) || lhs.parens || lhs.bool) return undefined;
      const [a, b, c] = [lhs.lhs, lhs.rhs, node.rhs].map(query.print);
      return {
        node,
        message: `\`${query.print(node)}\` compares \`${a}\` with \`${c}\`; \`${b}\` and \`${c}\` are never compared.`,
        why: `A comparison of vectors passes the series of its left side on, so this is \`(${a} ${lhs.op} ${b}) ${node.op} ${c}\`.`,
        fix: `Write \`${a} ${lhs.op} ${b} and ${b} ${node.op} ${c}\` for a chain, or put brackets around the first comparison.`,
      };
    },
  },
});

type Comparison = Extract<Expr, { readonly type: 'BinaryExpr' }>;

function isComparison(node: Expr, query: Query): node is Comparison {
  return (
    node.type === 'BinaryExpr' &&
    COMPARISONS.has(node.op) &&
    query.of(node.lhs).type === 'vector' &&
    query.of(node.rhs).type === 'vector'
  );
}
