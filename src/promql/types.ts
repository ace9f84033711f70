import type { Expr, ValueType } from './ast.ts';
import { functions } from './functions.ts';

/**
 * The type of an expression that `parse` accepted.
 *
 * @param node the expression
 * @returns its type; undefined where only Grafana knows it (`$x`), and for errors and unknown functions
 */
export function valueType(node: Expr): ValueType | undefined {
  const todo: Expr[] = [node];
  let unknown = false;
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next.type === 'UnaryExpr') todo.push(next.expr);
    else if (next.type === 'BinaryExpr') todo.push(next.rhs, next.lhs);
    else {
      const type = simpleType(next);
      // A binary expression is a scalar only if all of its operands are.
      if (type !== undefined && type !== 'scalar') return type;
      unknown ||= type === undefined;
    }
  }
  return unknown ? undefined : 'scalar';
}

function simpleType(node: Expr): ValueType | undefined {
  switch (node.type) {
    case 'NumberLiteral':
      return 'scalar';
    case 'StringLiteral':
      return 'string';
    case 'VectorSelector':
    case 'AggregateExpr':
      return 'vector';
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return 'matrix';
    case 'Call':
      return functions.get(node.func)?.returns;
    default:
      return undefined;
  }
}
