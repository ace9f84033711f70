/** Patterns that are easy to get wrong, written right once. */
import type { Expr, Grouping } from '../promql/ast.ts';
import { capturePosition, type CapturedPosition } from '../source/position.ts';
import { checkPhi } from './aggregations.ts';
import { exprOf, isQuery, numberNode, queryAt } from './build.ts';
import { rangeNode, type Examples, type Range } from './duration.ts';
import type { CommonUnit, NeedsMoment, ValueUnit } from './kinds.ts';
import { labelList } from './label-list.ts';
import type { Matchers } from './matchers.ts';
import type { Histogram, Metric, Summary } from './metric.ts';
import type { QueryValue } from './query.ts';
import { sampleOf } from './selectable.ts';
import type { Kind, LabelOf, Problem, Unit, Vector } from './types.ts';

/** How a pattern groups and how far it looks back. */
export interface PatternOptions<By extends string> {
  /** The labels of the result. Default: none, one value for all. */
  readonly by?: readonly By[];
  /** The range. Left out, it is automatic for counters and not used for gauges. */
  readonly over?: Range<Examples>;
}

export interface DistributionOptions<By extends string, Where> extends PatternOptions<By> {
  /** Which series to look at. */
  readonly where?: Where;
}

type NotAggregated<F extends string, K extends Kind, N extends string> = K extends 'aggregatedCounter'
  ? Problem<`${F}() adds up by itself, and resets of ${N} can no longer be seen in an aggregation: pass ${N} as it is`>
  : unknown;

type Values = Readonly<Record<string, string | number>>;

/** Anything that holds a distribution. */
type Distribution<V extends Values, U extends Unit, N extends string, Bound extends number> =
  Histogram<V, U, N, Bound> | Summary<V, U, N, Bound> | Metric<V, 'nativeHistogram', U, N>;

/**
 * What share of the whole a part is, by labels: 0 where nothing of the part was seen, nothing where there was
 * nothing to count, never 0/0.
 *
 * Counters are counted over the range; everything else is added up as it is, or, with `over`, over time.
 *
 * @param part such as `runs({ status: 'success' })`
 * @param whole such as `runs`
 * @throws TypeError where it cannot be known whether a range is needed
 */
export function ratio<
  L1 extends string,
  K1 extends Kind,
  U1 extends Unit,
  N1 extends string,
  L2 extends string,
  K2 extends Kind,
  U2 extends Unit,
  N2 extends string,
  const By extends L1 & L2 = never,
>(
  part: Vector<L1, K1, U1, N1> & NoInfer<NotAggregated<'ratio', K1, N1>>,
  whole: Vector<L2, K2, U2, N2> &
    NoInfer<NotAggregated<'ratio', K2, N2>> &
    NoInfer<
      [CommonUnit<ValueUnit<K1, U1>, ValueUnit<K2, U2>>] extends [never]
        ? Problem<`${U1} is no part of ${U2}`>
        : unknown
    >,
  options: PatternOptions<By> = {},
): Vector<By, 'gauge', 'ratio', N1> {
  const make = maker(capturePosition(ratio), [part, whole]);
  const numerator = counted(part, options, 'ratio()', make);
  const denominator = counted(whole, options, 'ratio()', make);
  const zero = make({ type: 'BinaryExpr', op: '*', lhs: denominator, rhs: numberNode(0) });
  const seen = make({ type: 'BinaryExpr', op: 'or', lhs: numerator, rhs: zero });
  return make.query(divided(seen, denominator, make));
}

/**
 * The mean of the observations of a histogram or summary, by labels; nothing where there was none.
 *
 * @param of the metric itself, not one of its series
 */
export function mean<
  V extends Values,
  U extends Unit,
  N extends string,
  Bound extends number,
  const By extends keyof V & string = never,
>(of: Distribution<V, U, N, Bound>, options: DistributionOptions<By, Matchers<V>> = {}): Vector<By, 'gauge', U, N> {
  const make = maker(capturePosition(mean), []);
  const { where = {} } = options as { where?: object };
  const total = totals(of, where, options, make);
  return make.query(divided(total.sum, total.count, make));
}

/**
 * A percentile of the observations of a histogram, by labels. NaN where there was none.
 *
 * @param phi from 0 to 1
 * @param of the metric itself, classic or native
 * @throws RangeError where phi lies outside
 */
export function percentile<
  V extends Values,
  U extends Unit,
  N extends string,
  Bound extends number,
  const By extends keyof V & string = never,
>(
  phi: number,
  of: Histogram<V, U, N, Bound> | Metric<V, 'nativeHistogram', U, N>,
  options: DistributionOptions<By, Matchers<V>> = {},
): Vector<By, 'gauge', U, N> {
  checkPhi(phi, 'percentile()');
  const make = maker(capturePosition(percentile), []);
  const { where = {}, by = [], over } = options as DistributionOptions<string, object>;
  const native = isQuery(of);
  const series = (native ? of(where) : of.bucket(where)) as QueryValue;
  const rates = overRange('rate', series.expr, over, make);
  const labels = labelList(by, 'by of percentile()');
  const groups = summed(rates, native ? labels : ['le', ...labels], make);
  return make.query({ type: 'Call', func: 'histogram_quantile', args: Object.freeze([numberNode(phi), groups]) });
}

/**
 * How long ago a moment was, in seconds. With `by`, the newest moment of each group.
 *
 * @param moment a metric in seconds or milliseconds since 1970
 */
export function age<L extends string, U extends Unit, N extends string, const By extends L = L>(
  moment: Vector<L, Kind, U, N> & NoInfer<U extends 'timestamp_milliseconds' ? unknown : NeedsMoment<'age', U, N>>,
  options: { readonly by?: readonly By[] } = {},
): Vector<By, 'gauge', 'seconds', N> {
  const make = maker(capturePosition(age), [moment]);
  const expr = exprOf(moment, 'age()');
  const inMilliseconds = sampleOf(moment)?.metric.unit === 'timestamp_milliseconds';
  const newest = options.by === undefined ? expr : make(aggregated('max', expr, options.by));
  const seconds = inMilliseconds ? make({ type: 'BinaryExpr', op: '/', lhs: newest, rhs: numberNode(1000) }) : newest;
  const now = make({ type: 'Call', func: 'time', args: Object.freeze([]) });
  return make.query({ type: 'BinaryExpr', op: '-', lhs: now, rhs: seconds });
}

/**
 * What share of the total each group is: `share(cost, { by: ['service'] })`. With `of`, the total is that of
 * the group which `of` names: `{ by: ['team', 'service'], of: ['team'] }`.
 *
 * @throws TypeError where it cannot be known whether a range is needed
 */
export function share<
  L extends string,
  K extends Kind,
  N extends string,
  const By extends LabelOf<L>,
  const Of extends By = never,
>(
  part: Vector<L, K, Unit, N> & NoInfer<NotAggregated<'share', K, N>>,
  options: PatternOptions<By> & { readonly by: readonly By[]; readonly of?: readonly Of[] },
): Vector<By, 'gauge', 'ratio', N> {
  const make = maker(capturePosition(share), [part]);
  const groups = counted(part, options, 'share()', make);
  const { of = [] } = options;
  const { by: _by, ...rest } = options;
  const total = counted(part, { ...rest, by: of }, 'share()', make);
  const matching = Object.freeze({
    mode: 'on' as const,
    labels: labelList(of, 'of of share()'),
    group: 'left' as const,
  });
  return make.query({ ...divided(groups, total, make), matching });
}

type Options = PatternOptions<string>;

/** Makes nodes that all belong to one call of a pattern. */
interface Maker {
  (expr: Expr): Expr;
  query<Q extends QueryValue>(expr: Expr): Q;
}

function maker(position: CapturedPosition, inputs: readonly QueryValue[]): Maker {
  const made: QueryValue[] = [...inputs];
  const make = (expr: Expr): Expr => {
    made.push(queryAt(expr, position));
    return expr;
  };
  return Object.assign(make, { query: <Q extends QueryValue>(expr: Expr): Q => queryAt(expr, position, made) });
}

/** `a / (b > 0)`, which has no value where there is nothing to divide by. */
function divided(lhs: Expr, by: Expr, make: Maker): Expr & { type: 'BinaryExpr' } {
  const some = make({ type: 'BinaryExpr', op: '>', lhs: by, rhs: numberNode(0) });
  return { type: 'BinaryExpr', op: '/', lhs, rhs: some };
}

/** A sum by labels, of what counters counted or of the values as they are. */
function counted(of: QueryValue, options: Options, what: string, make: Maker): Expr {
  const { by = [], over } = options;
  const expr = exprOf(of, what);
  if (isCounter(of)) return summed(overRange('increase', expr, over, make), by, make);
  if (over === undefined) return summed(expr, by, make);
  if (expr.type === 'VectorSelector' && sampleOf(of) === undefined) {
    throw new TypeError(
      `${what} cannot know whether ${typeof expr.name === 'string' ? expr.name : 'the selector'} is a counter, as no definition says so: pass increase(…) or sumOverTime(…) of it and leave \`over\` out.`,
    );
  }
  if (expr.type !== 'VectorSelector') {
    throw new TypeError(`${what} takes \`over\` only with metrics: the expression has its own ranges.`);
  }
  return summed(overRange('sum_over_time', expr, over, make), by, make);
}

function isCounter(of: QueryValue): boolean {
  const sample = sampleOf(of);
  if (sample === undefined) return false;
  return sample.metric.kind === 'counter' || ['bucket', 'sum', 'count'].includes(sample.role);
}

function totals(of: unknown, where: object, { by = [], over }: Options, make: Maker): { sum: Expr; count: Expr } {
  if (isQuery(of)) {
    const native = of as unknown as (matchers: object) => QueryValue;
    const rates = summed(overRange('rate', native(where).expr, over, make), by, make);
    const statistic = (func: string): Expr => make({ type: 'Call', func, args: Object.freeze([rates]) });
    return { sum: statistic('histogram_sum'), count: statistic('histogram_count') };
  }
  const { sum, count } = of as Record<'sum' | 'count', (matchers: object) => QueryValue>;
  const total = (series: QueryValue): Expr => summed(overRange('increase', series.expr, over, make), by, make);
  return { sum: total(sum(where)), count: total(count(where)) };
}

function overRange(func: string, expr: Expr, over: Range | undefined, make: Maker): Expr {
  if (expr.type !== 'VectorSelector') throw new TypeError(`${func}() needs a selector.`);
  const matrix: Expr = Object.freeze({ type: 'MatrixSelector', selector: expr, range: rangeNode(over, `${func}()`) });
  return make(Object.freeze({ type: 'Call', func, args: Object.freeze([matrix]) }));
}

function summed(expr: Expr, by: readonly string[], make: Maker): Expr {
  return make(aggregated('sum', expr, by));
}

function aggregated(op: 'sum' | 'max', expr: Expr, by: readonly string[]): Expr {
  const grouping: Grouping = Object.freeze({ mode: 'by', labels: labelList(by, 'by') });
  return Object.freeze({ type: 'AggregateExpr', op, expr, ...(by.length === 0 ? {} : { grouping }) });
}
