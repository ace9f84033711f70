/** Whether a tree is a scalar or a string, which the operators have to know. */
import type { Expr } from '../promql/ast.ts';
import { functions } from '../promql/functions.ts';

/** Whether the expression is certainly a scalar. A variable may be anything, so it is not. */
export function isScalarExpr(expr: Expr): boolean {
  switch (expr.type) {
    case 'NumberLiteral':
      return true;
    case 'UnaryExpr':
      return isScalarExpr(expr.expr);
    case 'BinaryExpr':
      return isScalarExpr(expr.lhs) && isScalarExpr(expr.rhs);
    case 'Call':
      return functions.get(expr.func)?.returns === 'scalar';
    default:
      return false;
  }
}
