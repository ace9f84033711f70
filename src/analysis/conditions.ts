/** Whether the branches of an alert's expression ask for anything: two codes share the fact. */
import type { Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';

export interface Branch {
  readonly node: Expr;
  /** A comparison, a set operator or `absent()` decides whether the branch gives series. */
  readonly conditional: boolean;
}

/** The operands of `or` at the top of a query; the query itself where there is no `or`. */
export function branchesOf(query: Query): readonly Branch[] {
  const visit = (node: Expr): readonly Branch[] => {
    if (node.type === 'BinaryExpr' && node.op === 'or') return [...visit(node.lhs), ...visit(node.rhs)];
    const { sources } = query.of(node);
    return [
      { node, conditional: sources.every(({ presence, conditions }) => presence === 'never' || conditions.length > 0) },
    ];
  };
  return visit(query.expr);
}
