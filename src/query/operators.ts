/** Binary operators. Each takes vectors, scalars, numbers and dashboard variables on both sides. */
import type { BinaryOp, Expr } from '../promql/ast.ts';
import { valueType } from '../promql/types.ts';
import { exprOf, query } from './build.ts';
import type { ComputedKind, ValueUnit } from './kinds.ts';
import { matchingNodes, type MatchingOptions } from './matching-labels.ts';
import type { Add, Calculate, Compare, Divide, Intersect, Multiply, Subtract, Union } from './operator-types.ts';
import type { Kind, Scalar, Unit, Vector } from './types.ts';

/** `left + right`. */
export const add: Add = operator('+', 'add()');
/** `left - right`. */
export const sub: Subtract = operator('-', 'sub()');
/** `left * right`. A number that converts a unit, such as bytes * 8, changes it. */
export const mul: Multiply = operator('*', 'mul()');
/** `left / right`. Of the same unit: a ratio. See `ratio` for one that is right when there is nothing. */
export const div: Divide = operator('/', 'div()');
/** `left % right`: what is left after division. */
export const mod: Calculate<true> = operator('%', 'mod()');
/** `left ^ right`. */
export const pow: Calculate<false> = operator('^', 'pow()');
/** `left atan2 right`, in radians. */
export const atan2: Calculate<false> = operator('atan2', 'atan2()');
/** `left == right`: the series of the left side that are equal. */
export const eq: Compare = operator('==', 'eq()');
/** `left != right`: the series of the left side that differ. */
export const ne: Compare = operator('!=', 'ne()');
/** `left > right`: the series of the left side that are greater. */
export const gt: Compare = operator('>', 'gt()');
/** `left < right`: the series of the left side that are less. */
export const lt: Compare = operator('<', 'lt()');
/** `left >= right`: the series of the left side that are at least as great. */
export const ge: Compare = operator('>=', 'ge()');
/** `left <= right`: the series of the left side that are at most as great. */
export const le: Compare = operator('<=', 'le()');
/** `left and right`: the series of the left side that have a partner on the right. */
export const and: Intersect = operator('and', 'and()');
/** `left unless right`: the series of the left side that have no partner on the right. */
export const unless: Intersect = operator('unless', 'unless()');
/** `left or right`: the left side, and those of the right that have no partner there. */
export const or: Union = operator('or', 'or()');

/** `-x`. */
export function neg<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Vector<L, K, U, N>,
): Vector<L, ComputedKind<K>, ValueUnit<K, U>, N> {
  return query({ type: 'UnaryExpr', op: '-', expr: exprOf(of, 'neg()') }, neg, [of]);
}

/**
 * `histogram </ bound`: a native histogram without the observations above the bound. Prometheus 3.x, with
 * `--enable-feature=promql-experimental-functions`.
 */
export function trimUpper<
  L extends string,
  K extends 'nativeHistogram' | 'histogramRate' | 'untyped',
  U extends Unit,
  N extends string,
>(histogram: Vector<L, K, U, N>, bound: number | Scalar): Vector<L, K, U, N> {
  return query(binaryNode('</', histogram, bound, {}, 'trimUpper()'), trimUpper, [histogram, bound]);
}

/** `histogram >/ bound`: a native histogram without the observations below the bound. See `trimUpper`. */
export function trimLower<
  L extends string,
  K extends 'nativeHistogram' | 'histogramRate' | 'untyped',
  U extends Unit,
  N extends string,
>(histogram: Vector<L, K, U, N>, bound: number | Scalar): Vector<L, K, U, N> {
  return query(binaryNode('>/', histogram, bound, {}, 'trimLower()'), trimLower, [histogram, bound]);
}

type Written = MatchingOptions<readonly string[], string, readonly string[], readonly string[]> & {
  readonly bool?: boolean;
};

function operator<F>(op: BinaryOp, what: string): F {
  const build = (left: unknown, right: unknown, options: Written = {}): unknown =>
    query(binaryNode(op, left, right, options, what), build as () => unknown, [left, right]);
  return build as F;
}

/** The node of an operator. */
function binaryNode(op: BinaryOp, left: unknown, right: unknown, options: Written, what: string): Expr {
  const lhs = exprOf(left, what);
  const rhs = exprOf(right, what);
  const compares = COMPARISONS.has(op);
  if (compares && options.bool !== true && valueType(lhs) === 'scalar' && valueType(rhs) === 'scalar') {
    throw new TypeError(`${what} of two scalars needs { bool: true }: a scalar cannot be filtered away.`);
  }
  const { matching, fill } = matchingNodes(options, what);
  if ((matching ?? fill) !== undefined && (valueType(lhs) === 'scalar' || valueType(rhs) === 'scalar')) {
    throw new TypeError(
      `${what} matches labels only between two vectors, but one side is a scalar: leave the matching out.`,
    );
  }
  return {
    type: 'BinaryExpr',
    op,
    lhs,
    rhs,
    ...(compares && options.bool === true ? { bool: true as const } : {}),
    ...(matching === undefined ? {} : { matching }),
    ...(fill === undefined ? {} : { fill }),
  };
}

const COMPARISONS: ReadonlySet<BinaryOp> = new Set(['==', '!=', '>', '<', '>=', '<=']);
