/**
 * The types of the face: what the compiler knows of a query. They exist for the compiler only; at run time
 * every value is a plain QueryValue.
 *
 * Four things are known of samples: their labels (a union of names; `string` where anything is possible),
 * their kind, their unit, and the metric that they come from, which is there for messages.
 */
import type { UnitName } from '../metrics/units.ts';
import type { QueryValue } from './query.ts';

/**
 * What the samples are.
 *
 * - `counter`, `gauge`, `info`, `stateset`: series of a metric of that kind; what a function makes of them is
 *   a gauge
 * - `aggregatedCounter`: counters added up, whose resets can no longer be seen
 * - `bucket`, `nativeHistogram`: counters of observations; `bucketRate`, `histogramRate`: what `rate()` and
 *   aggregations make of them. Their unit is that of what was observed
 * - `untyped`: nothing is known, so nothing is refused
 */
export type Kind =
  | 'counter'
  | 'gauge'
  | 'info'
  | 'stateset'
  | 'aggregatedCounter'
  | 'bucket'
  | 'bucketRate'
  | 'nativeHistogram'
  | 'histogramRate'
  | 'untyped';

/** A unit, or `unknown` where none was declared. */
export type Unit = UnitName | 'unknown';

/**
 * Samples: labels L, kind K, unit U, from the metric N; of an instant or of a range. One interface for both,
 * because the compiler then compares type arguments and not members.
 */
export interface Samples<
  L extends string = string,
  K extends Kind = Kind,
  U extends Unit = Unit,
  N extends string = string,
  T extends 'vector' | 'matrix' = 'vector' | 'matrix',
> extends QueryValue {
  readonly '~labels': L;
  readonly '~kind': K;
  readonly '~unit': U;
  readonly '~name': N;
  readonly '~type': T;
}

/** An instant vector. */
export type Vector<
  L extends string = string,
  K extends Kind = Kind,
  U extends Unit = Unit,
  N extends string = string,
> = Samples<L, K, U, N, 'vector'>;

/** A range vector: `x[5m]` or a subquery. Only functions over time take one. */
export type Matrix<
  L extends string = string,
  K extends Kind = Kind,
  U extends Unit = Unit,
  N extends string = string,
> = Samples<L, K, U, N, 'matrix'>;

/** One number without labels. */
export interface Scalar<U extends Unit = Unit> extends QueryValue {
  readonly '~type': 'scalar';
  readonly '~scalarUnit': U;
}

/** A string literal as an expression of its own. */
export interface StringValue extends QueryValue {
  readonly '~type': 'string';
}

/** Any query that a panel can show: an instant vector or a scalar. */
export type AnyQuery = Vector | Scalar;

/** The labels of a query's result, as a union of names: `never` for none, `string` where anything is possible. */
export type LabelsOf<Q> = Q extends { readonly '~labels': infer L extends string } ? L : never;
export type KindOf<Q> = Q extends { readonly '~kind': infer K extends Kind } ? K : 'gauge';
export type UnitOf<Q> = Q extends { readonly '~unit': infer U extends Unit }
  ? U
  : Q extends { readonly '~scalarUnit': infer U extends Unit }
    ? U
    : 'unknown';
/** The metric that a query comes from. */
export type MetricOf<Q> = Q extends { readonly '~name': infer N extends string } ? N : string;

/**
 * A refusal. No value has this type, so the compiler prints the message where the value was written.
 */
export interface Problem<Message extends string, Details = never> {
  readonly '~problem': Message;
  readonly '~details': Details;
}

/**
 * The names that may be picked of the labels L. Of none nothing can be picked, for which the compiler only has the
 * word `never`; here it finds a sentence to print. Who writes that sentence as a label does not get past the analysis.
 *
 * `Names` are L once more, in both cases and apart from the question: only so may a function that is generic in L
 * itself pass its labels on.
 */
export type LabelOf<L extends string, Names extends string = L> = [L] extends [never]
  ? Names | 'no label, because this query has none: let the aggregation inside keep some, as in sum(…, { by: […] })'
  : Names;

/**
 * For the functions of other rooms that take names of labels beside a query, such as a legend or an
 * annotation: `T` where every name is a label of the query, else a Problem that names the missing ones.
 */
export type OnlyLabelsOf<Q, Used extends string> = [Used] extends [LabelsOf<Q>]
  ? unknown
  : Problem<`the expression has no label ${Exclude<Used, LabelsOf<Q>>}`, { has: LabelsOf<Q> }>;
