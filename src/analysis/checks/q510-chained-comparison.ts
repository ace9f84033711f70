import type { Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { instead, operation } from '../rewrite.ts';

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
        fix: fixOf(node, lhs, query),
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

/** Brackets for what it means now; a chain as in mathematics only where both signs point the same way. */
function fixOf(node: Comparison, first: Comparison, query: Query): Advice {
  const [a, b, c] = [query.print(first.lhs), query.print(first.rhs), query.print(node.rhs)];
  const span = node.span ?? { start: 0, end: query.text.length };
  const text = `(${a} ${first.op} ${b}) ${node.op} ${c}`;
  const now = advice`If \`${a}\` is to pass both limits, write ${{ span, text }}: it says the same and nobody misreads it.`;
  if (first.op.charAt(0) !== node.op.charAt(0)) return now;
  const chain = operation('and', first, operation(node.op, first.rhs, node.rhs));
  return advice`${now} If \`${b}\` is to lie between the others: ${instead(node, chain, query)}.`;
}
