/** What functions and operators make of kinds and units, for the compiler, and what they refuse. */
import type { BaseUnit, CONVERSIONS, DIVISIONS, PRODUCTS, QUOTIENTS, RATE_OF } from '../metrics/units.ts';
import type { Kind, Problem, Unit } from './types.ts';

/** Kinds whose unit is that of what was observed, not that of the sample's value. */
type Observations = 'bucket' | 'bucketRate' | 'nativeHistogram' | 'histogramRate';

/** The kind after `rate`, `increase` and the other functions that see counter resets. */
export type RateKind<K extends Kind> = K extends 'bucket'
  ? 'bucketRate'
  : K extends 'nativeHistogram'
    ? 'histogramRate'
    : K extends 'untyped'
      ? 'untyped'
      : 'gauge';

/** The kind after `sum`, `avg`, `min`, `max` or arithmetic: resets of a counter can no longer be seen. */
export type AggregatedKind<K extends Kind> = K extends 'counter'
  ? 'aggregatedCounter'
  : K extends 'bucket'
    ? 'bucketRate'
    : K extends 'nativeHistogram'
      ? 'histogramRate'
      : K extends 'info' | 'stateset'
        ? 'gauge'
        : K;

/** The kind of a value that was computed from samples of the kind K. */
export type ComputedKind<K extends Kind> = K extends 'untyped'
  ? 'untyped'
  : K extends 'counter' | 'aggregatedCounter'
    ? 'aggregatedCounter'
    : 'gauge';

/** The unit of the samples' values. */
export type ValueUnit<K extends Kind, U extends Unit> = K extends Observations ? 'unknown' : U;

export type NeedsCounter<F extends string, K extends Kind, N extends string> = K extends
  'counter' | 'bucket' | 'nativeHistogram' | 'untyped'
  ? unknown
  : K extends 'aggregatedCounter' | 'bucketRate' | 'histogramRate'
    ? Problem<`${F}() of an aggregation of ${N} cannot see counter resets: write sum(${F}(${N})), not ${F}(sum(${N}))`>
    : Problem<`${F}() needs a counter, but ${N} is a ${K}: use deriv() or delta() for its change, or show it as it is`>;

export type NeedsGauge<F extends string, K extends Kind, N extends string> = K extends
  'counter' | 'bucket' | 'nativeHistogram'
  ? Problem<`${F}() is for gauges, but ${N} is a counter, which falls to 0 at every restart: use increase() or rate()`>
  : unknown;

export type NeedsLe<L extends string, K extends Kind, N extends string> = K extends 'nativeHistogram' | 'histogramRate'
  ? unknown
  : 'le' extends L
    ? unknown
    : Problem<
        `histogram_quantile() needs the label le, which this expression of ${N} does not have: select .bucket and keep le, as in { by: ['le'] }`,
        { has: L }
      >;

export type NeedsHistogram<F extends string, K extends Kind, N extends string> = K extends
  'nativeHistogram' | 'histogramRate' | 'untyped'
  ? unknown
  : Problem<`${F}() needs a native histogram, but ${N} is a ${K}`>;

export type NeedsMoment<F extends string, U extends Unit, N extends string> = U extends 'unknown' | 'timestamp_seconds'
  ? unknown
  : Problem<`${F}() needs a moment in seconds since 1970, but ${N} is in ${U}`>;

/** The unit per second. */
export type RateUnit<U extends Unit> = 'unknown' extends U
  ? 'unknown'
  : U extends keyof typeof RATE_OF
    ? (typeof RATE_OF)[U]
    : U extends 'timestamp_seconds'
      ? 'ratio'
      : U extends 'timestamp_milliseconds' | `${string}/second`
        ? 'unknown'
        : U extends BaseUnit
          ? `${U}/second`
          : 'unknown';

/** Units that scale another value without changing what it measures. */
type Neutral = 'ratio' | 'count' | 'cores';

/** Units of different names that measure the same thing in the same size. */
type Plain = Neutral | 'seconds/second';
type Frequency = 'hertz' | `${Neutral}/second`;
type Power = 'watts' | 'joules/second';

type Same<A extends Unit, B extends Unit> = A extends B
  ? true
  : [A, B] extends [Plain, Plain] | [Frequency, Frequency] | [Power, Power]
    ? true
    : false;

/** The unit of a sum, or `never` where the two do not go together. */
export type SumUnit<A extends Unit, B extends Unit> = 'unknown' extends A
  ? B
  : 'unknown' extends B
    ? A
    : [A, B] extends ['timestamp_seconds', 'timestamp_seconds']
      ? never
      : [A, B] extends ['timestamp_seconds', 'seconds'] | ['seconds', 'timestamp_seconds']
        ? 'timestamp_seconds'
        : Same<A, B> extends true
          ? A
          : never;

export type DifferenceUnit<A extends Unit, B extends Unit> = 'unknown' extends A
  ? B extends 'timestamp_seconds' | 'timestamp_milliseconds'
    ? 'unknown'
    : B
  : 'unknown' extends B
    ? A extends 'timestamp_seconds' | 'timestamp_milliseconds'
      ? 'unknown'
      : A
    : [A, B] extends ['timestamp_seconds', 'timestamp_seconds']
      ? 'seconds'
      : [A, B] extends ['timestamp_milliseconds', 'timestamp_milliseconds']
        ? 'milliseconds'
        : [A, B] extends ['timestamp_seconds', 'seconds']
          ? 'timestamp_seconds'
          : Same<A, B> extends true
            ? A
            : never;

/** The unit of a comparison's left side, or `never` where the two cannot be compared. */
export type CommonUnit<A extends Unit, B extends Unit> = 'unknown' extends A
  ? B
  : 'unknown' extends B
    ? A
    : Same<A, B> extends true
      ? A
      : never;

/** Refuses two units that cannot be compared. */
export type Comparable<A extends Unit, B extends Unit> = [CommonUnit<A, B>] extends [never]
  ? Problem<`cannot compare ${A} with ${B}`>
  : unknown;

export type ProductUnit<A extends Unit, B extends Unit> = 'unknown' extends A | B
  ? 'unknown'
  : A extends 'ratio'
    ? B
    : B extends 'ratio'
      ? A
      : A extends Neutral
        ? B
        : B extends Neutral
          ? A
          : [A, B] extends [`${infer X extends BaseUnit}/second`, 'seconds']
            ? X
            : [A, B] extends ['seconds', `${infer X extends BaseUnit}/second`]
              ? X
              : `${A}*${B}` extends keyof typeof PRODUCTS
                ? (typeof PRODUCTS)[`${A}*${B}`]
                : `${B}*${A}` extends keyof typeof PRODUCTS
                  ? (typeof PRODUCTS)[`${B}*${A}`]
                  : 'unknown';

export type QuotientUnit<A extends Unit, B extends Unit> = 'unknown' extends A | B
  ? 'unknown'
  : A extends 'timestamp_seconds' | 'timestamp_milliseconds'
    ? B extends Neutral
      ? A
      : 'unknown'
    : Same<A, B> extends true
      ? 'ratio'
      : B extends Neutral
        ? A
        : `${A}/${B}` extends keyof typeof QUOTIENTS
          ? (typeof QUOTIENTS)[`${A}/${B}`]
          : B extends 'seconds'
            ? RateUnit<A>
            : B extends `${A}/second`
              ? 'seconds'
              : 'unknown';

/** The unit of `value * number`. */
export type MultipliedUnit<U extends Unit, By> = 'unknown' extends U
  ? 'unknown'
  : By extends number
    ? `${U}*${By}` extends keyof typeof CONVERSIONS
      ? (typeof CONVERSIONS)[`${U}*${By}`]
      : U
    : U;

/** The unit of `value / number`. */
export type DividedUnit<U extends Unit, By> = 'unknown' extends U
  ? 'unknown'
  : By extends number
    ? `${U}/${By}` extends keyof typeof DIVISIONS
      ? (typeof DIVISIONS)[`${U}/${By}`]
      : U
    : U;
