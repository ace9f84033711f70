/** What the compiler knows of binary operators: which sides go together, and what comes out. */
import type {
  CommonUnit,
  Comparable,
  ComputedKind,
  DifferenceUnit,
  DividedUnit,
  MultipliedUnit,
  ProductUnit,
  QuotientUnit,
  SumUnit,
  ValueUnit,
} from './kinds.ts';
import type { MatchedLabels, MatchingOptions, SetMatchingOptions, SidesMatch } from './matching-labels.ts';
import type { Kind, Problem, Scalar, Unit, Vector } from './types.ts';
import type { VariableReference } from './variable.ts';

/**
 * What comes out of arithmetic: a scalar of two scalars, else a vector. A side that is no vector leaves L as `any`.
 *
 * What a side may be is written out in each signature: as a type with parameters it would cost thousands of
 * instantiations, and the compiler would print its name in place of what it stands for.
 */
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

export interface Add {
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
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
    const FromRight extends readonly L2[] = never,
    const FromLeft extends readonly L1[] = never,
  >(
    left: Vector<L1, K1, U1, N1> | Scalar<U1> | VariableReference | A,
    right: (Vector<L2, K2, U2, N2> | Scalar<U2> | VariableReference | B) &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>> &
      NoInfer<Goes<SumUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot add ${U2} to ${U1}`>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): NoInfer<
    Outcome<
      L1,
      L2,
      K1,
      K2,
      SumUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>,
      N1,
      N2,
      MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
    >
  >;
}

export interface Subtract {
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
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
    const FromRight extends readonly L2[] = never,
    const FromLeft extends readonly L1[] = never,
  >(
    left: Vector<L1, K1, U1, N1> | Scalar<U1> | VariableReference | A,
    right: (Vector<L2, K2, U2, N2> | Scalar<U2> | VariableReference | B) &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>> &
      NoInfer<Goes<DifferenceUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot subtract ${U2} from ${U1}`>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): NoInfer<
    Outcome<
      L1,
      L2,
      K1,
      K2,
      DifferenceUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>,
      N1,
      N2,
      MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
    >
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

export interface Multiply {
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
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
    const FromRight extends readonly L2[] = never,
    const FromLeft extends readonly L1[] = never,
  >(
    left: Vector<L1, K1, U1, N1> | Scalar<U1> | VariableReference | A,
    right: (Vector<L2, K2, U2, N2> | Scalar<U2> | VariableReference | B) &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): NoInfer<
    Outcome<
      L1,
      L2,
      K1,
      K2,
      Multiplied<L1, ValueUnit<K1, U1>, A, L2, ValueUnit<K2, U2>, B>,
      N1,
      N2,
      MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
    >
  >;
}

export interface Divide {
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
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
    const FromRight extends readonly L2[] = never,
    const FromLeft extends readonly L1[] = never,
  >(
    left: Vector<L1, K1, U1, N1> | Scalar<U1> | VariableReference | A,
    right: (Vector<L2, K2, U2, N2> | Scalar<U2> | VariableReference | B) &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): NoInfer<
    Outcome<
      L1,
      L2,
      K1,
      K2,
      Divided<L1, ValueUnit<K1, U1>, L2, ValueUnit<K2, U2>, B>,
      N1,
      N2,
      MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
    >
  >;
}

/** `%`, `^`, `atan2`: the unit is the left one, or has no name. */
export interface Calculate<Keeps extends boolean> {
  <
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
    const FromRight extends readonly L2[] = never,
    const FromLeft extends readonly L1[] = never,
  >(
    left: Vector<L1, K1, U1, N1> | Scalar<U1> | VariableReference | number,
    right: (Vector<L2, K2, U2, N2> | Scalar<U2> | VariableReference | number) &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft>,
  ): NoInfer<
    Outcome<
      L1,
      L2,
      K1,
      K2,
      Keeps extends true ? ValueUnit<K1, U1> : 'unknown',
      N1,
      N2,
      MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
    >
  >;
}

export interface Compare {
  <
    L1 extends string = any,
    K1 extends Kind = 'gauge',
    U1 extends Unit = 'unknown',
    N1 extends string = string,
    L2 extends string = any,
    K2 extends Kind = 'gauge',
    U2 extends Unit = 'unknown',
    N2 extends string = string,
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
    const FromRight extends readonly L2[] = never,
    const FromLeft extends readonly L1[] = never,
    const Bool extends boolean = false,
  >(
    left: Vector<L1, K1, U1, N1> | Scalar<U1> | VariableReference | number,
    right: (Vector<L2, K2, U2, N2> | Scalar<U2> | VariableReference | number) &
      NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>> &
      NoInfer<Comparable<ValueUnit<K1, U1>, ValueUnit<K2, U2>>>,
    options?: MatchingOptions<OnLabels, Ignored, FromRight, FromLeft> & {
      /** Answer 0 or 1 instead of filtering. Two scalars can only be compared so. */
      readonly bool?: Bool;
    },
  ): NoInfer<
    Bool extends true
      ? Outcome<
          L1,
          L2,
          'gauge',
          'gauge',
          'count',
          N1,
          N2,
          MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>
        >
      : Filtered<L1, L2, K1, K2, U1, U2, N1, N2, MatchedLabels<L1, L2, OnLabels, Ignored, FromRight, FromLeft>>
  >;
}

/** `and`, `unless`: series of the left side, as they are. */
export interface Intersect {
  <
    L1 extends string,
    K1 extends Kind,
    U1 extends Unit,
    N1 extends string,
    L2 extends string,
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
  >(
    left: Vector<L1, K1, U1, N1>,
    right: Vector<L2> & NoInfer<SidesMatch<L1, L2, OnLabels, Ignored>>,
    options?: SetMatchingOptions<OnLabels, Ignored>,
  ): NoInfer<Vector<L1, K1, U1, N1>>;
}

export interface Union {
  <
    L1 extends string,
    K1 extends Kind,
    U1 extends Unit,
    N1 extends string,
    L2 extends string,
    K2 extends Kind,
    U2 extends Unit,
    const OnLabels extends readonly (L1 & L2)[] = never,
    const Ignored extends L1 | L2 = never,
  >(
    left: Vector<L1, K1, U1, N1>,
    right: Vector<L2, K2, U2> &
      NoInfer<Goes<CommonUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>, `cannot put ${U2} beside ${U1}`>>,
    options?: SetMatchingOptions<OnLabels, Ignored>,
  ): NoInfer<Vector<L1 | L2, K1, U1 extends 'unknown' ? U2 : U1, N1>>;
}
