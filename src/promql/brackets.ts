import type { DurationValue, Expr, NumberLiteral } from './ast.ts';
import { operators, powerPrecedence, signPrecedence, variablePrecedence } from './operators.ts';

/**
 * Whether a child must stand in brackets for the parser to give it back to the same parent.
 *
 * @param parent a unary or binary expression or a subquery; no other node needs brackets around its children
 * @param child one of its operands
 */
export function needsBrackets(parent: Expr, child: Expr): boolean {
  if (parent.type === 'SubqueryExpr') return bindsLoosely(child);
  if (parent.type === 'UnaryExpr') {
    if (child.type === 'NumberLiteral') return parent.op === '+' || child.value !== 0;
    return precedenceOf(child) <= signPrecedence && child.type !== 'UnaryExpr';
  }
  if (parent.type !== 'BinaryExpr' && parent.type !== 'VariableExpr') return false;
  const own = precedenceOf(parent);
  const inner = precedenceOf(child);
  const fromRight = own === powerPrecedence;
  if (child === (parent.type === 'BinaryExpr' ? parent.rhs : parent.operands?.rhs)) {
    // A sign may stand behind any operator: nothing that follows can tear it from its operand.
    if (isSigned(child)) return false;
    return inner < own || (inner === own && !fromRight);
  }
  const isLoose = inner < own || (inner === own && fromRight);
  return isLoose || (isArithmetic(parent) && endsInOpenOffset(child));
}

/** Whether two number literals are the same. */
export function sameNumber(a: NumberLiteral, b: NumberLiteral): boolean {
  return a.value === b.value && a.duration === b.duration;
}

function bindsLoosely(node: Expr): boolean {
  return node.type === 'BinaryExpr' || isVariableOperation(node) || isSigned(node);
}

function isVariableOperation(node: Expr): boolean {
  return node.type === 'VariableExpr' && node.operands !== undefined;
}

function isSigned(node: Expr): boolean {
  if (node.type !== 'NumberLiteral') return node.type === 'UnaryExpr';
  return typeof node.value === 'number' ? node.value < 0 : node.value !== 'NaN';
}

function precedenceOf(node: Expr): number {
  if (isSigned(node)) return signPrecedence;
  if (isVariableOperation(node)) return variablePrecedence;
  return node.type === 'BinaryExpr' ? (operators.get(node.op)?.precedence ?? 0) : Infinity;
}

/** Whether the operator could also stand between durations; `atan2` could not. */
function isArithmetic(node: Expr): boolean {
  return node.type === 'BinaryExpr' && node.op !== 'atan2' && operators.get(node.op)?.kind === 'arithmetic';
}

/** Behind `offset (1m)` an operator would go on with the arithmetic on durations. */
function endsInOpenOffset(start: Expr): boolean {
  let node = start;
  for (;;) {
    const last = node.type === 'BinaryExpr' ? node.rhs : node.type === 'UnaryExpr' ? node.expr : undefined;
    if (last === undefined) break;
    if (needsBrackets(node, last)) return false;
    node = last;
  }
  const selector = node.type === 'MatrixSelector' ? node.selector : node;
  if (selector.type !== 'VectorSelector' && selector.type !== 'SubqueryExpr') return false;
  return selector.offset !== undefined && startsWithBracket(selector.offset);
}

function startsWithBracket(offset: DurationValue): boolean {
  return (
    offset.type === 'DurationExpr' && offset.op.length === 1 && (offset.op !== '-' || offset.operands.length === 2)
  );
}
