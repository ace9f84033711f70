/** Functions of histograms, classic and native. */
import { checkPhi } from './aggregations.ts';
import { exprOf, query, stringNode, type Num } from './build.ts';
import { call } from './functions.ts';
import type { NeedsHistogram, NeedsLe } from './kinds.ts';
import type { Kind, Unit, Vector } from './types.ts';

/** Statistics of a native histogram that are in the unit of its observations. */
interface OfObservations<F extends string> {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Vector<L, K, U, N> & NoInfer<NeedsHistogram<F, K, N>>,
  ): Vector<L, 'gauge', U, N>;
}

interface OfHistogramIn<F extends string, Into extends Unit> {
  <L extends string, K extends Kind, N extends string>(
    of: Vector<L, K, Unit, N> & NoInfer<NeedsHistogram<F, K, N>>,
  ): Vector<L, 'gauge', Into, N>;
}

/** The mean of the observations. */
export const histogramAvg: OfObservations<'histogram_avg'> = statistic('histogram_avg');
/** The sum of the observations, per second where the histogram is a rate. */
export const histogramSum: OfHistogramIn<'histogram_sum', 'unknown'> = statistic('histogram_sum');
/** The number of observations, per second where the histogram is a rate. */
export const histogramCount: OfHistogramIn<'histogram_count', 'unknown'> = statistic('histogram_count');
/** The estimated standard deviation of the observations. */
export const histogramStddev: OfObservations<'histogram_stddev'> = statistic('histogram_stddev');
/** The estimated variance of the observations. */
export const histogramStdvar: OfHistogramIn<'histogram_stdvar', 'unknown'> = statistic('histogram_stdvar');

/**
 * The quantile of the observations, in their unit, from the rates of a classic histogram's buckets, whose
 * label `le` must still be there, or from a native histogram.
 *
 * @param phi from 0 to 1
 * @throws RangeError where phi lies outside
 */
export function histogramQuantile<L extends string, K extends Kind, U extends Unit, N extends string>(
  phi: Num,
  of: Vector<L, K, U, N> & NoInfer<NeedsLe<L, K, N>>,
): Vector<Exclude<L, 'le'>, 'gauge', U, N> {
  checkPhi(phi, 'histogramQuantile()');
  return query(call('histogram_quantile', [phi, of]), histogramQuantile, [phi, of]);
}

/**
 * Several quantiles at once, told apart by a label. Needs `--enable-feature=promql-experimental-functions`.
 *
 * @param label the new label, which holds the quantile
 * @param phis from 0 to 1, one to ten of them
 * @throws RangeError where a phi lies outside; TypeError for none or more than ten
 */
export function histogramQuantiles<
  L extends string,
  K extends Kind,
  U extends Unit,
  N extends string,
  const Label extends string,
>(
  of: Vector<L, K, U, N> & NoInfer<NeedsLe<L, K, N>>,
  label: Label,
  phis: readonly Num[],
): Vector<Exclude<L, 'le'> | Label, 'gauge', U, N> {
  const what = 'histogramQuantiles()';
  if (phis.length === 0 || phis.length > 10) throw new TypeError(`${what} takes one to ten quantiles.`);
  phis.forEach((phi) => checkPhi(phi, what));
  const args = [exprOf(of, what), stringNode(label, what), ...phis.map((phi) => exprOf(phi, what))];
  return query({ type: 'Call', func: 'histogram_quantiles', args: Object.freeze(args) }, histogramQuantiles, [
    of,
    ...phis,
  ]);
}

/**
 * The share of observations between two values.
 *
 * @param lower lower bound, in the unit of the observations; `-Infinity` for none
 * @param upper upper bound
 */
export function histogramFraction<L extends string, K extends Kind, U extends Unit, N extends string>(
  lower: Num,
  upper: Num,
  of: Vector<L, K, U, N> & NoInfer<NeedsLe<L, K, N>>,
): Vector<Exclude<L, 'le'>, 'gauge', 'ratio', N> {
  return query(call('histogram_fraction', [lower, upper, of]), histogramFraction, [lower, upper, of]);
}

function statistic<F>(func: string): F {
  const build = (of: Vector): unknown => query(call(func, [of]), build as () => unknown, [of]);
  return build as F;
}
