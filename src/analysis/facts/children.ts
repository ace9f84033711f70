/** The expressions right below an expression, in the order in which they are written. */
import type { Expr } from '../../promql/ast.ts';

export function childrenOf(node: Expr): readonly Expr[] {
  switch (node.type) {
    case 'MatrixSelector':
      return [node.selector];
    case 'SubqueryExpr':
    case 'UnaryExpr':
      return [node.expr];
    case 'Call':
      return node.args;
    case 'AggregateExpr':
      return node.param ? [node.param, node.expr] : [node.expr];
    case 'BinaryExpr':
      return [node.lhs, node.rhs];
    case 'ErrorExpr':
      return node.children;
    default:
      return [];
  }
}
