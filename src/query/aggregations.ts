/** Aggregations: every operator of PromQL that makes fewer series of many. */
import type { AggregateOp, Expr, Grouping as GroupingNode } from '../promql/ast.ts';
import { exprOf, query, stringNode, type Num } from './build.ts';
import type { AggregatedKind } from './kinds.ts';
import { labelList } from './label-list.ts';
import type { Kind, LabelOf, Unit, Vector } from './types.ts';

/** `by` names the labels that stay, `without` those that go. Without a grouping none stay. */
export type Grouping<By extends string, Without extends string> =
  | { readonly by: readonly By[]; readonly without?: never }
  | { readonly without: readonly Without[]; readonly by?: never };

/** The labels that a grouping leaves. */
type Left<L extends string, By extends string, Without extends string> = By | Exclude<L, Without>;

/** `sum`, `avg`, `min`, `max`: the values keep their unit. */
interface Aggregate {
  <
    L extends string,
    K extends Kind,
    U extends Unit,
    N extends string,
    const By extends LabelOf<L> = never,
    const Without extends L = L,
  >(
    of: Vector<L, K, U, N>,
    grouping?: Grouping<By, Without>,
  ): NoInfer<Vector<Left<L, By, Without>, AggregatedKind<K>, U, N>>;
}

/** `count`, `group`: the values are numbers of series. */
interface Count {
  <L extends string, N extends string, const By extends LabelOf<L> = never, const Without extends L = L>(
    of: Vector<L, Kind, Unit, N>,
    grouping?: Grouping<By, Without>,
  ): NoInfer<Vector<Left<L, By, Without>, 'gauge', 'count', N>>;
}

/** `stddev`, `stdvar`. */
interface Deviation<Squared extends boolean> {
  <
    L extends string,
    U extends Unit,
    N extends string,
    const By extends LabelOf<L> = never,
    const Without extends L = L,
  >(
    of: Vector<L, Kind, U, N>,
    grouping?: Grouping<By, Without>,
  ): NoInfer<Vector<Left<L, By, Without>, 'gauge', Squared extends true ? 'unknown' : U, N>>;
}

/** `topk`, `bottomk`, `limitk`, `limit_ratio`: some of the series, as they are. The grouping makes the groups. */
interface Selection {
  <L extends string, K extends Kind, U extends Unit, N extends string, const Group extends LabelOf<L> = never>(
    howMany: Num,
    of: Vector<L, K, U, N>,
    grouping?: Grouping<Group, Group>,
  ): NoInfer<Vector<L, K, U, N>>;
}

/** The sum of the values of each group. */
export const sum: Aggregate = aggregate('sum');
/** The mean of the values of each group. A mean of ratios or of percentiles means little: see `ratio`. */
export const avg: Aggregate = aggregate('avg');
/** The smallest value of each group. */
export const min: Aggregate = aggregate('min');
/** The largest value of each group. */
export const max: Aggregate = aggregate('max');
/** The number of series in each group. A group without series is absent, not 0. */
export const count: Count = aggregate('count');
/** 1 for each group that has series. */
export const group: Count = aggregate('group');
/** The standard deviation of the values of each group. */
export const stddev: Deviation<false> = aggregate('stddev');
/** The variance of the values of each group. */
export const stdvar: Deviation<true> = aggregate('stdvar');
/** The `k` series with the largest values, of each group; chosen anew at every point in time. */
export const topk: Selection = selection('topk');
/** The `k` series with the smallest values, of each group; chosen anew at every point in time. */
export const bottomk: Selection = selection('bottomk');
/** Any `k` series of each group. Needs `--enable-feature=promql-experimental-functions`. */
export const limitk: Selection = selection('limitk');
/** A share of the series, from -1 to 1. Needs `--enable-feature=promql-experimental-functions`. */
export const limitRatio: Selection = selection('limit_ratio');

/**
 * The quantile over the series of each group (not over observations: see `histogramQuantile`).
 *
 * @param phi from 0 to 1
 * @throws RangeError where phi lies outside
 */
export function quantile<
  L extends string,
  K extends Kind,
  U extends Unit,
  N extends string,
  const By extends LabelOf<L> = never,
  const Without extends L = L,
>(
  phi: Num,
  of: Vector<L, K, U, N>,
  grouping?: Grouping<By, Without>,
): NoInfer<Vector<Left<L, By, Without>, AggregatedKind<K>, U, N>> {
  checkPhi(phi, 'quantile()');
  return query(aggregateNode('quantile', of, grouping, exprOf(phi, 'quantile()')), quantile, [phi, of]);
}

/**
 * The number of series for each value, which becomes a label.
 *
 * @param label the new label, which holds the value
 */
export function countValues<
  const Label extends string,
  L extends string,
  N extends string,
  const By extends LabelOf<L> = never,
  const Without extends L = L,
>(
  label: Label,
  of: Vector<L, Kind, Unit, N>,
  grouping?: Grouping<By, Without>,
): NoInfer<Vector<Left<L, By, Without> | Label, 'gauge', 'count', N>> {
  const param = stringNode(label, 'countValues()');
  return query(aggregateNode('count_values', of, grouping, param), countValues, [of]);
}

/**
 * Refuses a quantile that is no share: PromQL answers +Inf or -Inf for one.
 *
 * @throws RangeError with the number that was probably meant
 */
export function checkPhi(phi: unknown, what: string): void {
  if (typeof phi !== 'number' || (phi >= 0 && phi <= 1)) return;
  const hint = phi > 1 && phi <= 100 ? ` Did you mean ${phi / 100}?` : '';
  throw new RangeError(`The quantile of ${what} lies between 0 and 1, but it is ${phi}.${hint}`);
}

function aggregate<F>(op: AggregateOp): F {
  const build = (of: Vector, grouping?: Grouping<string, string>): unknown =>
    query(aggregateNode(op, of, grouping), build as () => unknown, [of]);
  return build as F;
}

function selection<F>(op: AggregateOp): F {
  const build = (howMany: Num, of: Vector, grouping?: Grouping<string, string>): unknown =>
    query(aggregateNode(op, of, grouping, exprOf(howMany, `${op}()`)), build as () => unknown, [howMany, of]);
  return build as F;
}

function aggregateNode(
  op: AggregateOp,
  of: Vector,
  grouping: Grouping<string, string> | undefined,
  param?: Expr,
): Expr {
  return {
    type: 'AggregateExpr',
    op,
    ...(param === undefined ? {} : { param }),
    expr: exprOf(of, `${op}()`),
    ...(grouping === undefined ? {} : { grouping: groupingNode(grouping, op) }),
  };
}

function groupingNode({ by, without }: Grouping<string, string>, op: string): GroupingNode {
  const labels = by ?? without;
  if (labels === undefined || (by !== undefined && without !== undefined)) {
    throw new TypeError(`The grouping of ${op}() is either { by: […] } or { without: […] }.`);
  }
  const mode = by === undefined ? 'without' : 'by';
  return Object.freeze({ mode, labels: labelList(labels, `${mode} of ${op}()`) });
}
