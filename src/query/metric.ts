/**
 * Metrics: what an author declares once and then writes in queries. A metric is a query (all its series) and
 * a function (a selector with matchers), as in PromQL.
 */
import { defineMetric, type MetricOptions } from '../metrics/define.ts';
import type { Exporter } from '../metrics/exporter.ts';
import type { Label, LabelDeclarations } from '../metrics/labels.ts';
import type { MetricModel } from '../metrics/model.ts';
import type { UnitName } from '../metrics/units.ts';
import { capturePosition } from '../source/position.ts';
import type { Matchers } from './matchers.ts';
import { selectable } from './selectable.ts';
import type { SeriesInput } from './series.ts';
import type { Kind, Unit, Vector } from './types.ts';

/** Values of labels by name, as far as the compiler knows them. */
type ValueMap = Readonly<Record<string, string | number>>;
type Target = Readonly<Record<string, string>>;
type NoLabels = Record<never, Label>;
/** Every scraped series has these, also where no exporter is declared. */
type NoTarget = { readonly job: string; readonly instance: string };

/** The values of a metric's own labels and of its exporter's target labels, spelt out in messages. */
type Values<Labels extends LabelDeclarations, T extends Target> = {
  readonly [Name in (keyof Labels | keyof T) & string]: Name extends keyof Labels
    ? Labels[Name]['~value']
    : Name extends keyof T
      ? T[Name]
      : never;
} & {};

type UnitOrUnknown<U extends UnitName> = [U] extends [never] ? 'unknown' : U;

/** Series of one name: a query of all of them, and a function that selects some. */
export interface Series<V extends ValueMap, K extends Kind, U extends Unit, N extends string> extends Vector<
  keyof V & string,
  K,
  U,
  N
> {
  /** A selector: `metric({ label: 'x' })` is `metric{label="x"}`. */
  (matchers?: Matchers<V>): Vector<keyof V & string, K, U, N>;
  /** A series with samples in promtool's notation, for the tests of rules. */
  series(labels: { readonly [Name in keyof V]?: V[Name] }, values: string): SeriesInput;
}

/** A metric that exposes series under its own name. */
export interface Metric<V extends ValueMap, K extends Kind, U extends Unit, N extends string> extends Series<
  V,
  K,
  U,
  N
> {
  readonly model: MetricModel;
}

/** A classic histogram: three families of series. */
export interface Histogram<V extends ValueMap, U extends Unit, N extends string, Le extends number = number> {
  readonly kind: 'metric';
  readonly model: MetricModel;
  /** `x_bucket`: observations up to each upper bound `le`. */
  readonly bucket: Series<V & { readonly le: Le | '+Inf' }, 'bucket', U, `${N}_bucket`>;
  /** `x_sum`: all observed values added up. */
  readonly sum: Series<V, 'counter', U, `${N}_sum`>;
  /** `x_count`: the number of observations. */
  readonly count: Series<V, 'counter', 'count', `${N}_count`>;
}

/** A summary: quantiles that the exporter computed, and the sum and number of observations. */
export interface Summary<V extends ValueMap, U extends Unit, N extends string, Quantile extends number = number> {
  readonly kind: 'metric';
  readonly model: MetricModel;
  /** The quantiles, as gauges. They cannot be aggregated. */
  readonly quantile: Series<V & { readonly quantile: Quantile }, 'gauge', U, N>;
  readonly sum: Series<V, 'counter', U, `${N}_sum`>;
  readonly count: Series<V, 'counter', 'count', `${N}_count`>;
}

/** Anything with a metric's model. */
export interface AnyMetric {
  readonly model: MetricModel;
}

type Base = Omit<MetricOptions, 'labels' | 'from' | 'unit' | 'buckets' | 'quantiles'>;

/** What can be said of a metric; see `MetricOptions` for each field. */
export interface Options<Labels extends LabelDeclarations, T extends Target, U extends UnitName> extends Base {
  /** Own labels, without the exporter's target labels. */
  readonly labels?: Labels;
  /** The exporter, whose target labels the metric has too. */
  readonly from?: Exporter<T>;
  readonly unit?: U;
}

export interface HistogramOptions<
  Labels extends LabelDeclarations,
  T extends Target,
  U extends UnitName,
  Le extends number,
> extends Options<Labels, T, U> {
  /** Upper bounds, ascending, without +Inf. */
  readonly buckets?: readonly Le[];
}

export interface SummaryOptions<
  Labels extends LabelDeclarations,
  T extends Target,
  U extends UnitName,
  Q extends number,
> extends Options<Labels, T, U> {
  /** The exported quantiles, ascending, between 0 and 1. */
  readonly quantiles?: readonly Q[];
}

/**
 * Declares a counter: it only rises, and starts again at 0 when its process does.
 *
 * @param name must end in `_total`, unless `nameAsExposed` says that the exporter breaks that rule
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function counter<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
  const U extends UnitName = never,
>(name: N, options: Options<Labels, T, U> = {}): Metric<Values<Labels, T>, 'counter', UnitOrUnknown<U>, N> {
  return metric(define(name, 'counter', options, counter));
}

/**
 * Declares a gauge: a value that rises and falls.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function gauge<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
  const U extends UnitName = never,
>(name: N, options: Options<Labels, T, U> = {}): Metric<Values<Labels, T>, 'gauge', UnitOrUnknown<U>, N> {
  return metric(define(name, 'gauge', options, gauge));
}

/**
 * Declares a metric of which the kind is not known. No check speaks about what it does not know.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function untyped<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
  const U extends UnitName = never,
>(name: N, options: Options<Labels, T, U> = {}): Metric<Values<Labels, T>, 'untyped', UnitOrUnknown<U>, N> {
  return metric(define(name, 'untyped', options, untyped));
}

/**
 * Declares an info metric: always 1, what it says is in its labels.
 *
 * @param name must end in `_info`, unless `nameAsExposed` says otherwise
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function info<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
>(name: N, options: Omit<Options<Labels, T, never>, 'unit'> = {}): Metric<Values<Labels, T>, 'info', 'count', N> {
  return metric(define(name, 'info', { range: { min: 1, max: 1 }, unit: 'count', ...options }, info));
}

/**
 * Declares a state set: one series for each state, 1 for those that hold and 0 for the rest.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function stateset<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
>(name: N, options: Omit<Options<Labels, T, never>, 'unit'> = {}): Metric<Values<Labels, T>, 'stateset', 'count', N> {
  return metric(define(name, 'stateset', { range: { min: 0, max: 1 }, unit: 'count', ...options }, stateset));
}

/**
 * Declares a native histogram: one series holds a whole distribution.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function nativeHistogram<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
  const U extends UnitName = never,
>(name: N, options: Options<Labels, T, U> = {}): Metric<Values<Labels, T>, 'nativeHistogram', UnitOrUnknown<U>, N> {
  return metric(define(name, 'nativeHistogram', options, nativeHistogram));
}

/**
 * Declares a classic histogram, under the name before `_bucket`, `_sum` and `_count`.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function histogram<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
  const U extends UnitName = never,
  const Le extends number = number,
>(name: N, options: HistogramOptions<Labels, T, U, Le> = {}): Histogram<Values<Labels, T>, UnitOrUnknown<U>, N, Le> {
  const model = define(name, 'histogram', options, histogram);
  return family(model, {
    bucket: selectable(model, 'bucket'),
    sum: selectable(model, 'sum'),
    count: selectable(model, 'count'),
  });
}

/**
 * Declares a summary, under the name before `_sum` and `_count`.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function summary<
  const N extends string,
  const Labels extends LabelDeclarations = NoLabels,
  T extends Target = NoTarget,
  const U extends UnitName = never,
  const Q extends number = number,
>(name: N, options: SummaryOptions<Labels, T, U, Q> = {}): Summary<Values<Labels, T>, UnitOrUnknown<U>, N, Q> {
  const model = define(name, 'summary', options, summary);
  return family(model, {
    quantile: selectable(model, 'quantile'),
    sum: selectable(model, 'sum'),
    count: selectable(model, 'count'),
  });
}

/**
 * A metric that a recording rule makes. Its labels, kind and unit are those of the rule's expression.
 *
 * @param model what the catalogue shall say of it; taken as it is
 * @param more what the metric carries besides, such as its rule
 */
export function recordedMetric<T>(model: MetricModel, more: Readonly<Record<string, unknown>> = {}): T {
  return metric(model, more);
}

function define(
  name: string,
  kind: MetricModel['kind'],
  options: MetricOptions,
  callee: (...args: never[]) => unknown,
): MetricModel {
  const position = capturePosition(callee).resolve();
  return Object.freeze({ ...defineMetric(name, kind, options), ...(position === undefined ? {} : { position }) });
}

function family<T>(model: MetricModel, members: Readonly<Record<string, unknown>>): T {
  return Object.freeze({ kind: 'metric', model, ...members }) as T;
}

function metric<T>(model: MetricModel, more: Readonly<Record<string, unknown>> = {}): T {
  return selectable(model, 'value', { ...more, model });
}
