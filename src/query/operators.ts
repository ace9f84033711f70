/** Binary operators. Each takes vectors, scalars, numbers and dashboard variables on both sides. */
import type { BinaryOp, Expr } from '../promql/ast.ts';
import { exprOf, query } from './build.ts';
import type {
  CommonUnit,
  ComputedKind,
  DifferenceUnit,
  DividedUnit,
  MultipliedUnit,
  ProductUnit,
  QuotientUnit,
  SumUnit,
  ValueUnit,
} from './kinds.ts';
import {
  matchingNodes,
  type MatchedLabels,
  type MatchingOptions,
  type SetMatchingOptions,
  type SidesMatch,
} from './matching-labels.ts';
import { isScalarExpr } from './value-type.ts';
import type { Kind, Problem, Scalar, Unit, Vector } from './types.ts';
import type { VariableReference } from './variable.ts';

/** One side of an operator. A side that is no vector leaves L as `any`. */
type Side<L extends string, K extends Kind, U extends Unit, N extends string, Num extends number> =
  Vector<L, K, U, N> | Scalar<U> | VariableReference | Num;

/** What comes out of arithmetic: a scalar of two scalars, else a vector. */
type Outcome<
  L1 extends string,
  L2 extends string,
  K1 extends Kind,
  K2 extends Kind,
  U extends Unit,
  N1 extends string,
  N2 extends string,
  Labels extends string,
> = unknown extends L1
  ? unknown extends L2
    ? Scalar<U>
    : Vector<L2, ComputedKind<K2>, U, N2>
  : unknown extends L2
    ? Vector<L1, ComputedKind<K1>, U, N1>
    : Vector<Labels, BothKinds<K1, K2>, U, N1>;

type BothKinds<K1 extends Kind, K2 extends Kind> =
  ComputedKind<K1> extends 'gauge' ? ComputedKind<K2> : ComputedKind<K1>;

/** What comes out of a filter: the samples of the left side, or of the only vector. */
type Filtered<
  L1 extends string,
  L2 extends string,
  K1 extends Kind,
  K2 extends Kind,
  U1 extends Unit,
  U2 extends Unit,
  N1 extends string,
  N2 extends string,
  Labels extends string,
> = unknown extends L1
  ? Vector<L2, K2, U2, N2>
  : unknown extends L2
    ? Vector<L1, K1, U1, N1>
    : Vector<Labels, K1, U1, N1>;

/** Refuses a result without a unit. */
type Goes<Result extends Unit, Message extends string> = [Result] extends [never] ? Problem<Message> : unknown;

interface Add {
  <
    const A extends number,
    const B extends number,
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
    const FromRight extends L2 = any,
    const FromLeft extends L1 = any,
  >(
    left: Side<L1, K1, U1, N1, A>,
    right: Side<L2, K2, U2, N2, B> &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>> &
      NoInfer<Goes<SumUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot add ${U2} to ${U1}`>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): Outcome<
    L1,
    L2,
    K1,
    K2,
    SumUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>,
    N1,
    N2,
    MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
  >;
}

interface Subtract {
  <
    const A extends number,
    const B extends number,
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
    const FromRight extends L2 = any,
    const FromLeft extends L1 = any,
  >(
    left: Side<L1, K1, U1, N1, A>,
    right: Side<L2, K2, U2, N2, B> &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>> &
      NoInfer<Goes<DifferenceUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot subtract ${U2} from ${U1}`>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): Outcome<
    L1,
    L2,
    K1,
    K2,
    DifferenceUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>,
    N1,
    N2,
    MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
  >;
}

/** A factor that is a plain number, or a scalar of no known unit, leaves the unit of the other side. */
type Factor<L extends string, U extends Unit> = unknown extends L ? (U extends 'unknown' ? 'ratio' : U) : U;

type Multiplied<
  L1 extends string,
  U1 extends Unit,
  A extends number,
  L2 extends string,
  U2 extends Unit,
  B extends number,
> = number extends B
  ? number extends A
    ? ProductUnit<Factor<L1, U1>, Factor<L2, U2>>
    : MultipliedUnit<U2, A>
  : MultipliedUnit<U1, B>;

type Divided<
  L1 extends string,
  U1 extends Unit,
  L2 extends string,
  U2 extends Unit,
  B extends number,
> = number extends B ? QuotientUnit<Factor<L1, U1>, Factor<L2, U2>> : DividedUnit<U1, B>;

interface Multiply {
  <
    const A extends number,
    const B extends number,
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
    const FromRight extends L2 = any,
    const FromLeft extends L1 = any,
  >(
    left: Side<L1, K1, U1, N1, A>,
    right: Side<L2, K2, U2, N2, B> & NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): Outcome<
    L1,
    L2,
    K1,
    K2,
    Multiplied<L1, ValueUnit<K1, U1>, A, L2, ValueUnit<K2, U2>, B>,
    N1,
    N2,
    MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
  >;
}

interface Divide {
  <
    const A extends number,
    const B extends number,
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
    const FromRight extends L2 = any,
    const FromLeft extends L1 = any,
  >(
    left: Side<L1, K1, U1, N1, A>,
    right: Side<L2, K2, U2, N2, B> & NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): Outcome<
    L1,
    L2,
    K1,
    K2,
    Divided<L1, ValueUnit<K1, U1>, L2, ValueUnit<K2, U2>, B>,
    N1,
    N2,
    MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
  >;
}

/** `%`, `^`, `atan2`: the unit is the left one, or has no name. */
interface Calculate<Keeps extends boolean> {
  <
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
    const FromRight extends L2 = any,
    const FromLeft extends L1 = any,
  >(
    left: Side<L1, K1, U1, N1, number>,
    right: Side<L2, K2, U2, N2, number> & NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): Outcome<
    L1,
    L2,
    K1,
    K2,
    Keeps extends true ? ValueUnit<K1, U1> : 'unknown',
    N1,
    N2,
    MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
  >;
}

interface Compare {
  <
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
    const FromRight extends L2 = any,
    const FromLeft extends L1 = any,
    const Bool extends boolean = false,
  >(
    left: Side<L1, K1, U1, N1, number>,
    right: Side<L2, K2, U2, N2, number> &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>> &
      NoInfer<Goes<CommonUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot compare ${U1} with ${U2}`>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft> & {
      /** Answer 0 or 1 instead of filtering. Two scalars can only be compared so. */
      readonly bool?: Bool;
    },
  ): Bool extends true
    ? Outcome<L1, L2, 'gauge', 'gauge', 'count', N1, N2, MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>>
    : Filtered<L1, L2, K1, K2, U1, U2, N1, N2, MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>>;
}

/** `and`, `unless`: series of the left side, as they are. */
interface Intersect {
  <
    L1 extends string,
    K1 extends Kind,
    U1 extends Unit,
    N1 extends string,
    L2 extends string,
    const OnLabels extends L1 & L2 = any,
    const Ignored extends L1 | L2 = never,
  >(
    left: Vector<L1, K1, U1, N1>,
    right: Vector<L2> & NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: SetMatchingOptions<OnLabels, Ignored>,
  ): Vector<L1, K1, U1, N1>;
}

interface Union {
  <
    L1 extends string,
    K1 extends Kind,
    U1 extends Unit,
    N1 extends string,
    L2 extends string,
    K2 extends Kind,
    U2 extends Unit,
    const OnLabels extends L1 & L2 = never,
    const Ignored extends L1 | L2 = never,
  >(
    left: Vector<L1, K1, U1, N1>,
    right: Vector<L2, K2, U2> &
      NoInfer<Goes<CommonUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot put ${U2} beside ${U1}`>>,
    options?: SetMatchingOptions<OnLabels, Ignored>,
  ): Vector<L1 | L2, K1, U1 extends 'unknown' ? U2 : U1, N1>;
}

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

type Written = MatchingOptions<string, string, string, string> & { readonly bool?: boolean };

function operator<F>(op: BinaryOp, what: string): F {
  const build = (left: unknown, right: unknown, options: Written = {}): unknown =>
    query(binaryNode(op, left, right, options, what), build as () => unknown, [left, right]);
  return build as F;
}

/** The node of an operator; used by the patterns as well. */
export function binaryNode(op: BinaryOp, left: unknown, right: unknown, options: Written, what: string): Expr {
  const lhs = exprOf(left, what);
  const rhs = exprOf(right, what);
  const compares = COMPARISONS.includes(op);
  if (compares && options.bool !== true && isScalarExpr(lhs) && isScalarExpr(rhs)) {
    throw new TypeError(`${what} of two scalars needs { bool: true }: a scalar cannot be filtered away.`);
  }
  const { matching, fill } = matchingNodes(options, what);
  if ((matching ?? fill) !== undefined && (isScalarExpr(lhs) || isScalarExpr(rhs))) {
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

const COMPARISONS: readonly BinaryOp[] = ['==', '!=', '>', '<', '>=', '<='];
