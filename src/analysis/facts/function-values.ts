/**
 * What each function makes of the range of values of its vector.
 *
 * Source: the documentation of the functions, and `promql/functions.go` of Prometheus for the ends of the ranges.
 */
import {
  ANY_NUMBER,
  COUNTED,
  exactly,
  hull,
  negate,
  NOT_NEGATIVE,
  ONE,
  onlyNumber,
  meet,
  through,
  UNIT_RANGE,
  WHOLE,
  withInfinity,
  withNaN,
  withoutNaN,
  type Interval,
} from './interval.ts';

/** From the values of the vector, and of all arguments in order, to the values of the result. */
type ValueEffect = (vector: Interval, args: readonly Interval[]) => Interval;

const same: ValueEffect = (v) => v;
const anything: ValueEffect = () => withNaN(ANY_NUMBER);
const change: ValueEffect = (v) => (v.nan ? withNaN(ANY_NUMBER) : ANY_NUMBER);
const always =
  (interval: Interval): ValueEffect =>
  () =>
    interval;
const whole = (min: number, max: number): ValueEffect => always({ min, max, integer: true });
const wave: ValueEffect = () => withNaN({ min: -1, max: 1 });

/** A counter's increase is never negative; what `rate()` makes of a gauge that is never negative is neither. */
const increase: ValueEffect = (v) => {
  const range = v.min >= 0 ? NOT_NEGATIVE : ANY_NUMBER;
  return v.nan ? withNaN(range) : range;
};

const abs: ValueEffect = (v) => {
  if (v.min >= 0) return v;
  if (v.max <= 0) return negate(v);
  const max = Math.max(-v.min, v.max);
  return { min: 0, max, ...(v.integer ? { integer: true as const } : {}), ...(v.nan ? { nan: true as const } : {}) };
};

const clamp =
  (
    low: (args: readonly Interval[]) => Interval | undefined,
    high: (args: readonly Interval[]) => Interval | undefined,
  ): ValueEffect =>
  (v, args) => {
    const min = low(args)?.min ?? -Infinity;
    const max = high(args)?.max ?? Infinity;
    const nan = v.nan === true || low(args)?.nan === true || high(args)?.nan === true;
    const bounded = { min: Math.min(Math.max(v.min, min), max), max: Math.max(Math.min(v.max, max), min) };
    return nan ? withNaN(bounded) : bounded;
  };

/** A quantile lies between the smallest and the largest value, for a φ between 0 and 1. */
const quantile: ValueEffect = (v, [phi]) => {
  const value = phi && onlyNumber(phi);
  return value !== undefined && value >= 0 && value <= 1 ? withoutIntegers(v) : withNaN(ANY_NUMBER);
};

function withoutIntegers(v: Interval): Interval {
  return { min: v.min, max: v.max, ...(v.nan ? { nan: true as const } : {}) };
}

/** Rounding can reach the next multiple beyond either end. */
const round: ValueEffect = (v, [, to]) => {
  const step = to === undefined ? 1 : onlyNumber(to);
  if (step === undefined || !(step > 0)) return withNaN(ANY_NUMBER);
  const at = (x: number): number => (Number.isFinite(x) ? Math.floor(x / step + 0.5) * step : x);
  return through(v, at, Number.isInteger(step));
};

const sumOverTime: ValueEffect = (v) => ({
  min: v.min >= 0 ? v.min : -Infinity,
  max: v.max <= 0 ? v.max : Infinity,
  ...(v.integer ? { integer: true as const } : {}),
  ...(v.nan ? { nan: true as const } : {}),
});

const log: ValueEffect = (v) => (v.min >= 0 ? ANY_NUMBER : withNaN(ANY_NUMBER));

/** Functions that are not listed can give any number, NaN too. */
const EFFECTS: Readonly<Record<string, ValueEffect>> = {
  abs,
  absent: always(ONE),
  absent_over_time: always(ONE),
  avg_over_time: withoutIntegers,
  ceil: (v) => through(v, Math.ceil, true),
  changes: always(WHOLE),
  clamp: clamp(
    (args) => args[1],
    (args) => args[2],
  ),
  clamp_max: clamp(
    () => undefined,
    (args) => args[1],
  ),
  clamp_min: clamp(
    (args) => args[1],
    () => undefined,
  ),
  cos: wave,
  count_over_time: always(COUNTED),
  day_of_month: whole(1, 31),
  day_of_week: whole(0, 6),
  day_of_year: whole(1, 366),
  days_in_month: whole(28, 31),
  delta: change,
  deriv: always(withNaN(ANY_NUMBER)),
  exp: (v) => through(v, Math.exp),
  first_over_time: same,
  floor: (v) => through(v, Math.floor, true),
  histogram_count: always(NOT_NEGATIVE),
  histogram_fraction: always(withNaN(UNIT_RANGE)),
  histogram_stddev: always(withNaN(NOT_NEGATIVE)),
  histogram_stdvar: always(withNaN(NOT_NEGATIVE)),
  hour: whole(0, 23),
  idelta: change,
  increase,
  info: same,
  irate: increase,
  label_join: same,
  label_replace: same,
  last_over_time: same,
  ln: log,
  log10: log,
  log2: log,
  mad_over_time: (v) => (v.nan ? withNaN(NOT_NEGATIVE) : NOT_NEGATIVE),
  max_of: (_v, [a, b]) => (a && b ? { ...hull(a, b), min: Math.max(a.min, b.min) } : withNaN(ANY_NUMBER)),
  max_over_time: same,
  min_of: (_v, [a, b]) => (a && b ? { ...hull(a, b), max: Math.min(a.max, b.max) } : withNaN(ANY_NUMBER)),
  min_over_time: same,
  minute: whole(0, 59),
  month: whole(1, 12),
  pi: always(exactly(Math.PI)),
  present_over_time: always(ONE),
  quantile_over_time: quantile,
  range: always(NOT_NEGATIVE),
  rate: increase,
  resets: always(WHOLE),
  round,
  scalar: (v) => withNaN(v),
  sgn: (v) => {
    const signs = {
      min: v.min > 0 ? 1 : v.min === 0 ? 0 : -1,
      max: v.max < 0 ? -1 : v.max === 0 ? 0 : 1,
      integer: true as const,
    };
    return v.nan ? withNaN(signs) : signs;
  },
  sin: wave,
  sort: same,
  sort_by_label: same,
  sort_by_label_desc: same,
  sort_desc: same,
  sqrt: (v) => (v.min >= 0 ? through(v, Math.sqrt) : withNaN(NOT_NEGATIVE)),
  stddev_over_time: (v) => (v.nan ? withNaN(NOT_NEGATIVE) : NOT_NEGATIVE),
  stdvar_over_time: (v) => (v.nan ? withNaN(NOT_NEGATIVE) : NOT_NEGATIVE),
  step: always(NOT_NEGATIVE),
  sum_over_time: sumOverTime,
  tanh: (v) => through(v, Math.tanh),
  vector: same,
};

/** Functions that pass single values on, so that infinite ones do no harm. */
const PASS_ON: ReadonlySet<string> = new Set(
  `abs ceil floor round clamp clamp_max clamp_min sort sort_desc sort_by_label sort_by_label_desc label_replace label_join
   last_over_time first_over_time min_over_time max_over_time sgn sqrt exp scalar vector info`.split(/\s+/),
);

/** Functions that make infinite values of finite ones. */
const UNBOUNDED: ReadonlySet<string> = new Set(['exp', 'ln', 'log2', 'log10', 'sinh', 'cosh', 'tan', 'atanh']);

/** The values of a call's result. */
export function valueOfCall(func: string, vector: Interval, args: readonly Interval[]): Interval {
  const value = (EFFECTS[func] ?? anything)(vector, args);
  const unbounded = !Number.isFinite(value.min) || !Number.isFinite(value.max);
  if (!unbounded) return vector.infinite && value === vector ? value : withoutInfinity(value, vector, func);
  const infinite = vector.infinite === true || UNBOUNDED.has(func);
  const spread = infinite ? withInfinity(value) : value;
  return vector.infinite && !PASS_ON.has(func) ? withNaN(spread) : spread;
}

/** Trigonometry of an infinite value is NaN; what counts or asks for presence does not look at the value. */
function withoutInfinity(value: Interval, vector: Interval, func: string): Interval {
  return vector.infinite &&
    !PASS_ON.has(func) &&
    value.nan === undefined &&
    value.min !== value.max &&
    value.integer === undefined
    ? withNaN(value)
    : value;
}

/**
 * The values that `histogram_quantile()` can give for classic buckets: a quantile in the +Inf bucket is the last
 * finite bound, one in the first bucket lies above 0 (or is the bound itself where that is not positive).
 */
export function quantileOfBuckets(bounds: readonly number[] | undefined, phi: Interval): Interval {
  const [first, last] = [bounds?.[0], bounds?.at(-1)];
  if (first === undefined || last === undefined) return withNaN(ANY_NUMBER);
  if (!(phi.min >= 0 && phi.max <= 1) || phi.nan) return withNaN(ANY_NUMBER);
  return withNaN({ min: Math.min(0, first), max: last });
}

/** Numbers that both intervals allow, as of a filter by comparison. */
export function filtered(v: Interval, passing: Interval): Interval {
  const left = meet(v, passing);
  return passing.nan ? left : withoutNaN(left);
}
