import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Replacement } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { branchesOf } from '../conditions.ts';
import { instead, operation } from '../rewrite.ts';

/** Where no branch has a condition the whole alert lacks one, which is R716. */
export const orWithoutCondition: Check = defineCheck({
  code: 'R714',
  query(query) {
    if (query.place.type !== 'alert') return undefined;
    const branches = branchesOf(query);
    const last = branches.findLast(({ conditional }) => conditional);
    if (!last) return undefined;
    const compared = last.node.type === 'BinaryExpr' && last.node.lhs.type !== 'NumberLiteral' ? last.node : undefined;
    return branches
      .filter(({ conditional }) => !conditional)
      .map(({ node }): Finding => ({
        node,
        message: `\`${query.print(node)}\` has no condition: the alert fires for every series of it.`,
        why: '`or` binds looser than a comparison, so the condition of the other branch does not hold for this one.',
        fix: compared
          ? advice`Put brackets around the branches: ${inBrackets(node, compared, query)}; or give this branch a condition of its own.`
          : 'Give the branch a condition of its own.',
      }));
  },
});

/** One condition for both branches, in the place of the `or` that joins them. */
function inBrackets(node: Expr, compared: BinaryExpr, query: Query): Replacement {
  const or = query.parentOf(node);
  const joins = or?.type === 'BinaryExpr' && (or.lhs === compared || or.rhs === compared);
  const both = operation(compared.op, operation('or', node, compared.lhs), compared.rhs);
  return instead(joins ? or : query.expr, both, query);
}
