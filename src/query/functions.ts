/** Functions of an instant: mathematics, labels, order, presence and calendar. */
import type { Expr } from '../promql/ast.ts';
import { exprOf, query, type Num } from './build.ts';
import type { AggregatedKind, CommonUnit, Comparable, ComputedKind, NeedsMoment, ValueUnit } from './kinds.ts';
import type { Kind, LabelOf, Scalar, StringValue, Unit, Vector } from './types.ts';

/** The values change, their unit stays. */
interface SameUnit {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Vector<L, K, U, N>,
  ): NoInfer<Vector<L, ComputedKind<K>, ValueUnit<K, U>, N>>;
}

/** The values change into something of which the unit has no name, or into a plain number. */
interface OtherUnit<Into extends Unit = 'unknown'> {
  <L extends string, K extends Kind, N extends string>(of: Vector<L, K, Unit, N>): Vector<L, ComputedKind<K>, Into, N>;
}

/** The series stay as they are, in another order. */
interface Order {
  <L extends string, K extends Kind, U extends Unit, N extends string>(of: Vector<L, K, U, N>): Vector<L, K, U, N>;
}

interface OrderByLabel {
  <const By extends LabelOf<L>, L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Vector<L, K, U, N>,
    ...labels: readonly By[]
  ): NoInfer<Vector<L, K, U, N>>;
}

/** A part of the date of a moment in seconds since 1970, UTC; of now, where none is given. */
interface DatePart<F extends string> {
  <L extends string = never, U extends Unit = 'timestamp_seconds', N extends string = string>(
    of?: Vector<L, Kind, U, N> & NoInfer<NeedsMoment<F, U, N>>,
  ): NoInfer<Vector<L, 'gauge', 'count', N>>;
}

interface Clamp {
  <L extends string, K extends Kind, U extends Unit, N extends string>(
    of: Vector<L, K, U, N>,
    bound: Num,
  ): NoInfer<Vector<L, ComputedKind<K>, ValueUnit<K, U>, N>>;
}

/** The value without its sign. */
export const abs: SameUnit = instant('abs');
/** Rounds up to a whole number. */
export const ceil: SameUnit = instant('ceil');
/** Rounds down to a whole number. */
export const floor: SameUnit = instant('floor');
/** 1 for positive values, -1 for negative ones, 0 for 0. */
export const sgn: OtherUnit<'count'> = instant('sgn');
/** e to the power of the value. */
export const exp: OtherUnit = instant('exp');
/** The natural logarithm. */
export const ln: OtherUnit = instant('ln');
/** The logarithm to base 2. */
export const log2: OtherUnit = instant('log2');
/** The logarithm to base 10. */
export const log10: OtherUnit = instant('log10');
/** The square root. */
export const sqrt: OtherUnit = instant('sqrt');
/** Radians from degrees. */
export const rad: OtherUnit = instant('rad');
/** Degrees from radians. */
export const deg: OtherUnit = instant('deg');
/** The sine of radians. */
export const sin: OtherUnit = instant('sin');
/** The cosine of radians. */
export const cos: OtherUnit = instant('cos');
/** The tangent of radians. */
export const tan: OtherUnit = instant('tan');
/** The arc sine, in radians. */
export const asin: OtherUnit = instant('asin');
/** The arc cosine, in radians. */
export const acos: OtherUnit = instant('acos');
/** The arc tangent, in radians. */
export const atan: OtherUnit = instant('atan');
/** The hyperbolic sine. */
export const sinh: OtherUnit = instant('sinh');
/** The hyperbolic cosine. */
export const cosh: OtherUnit = instant('cosh');
/** The hyperbolic tangent. */
export const tanh: OtherUnit = instant('tanh');
/** The inverse hyperbolic sine. */
export const asinh: OtherUnit = instant('asinh');
/** The inverse hyperbolic cosine. */
export const acosh: OtherUnit = instant('acosh');
/** The inverse hyperbolic tangent. */
export const atanh: OtherUnit = instant('atanh');
/** In order of the values, smallest first; only tables and instant queries show it. */
export const sort: Order = instant('sort');
/** In order of the values, largest first; only tables and instant queries show it. */
export const sortDesc: Order = instant('sort_desc');
/** In order of labels' values. Needs `--enable-feature=promql-experimental-functions`. */
export const sortByLabel: OrderByLabel = byLabel('sort_by_label');
/** In reverse order of labels' values. Needs `--enable-feature=promql-experimental-functions`. */
export const sortByLabelDesc: OrderByLabel = byLabel('sort_by_label_desc');
/** 1 where no series is there, else nothing. Labels that the selector compares with `=` are on the result. */
export const absent: OtherUnit<'count'> = instant('absent');
/** When each sample was taken. */
export const timestamp: OtherUnit<'timestamp_seconds'> = instant('timestamp');
/** When each counter started. Needs Prometheus 3.x with created timestamps and experimental functions. */
export const startTimestamp: OtherUnit<'timestamp_seconds'> = instant('start_timestamp');
/** The minute of the hour, 0 to 59. */
export const minute: DatePart<'minute'> = datePart('minute');
/** The hour of the day, 0 to 23, in UTC. */
export const hour: DatePart<'hour'> = datePart('hour');
/** The day of the week, 0 (Sunday) to 6. */
export const dayOfWeek: DatePart<'day_of_week'> = datePart('day_of_week');
/** The day of the month, 1 to 31. */
export const dayOfMonth: DatePart<'day_of_month'> = datePart('day_of_month');
/** The day of the year, 1 to 366. */
export const dayOfYear: DatePart<'day_of_year'> = datePart('day_of_year');
/** The number of days of the month, 28 to 31. */
export const daysInMonth: DatePart<'days_in_month'> = datePart('days_in_month');
/** The month, 1 to 12. */
export const month: DatePart<'month'> = datePart('month');
/** The year. */
export const year: DatePart<'year'> = datePart('year');
/** Values below the bound become the bound. */
export const clampMin: Clamp = clampTo('clamp_min');
/** Values above the bound become the bound. */
export const clampMax: Clamp = clampTo('clamp_max');

/** Values outside of the two bounds become the nearer one. */
export function clamp<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Vector<L, K, U, N>,
  lowest: Num,
  highest: Num,
): Vector<L, ComputedKind<K>, ValueUnit<K, U>, N> {
  return query(call('clamp', [of, lowest, highest]), clamp, [of, lowest, highest]);
}

/** Rounds to the nearest whole number, or to the nearest multiple. */
export function round<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Vector<L, K, U, N>,
  toMultipleOf?: Num,
): Vector<L, AggregatedKind<K>, ValueUnit<K, U>, N> {
  const args = toMultipleOf === undefined ? [of] : [of, toMultipleOf];
  return query(call('round', args), round, args);
}

/** The value of a vector with one series as a scalar; NaN for none or several. */
export function scalar<K extends Kind, U extends Unit>(of: Vector<string, K, U>): Scalar<ValueUnit<K, U>> {
  return query(call('scalar', [of]), scalar, [of]);
}

/** A scalar as a vector with one series that has no labels. */
export function vector<U extends Unit = 'unknown'>(of: number | Scalar<U>): Vector<never, 'gauge', U> {
  return query(call('vector', [of]), vector, [of]);
}

/** The time at which the expression is evaluated, in seconds since 1970. */
export function time(): Scalar<'timestamp_seconds'> {
  return query(call('time', []), time);
}

/** π. */
export function pi(): Scalar<'ratio'> {
  return query(call('pi', []), pi);
}

/** The start of the queried range. Needs `--enable-feature=promql-experimental-functions`. */
export function start(): Scalar<'timestamp_seconds'> {
  return query(call('start', []), start);
}

/** The end of the queried range. Needs `--enable-feature=promql-experimental-functions`. */
export function end(): Scalar<'timestamp_seconds'> {
  return query(call('end', []), end);
}

/** The step of the range query, in seconds. Needs `--enable-feature=promql-experimental-functions`. */
export function step(): Scalar<'seconds'> {
  return query(call('step', []), step);
}

/** The length of the queried range, in seconds. Needs `--enable-feature=promql-experimental-functions`. */
export function queryRange(): Scalar<'seconds'> {
  return query(call('range', []), queryRange);
}

/** The smaller of two scalars. Needs `--enable-feature=promql-experimental-functions`. */
export function minOf<U1 extends Unit = 'unknown', U2 extends Unit = 'unknown'>(
  left: number | Scalar<U1>,
  right: (number | Scalar<U2>) & NoInfer<Comparable<U1, U2>>,
): Scalar<CommonUnit<U1, U2>> {
  return query(call('min_of', [left, right]), minOf, [left, right]);
}

/** The larger of two scalars. Needs `--enable-feature=promql-experimental-functions`. */
export function maxOf<U1 extends Unit = 'unknown', U2 extends Unit = 'unknown'>(
  left: number | Scalar<U1>,
  right: (number | Scalar<U2>) & NoInfer<Comparable<U1, U2>>,
): Scalar<CommonUnit<U1, U2>> {
  return query(call('max_of', [left, right]), maxOf, [left, right]);
}

/** A number as an expression of its own, such as a line that marks a target. */
export function number(value: number): Scalar<'unknown'> {
  return query({ ...exprOf(value, 'number()') }, number);
}

/** A text as an expression of its own. */
export function string(value: string): StringValue {
  return query({ type: 'StringLiteral', value }, string);
}

/** The node of a call; numbers and variables become arguments too. */
export function call(func: string, args: readonly unknown[]): Expr {
  return { type: 'Call', func, args: Object.freeze(args.map((arg) => exprOf(arg, `${func}()`))) };
}

function instant<F>(func: string): F {
  const build = (of: Vector): unknown => query(call(func, [of]), build as () => unknown, [of]);
  return build as F;
}

function datePart<F>(func: string): F {
  const build = (of?: Vector): unknown => {
    const args = of === undefined ? [] : [of];
    return query(call(func, args), build, args);
  };
  return build as F;
}

function clampTo<F>(func: string): F {
  const build = (of: Vector, bound: Num): unknown =>
    query(call(func, [of, bound]), build as () => unknown, [of, bound]);
  return build as F;
}

function byLabel<F>(func: string): F {
  const build = (of: Vector, ...labels: readonly string[]): unknown => {
    if (labels.length === 0) throw new TypeError(`${func}() needs the name of at least one label.`);
    const names = labels.map((value): Expr => Object.freeze({ type: 'StringLiteral', value }));
    const node: Expr = { type: 'Call', func, args: Object.freeze([exprOf(of, `${func}()`), ...names]) };
    return query(node, build as () => unknown, [of]);
  };
  return build as F;
}
