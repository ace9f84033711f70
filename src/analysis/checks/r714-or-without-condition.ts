import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { branchesOf, type Branch } from '../conditions.ts';
import { instead, operation, replaced } from '../rewrite.ts';

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
        fix: compared ? fixOf(node, compared, branches, query) : 'Give the branch a condition of its own.',
      }));
  },
});

/** One condition around both branches is not the same: `or` leaves out series that have the labels of one before it. */
function fixOf(node: Expr, compared: BinaryExpr, branches: readonly Branch[], query: Query): Advice {
  const each = branches
    .filter(({ conditional }) => !conditional)
    .reduce((whole, branch) => replaced(whole, branch.node, conditioned(branch.node, compared)), query.expr);
  const write = advice`Give each branch a condition of its own, such as ${instead(query.expr, each, query)}`;
  const or = query.parentOf(node);
  if (or?.type !== 'BinaryExpr' || (or.lhs !== compared && or.rhs !== compared) || isBool(node))
    return advice`${write}.`;
  const both = operation(compared.op, replaced(or, compared, compared.lhs), compared.rhs);
  const name = (side: Expr): string => query.print(side === compared ? compared.lhs : side);
  return advice`${write}; or, if \`${name(or.rhs)}\` only stands in where there is no \`${name(or.lhs)}\` with the same labels, put brackets around both: ${instead(or, both, query)}.`;
}

/** A comparison with `bool` is a condition but for that word. */
function conditioned(node: Expr, { op, rhs }: BinaryExpr): Expr {
  if (!isBool(node)) return operation(op, node, rhs);
  const { bool: _bool, ...filter } = node;
  return filter;
}

const isBool = (node: Expr): node is BinaryExpr => node.type === 'BinaryExpr' && node.bool === true;
