/** Functions of a range: what changed, what was counted, what was seen over time. */
import type { Expr, MatrixSelector, VectorSelector } from '../promql/ast.ts';
import { checkPhi } from './aggregations.ts';
import { exprOf, query, type Num } from './build.ts';
import { milliseconds, rangeNode, type Duration, type Examples, type Range } from './duration.ts';
import type { AggregatedKind, NeedsCounter, NeedsGauge, RateKind, RateUnit, ValueUnit } from './kinds.ts';
import type { Kind, Matrix, Samples, Unit, Vector } from './types.ts';

/** `rate`, `irate`. */
interface PerSecond<F extends string> {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Samples<L, K, U, N> & NoInfer<NeedsCounter<F, K, N>>,
    over?: Range<Examples>,
  ): NoInfer<Vector<L, RateKind<K>, K extends 'bucket' | 'nativeHistogram' ? U : RateUnit<U>, N>>;
}

interface Increase<F extends string> {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Samples<L, K, U, N> & NoInfer<NeedsCounter<F, K, N>>,
    over?: Range<Examples>,
  ): NoInfer<Vector<L, RateKind<K>, U, N>>;
}

interface CounterToCount<F extends string> {
  <L extends string, K extends Kind, N extends string>(
    of: Samples<L, K, Unit, N> & NoInfer<NeedsCounter<F, K, N>>,
    over?: Range<Examples>,
  ): NoInfer<Vector<L, 'gauge', 'count', N>>;
}

/** Functions of gauges that keep the unit. */
interface OfGauge<F extends string> {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Samples<L, K, U, N> & NoInfer<NeedsGauge<F, K, N>>,
    over?: Range<Examples>,
  ): NoInfer<Vector<L, AggregatedKind<K>, U, N>>;
}

/** Functions of gauges that answer in another unit. */
interface OfGaugeIn<F extends string, Into extends Unit> {
  <L extends string, K extends Kind, N extends string>(
    of: Samples<L, K, Unit, N> & NoInfer<NeedsGauge<F, K, N>>,
    over?: Range<Examples>,
  ): NoInfer<Vector<L, 'gauge', Into, N>>;
}

/** Functions that pick a sample as it is. */
interface Pick {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Samples<L, K, U, N>,
    over?: Range<Examples>,
  ): NoInfer<Vector<L, K, U, N>>;
}

/** Functions that look at which samples there are, not at their values. */
interface Presence<Into extends Unit> {
  <L extends string, N extends string>(
    of: Samples<L, Kind, Unit, N>,
    over?: Range<Examples>,
  ): Vector<L, 'gauge', Into, N>;
}

/** How fast a counter rises, per second, averaged over the range; counter resets are seen. */
export const rate: PerSecond<'rate'> = overTime('rate');
/** How fast a counter rises between the last two samples, per second. */
export const irate: PerSecond<'irate'> = overTime('irate');
/** By how much a counter rose over the range. Extrapolated, so rarely a whole number. */
export const increase: Increase<'increase'> = overTime('increase');
/** How often a counter started again at 0. */
export const resets: CounterToCount<'resets'> = overTime('resets');
/** How often the value changed. */
export const changes: Presence<'count'> = overTime('changes');
/** The difference between the last and the first value of a gauge. */
export const delta: OfGauge<'delta'> = overTime('delta');
/** The difference between the last two values of a gauge. */
export const idelta: OfGauge<'idelta'> = overTime('idelta');
/** The mean of a gauge over time. */
export const avgOverTime: OfGauge<'avg_over_time'> = overTime('avg_over_time');
/** The smallest value of a gauge over time. */
export const minOverTime: OfGauge<'min_over_time'> = overTime('min_over_time');
/** The largest value of a gauge over time. */
export const maxOverTime: OfGauge<'max_over_time'> = overTime('max_over_time');
/** All values of the range added up. It depends on how often the metric is scraped. */
export const sumOverTime: OfGauge<'sum_over_time'> = overTime('sum_over_time');
/** The standard deviation of a gauge over time. */
export const stddevOverTime: OfGauge<'stddev_over_time'> = overTime('stddev_over_time');
/** The variance of a gauge over time. */
export const stdvarOverTime: OfGaugeIn<'stdvar_over_time', 'unknown'> = overTime('stdvar_over_time');
/** The median absolute deviation of a gauge over time. Needs `--enable-feature=promql-experimental-functions`. */
export const madOverTime: OfGauge<'mad_over_time'> = overTime('mad_over_time');
/** The number of samples in the range. */
export const countOverTime: Presence<'count'> = overTime('count_over_time');
/** 1 for every series that has a sample in the range. */
export const presentOverTime: Presence<'count'> = overTime('present_over_time');
/** The newest sample of the range, also of a series that is gone by now. */
export const lastOverTime: Pick = overTime('last_over_time');
/** The oldest sample of the range. Needs `--enable-feature=promql-experimental-functions`. */
export const firstOverTime: Pick = overTime('first_over_time');
/** When the oldest sample was taken. Needs `--enable-feature=promql-experimental-functions`. */
export const tsOfFirstOverTime: Presence<'timestamp_seconds'> = overTime('ts_of_first_over_time');
/** When the newest sample was taken. Needs `--enable-feature=promql-experimental-functions`. */
export const tsOfLastOverTime: Presence<'timestamp_seconds'> = overTime('ts_of_last_over_time');
/** When a gauge was largest. Needs `--enable-feature=promql-experimental-functions`. */
export const tsOfMaxOverTime: OfGaugeIn<'ts_of_max_over_time', 'timestamp_seconds'> = overTime('ts_of_max_over_time');
/** When a gauge was smallest. Needs `--enable-feature=promql-experimental-functions`. */
export const tsOfMinOverTime: OfGaugeIn<'ts_of_min_over_time', 'timestamp_seconds'> = overTime('ts_of_min_over_time');

/** The slope of a gauge per second, by linear regression. */
export function deriv<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Samples<L, K, U, N> & NoInfer<NeedsGauge<'deriv', K, N>>,
  over?: Range<Examples>,
): NoInfer<Vector<L, 'gauge', RateUnit<ValueUnit<K, U>>, N>> {
  return query(callOverTime('deriv', of, over), deriv, [of]);
}

/**
 * What a gauge will be, by linear regression over the range.
 *
 * @param ahead how far from now: seconds, or a duration such as `'4h'`
 */
export function predictLinear<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Samples<L, K, U, N> & NoInfer<NeedsGauge<'predict_linear', K, N>>,
  ahead: Num | Duration<Examples>,
  over?: Range<Examples>,
): NoInfer<Vector<L, 'gauge', U, N>> {
  const seconds = typeof ahead === 'string' ? milliseconds(ahead) / 1000 : ahead;
  const node = callOverTime('predict_linear', of, over, [exprOf(seconds, 'predictLinear()')]);
  return query(node, predictLinear, [of, seconds]);
}

/**
 * A smoothed value of a gauge (Holt's method). Needs `--enable-feature=promql-experimental-functions`.
 *
 * @param smoothing from 0 to 1: how much newer samples weigh
 * @param trend from 0 to 1: how much the newer trend weighs
 * @throws RangeError where a factor lies outside
 */
export function doubleExponentialSmoothing<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Samples<L, K, U, N> & NoInfer<NeedsGauge<'double_exponential_smoothing', K, N>>,
  smoothing: Num,
  trend: Num,
  over?: Range<Examples>,
): NoInfer<Vector<L, 'gauge', U, N>> {
  const name = 'doubleExponentialSmoothing()';
  for (const factor of [smoothing, trend]) {
    if (typeof factor === 'number' && !(factor >= 0 && factor <= 1)) {
      throw new RangeError(`The factors of ${name} lie between 0 and 1, but one is ${factor}.`);
    }
  }
  const node = callOverTime('double_exponential_smoothing', of, over, [exprOf(smoothing, name), exprOf(trend, name)]);
  return query(node, doubleExponentialSmoothing, [of, smoothing, trend]);
}

/**
 * The quantile of a gauge over time.
 *
 * @param phi from 0 to 1
 * @throws RangeError where phi lies outside
 */
export function quantileOverTime<L extends string, K extends Kind, U extends Unit, N extends string>(
  phi: Num,
  of: Samples<L, K, U, N> & NoInfer<NeedsGauge<'quantile_over_time', K, N>>,
  over?: Range<Examples>,
): NoInfer<Vector<L, 'gauge', U, N>> {
  checkPhi(phi, 'quantileOverTime()');
  const matrix = matrixOf(of, over, 'quantileOverTime()');
  return query(
    { type: 'Call', func: 'quantile_over_time', args: Object.freeze([exprOf(phi, 'quantileOverTime()'), matrix]) },
    quantileOverTime,
    [phi, of],
  );
}

/**
 * 1 where no series had a sample in the range, else nothing. Labels that the selector compares with `=`
 * are on the result.
 */
export function absentOverTime<L extends string, N extends string>(
  of: Samples<L, Kind, Unit, N>,
  over?: Range<Examples>,
): NoInfer<Vector<L, 'gauge', 'count', N>> {
  return query(callOverTime('absent_over_time', of, over), absentOverTime, [of]);
}

/**
 * A subquery: the expression evaluated again and again over a range, for the functions over time.
 *
 * @param over how far back
 * @param step how often; left out, the server's evaluation interval
 * @throws TypeError where a length of time cannot be read
 */
export function subquery<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Vector<L, K, U, N>,
  over: Range<Examples>,
  step?: Range<Examples>,
): Matrix<L, K, U, N> {
  return query(subqueryNode(exprOf(of, 'subquery()'), over, step), subquery, [of]);
}

/** The samples of a selector over a range, to show them as they are; functions over time take a range themselves. */
export function range<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Vector<L, K, U, N>,
  length?: Range<Examples>,
): Matrix<L, K, U, N> {
  const expr = exprOf(of, 'range()');
  if (expr.type !== 'VectorSelector') throw new TypeError('range() is for selectors; use subquery() for expressions.');
  return query(matrixNode(expr, length, 'range()'), range, [of]);
}

function overTime<F>(func: string): F {
  const build = (of: Samples, over?: Range): unknown =>
    query(callOverTime(func, of, over), build as () => unknown, [of]);
  return build as F;
}

function callOverTime(func: string, of: Samples, over: Range | undefined, more: readonly Expr[] = []): Expr {
  return { type: 'Call', func, args: Object.freeze([matrixOf(of, over, `${func}()`), ...more]) };
}

/** The range vector of an argument: of a selector its samples, of an expression a subquery. */
function matrixOf(of: unknown, over: Range | undefined, what: string): Expr {
  const expr = exprOf(of, what);
  if (expr.type === 'MatrixSelector' || expr.type === 'SubqueryExpr') {
    if (over === undefined) return expr;
    throw new TypeError(`${what} got a range twice: the expression has one already.`);
  }
  if (expr.type === 'VectorSelector') return matrixNode(expr, over, what);
  if (over !== undefined) return Object.freeze(subqueryNode(expr, over, undefined));
  throw new TypeError(
    `${what} of an expression needs a range, such as '1h': only the range of a selector can be left to the panel or rule.`,
  );
}

function matrixNode(selector: VectorSelector, over: Range | undefined, what: string): MatrixSelector {
  return Object.freeze({ type: 'MatrixSelector', selector, range: rangeNode(over, what) });
}

function subqueryNode(expr: Expr, over: Range, step: Range | undefined): Expr {
  return {
    type: 'SubqueryExpr',
    expr,
    range: rangeNode(over, 'a subquery'),
    ...(step === undefined ? {} : { step: rangeNode(step, 'a subquery’s step') }),
  };
}
