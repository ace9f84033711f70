/** Making query values: the one place where the typed face and the tree meet. */
import type { Expr, NumberLiteral, StringLiteral } from '../promql/ast.ts';
import { capturePosition, NOWHERE, type CapturedPosition } from '../source/position.ts';
import type { QueryValue } from './query.ts';
import type { Scalar } from './types.ts';
import { isVariableReference, variableText, type VariableReference } from './variable.ts';

/** A number, a scalar expression or a dashboard variable that holds a number. */
export type Num = number | Scalar | VariableReference;

type Callee = (...args: never[]) => unknown;

/**
 * Makes the value of an expression.
 *
 * @param expr the outermost node, whose children are the nodes of `inputs` or new ones
 * @param callee the public function that the author called
 * @param inputs the queries inside, whose call sites are kept
 */
export function query<Q extends QueryValue>(expr: Expr, callee: Callee, inputs: readonly unknown[] = []): Q {
  return queryAt(expr, capturePosition(callee), inputs);
}

/**
 * Like `query`, for a place that has been captured before.
 *
 * @param position absent for a metric as it is: it was written where it is declared, which is not where it is used
 */
export function queryAt<Q extends QueryValue>(
  expr: Expr,
  position: CapturedPosition | undefined,
  inputs: readonly unknown[] = [],
): Q {
  const origins = new Map<Expr, CapturedPosition>();
  for (const input of inputs) if (isQuery(input)) for (const [node, place] of input.origins) origins.set(node, place);
  if (position) origins.set(expr, position);
  const value: QueryValue = { kind: 'query', expr: Object.freeze(expr), position: position ?? NOWHERE, origins };
  return Object.freeze(value) as Q;
}

/** Whether a value is a query; a metric that can be called is one too. */
export function isQuery(value: unknown): value is QueryValue {
  const type = typeof value;
  return (type === 'object' || type === 'function') && value !== null && (value as { kind?: unknown }).kind === 'query';
}

/**
 * The tree of an argument: a query, a number, or a variable.
 *
 * @param what the function's name, for the message
 * @throws TypeError where it is none of them
 */
export function exprOf(value: unknown, what: string): Expr {
  if (typeof value === 'number') return numberNode(value);
  if (isQuery(value)) return value.expr;
  if (isVariableReference(value)) return Object.freeze({ type: 'VariableExpr', variable: variableText(value.name) });
  throw noQuery(value, what, 'a query, a number or a variable');
}

/**
 * The error for an argument that is no query.
 *
 * @param what who needs one, such as the function's name
 * @param needed what it takes, such as `a query`
 */
export function noQuery(value: unknown, what: string, needed: string): TypeError {
  if (typeof value === 'object' && value !== null && 'model' in value) {
    return new TypeError(
      `${what} needs a query. This metric exposes several series: name one of them, such as .bucket, .sum or .count.`,
    );
  }
  const hint = typeof value === 'string' ? ' PromQL of your own is written promql`up`, with backticks.' : '';
  return new TypeError(`${what} needs ${needed}, but got ${value === null ? 'null' : typeof value}.${hint}`);
}

export function numberNode(value: number): NumberLiteral {
  const text = Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : value;
  return Object.freeze({ type: 'NumberLiteral', value: text });
}

/** A string argument; a variable stands inside the quotes. */
export function stringNode(value: string | VariableReference, what: string): StringLiteral {
  if (typeof value !== 'string' && !isVariableReference(value)) throw new TypeError(`${what} needs a text.`);
  return Object.freeze({ type: 'StringLiteral', value: typeof value === 'string' ? value : variableText(value.name) });
}
