import { defineCheck, type Check, type Finding } from '../check.ts';
import { branchesOf } from '../conditions.ts';

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
          ? `Put brackets around the branches: \`(${query.print(node)} or ${query.print(compared.lhs)}) ${compared.op} ${query.print(compared.rhs)}\`, or give this branch a condition of its own.`
          : 'Give the branch a condition of its own.',
      }));
  },
});
