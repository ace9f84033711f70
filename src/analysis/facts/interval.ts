/**
 * The range of values that the samples of an expression can have.
 *
 * Bounds are those of real arithmetic: an infinite bound means "not bounded", and NaN is kept apart, because
 * every comparison but `!=` is false for it. Series themselves are taken to hold neither NaN nor Inf unless
 * their kind says so (an empty summary does).
 */
export interface Interval {
  readonly min: number;
  readonly max: number;
  /** The bound itself cannot be reached. */
  readonly minOpen?: true;
  readonly maxOpen?: true;
  /** Every value is a whole number. */
  readonly integer?: true;
  /** NaN is possible as well. */
  readonly nan?: true;
  /** The value can be infinite, as after a division by zero, so that a difference of two can be NaN. */
  readonly infinite?: true;
}

export const ANY_NUMBER: Interval = { min: -Infinity, max: Infinity };
export const NOT_NEGATIVE: Interval = { min: 0, max: Infinity };
export const WHOLE: Interval = { min: 0, max: Infinity, integer: true };
export const COUNTED: Interval = { min: 1, max: Infinity, integer: true };
export const ONE: Interval = { min: 1, max: 1, integer: true };
export const ZERO_OR_ONE: Interval = { min: 0, max: 1, integer: true };
export const UNIT_RANGE: Interval = { min: 0, max: 1 };

/** Exactly one value. */
export function exactly(value: number): Interval {
  if (Number.isNaN(value)) return { ...ANY_NUMBER, nan: true };
  return Number.isInteger(value) ? { min: value, max: value, integer: true } : { min: value, max: value };
}

/** The one value, where there is only one. */
export function onlyNumber(i: Interval): number | undefined {
  return i.min === i.max && !i.nan ? i.min : undefined;
}

/** Whether no number is left. */
export function isNoNumber(i: Interval): boolean {
  if (i.min > i.max || (i.min === i.max && (i.minOpen === true || i.maxOpen === true))) return true;
  if (!i.integer || !Number.isFinite(i.min) || !Number.isFinite(i.max)) return false;
  const first = Number.isInteger(i.min) ? i.min + (i.minOpen ? 1 : 0) : Math.ceil(i.min);
  const last = Number.isInteger(i.max) ? i.max - (i.maxOpen ? 1 : 0) : Math.floor(i.max);
  return first > last;
}

export function mayBeNumber(i: Interval, value: number): boolean {
  if (value < i.min || value > i.max) return false;
  if (value === i.min && i.minOpen) return false;
  if (value === i.max && i.maxOpen) return false;
  return !(i.integer && !Number.isInteger(value) && Number.isFinite(value));
}

/** The smallest interval around both. */
export function hull(a: Interval, b: Interval): Interval {
  if (a === b) return a;
  const low = a.min < b.min || (a.min === b.min && !a.minOpen) ? a : b;
  const high = a.max > b.max || (a.max === b.max && !a.maxOpen) ? a : b;
  return interval(low, high, {
    integer: a.integer === true && b.integer === true,
    nan: a.nan === true || b.nan === true,
    infinite: a.infinite === true || b.infinite === true,
  });
}

/** What both allow. */
export function meet(a: Interval, b: Interval): Interval {
  const low = a.min > b.min || (a.min === b.min && a.minOpen) ? a : b;
  const high = a.max < b.max || (a.max === b.max && a.maxOpen) ? a : b;
  return interval(low, high, {
    integer: a.integer === true || b.integer === true,
    nan: a.nan === true && b.nan === true,
    infinite: (a.infinite === true || b.infinite === true) && !(Number.isFinite(low.min) && Number.isFinite(high.max)),
  });
}

interface Flags {
  readonly integer: boolean;
  readonly nan: boolean;
  readonly infinite: boolean;
}

function interval(low: Interval, high: Interval, flags: Flags): Interval {
  return {
    min: low.min,
    max: high.max,
    ...(low.minOpen ? { minOpen: true as const } : {}),
    ...(high.maxOpen ? { maxOpen: true as const } : {}),
    ...(flags.integer ? { integer: true as const } : {}),
    ...(flags.nan ? { nan: true as const } : {}),
    ...(flags.infinite ? { infinite: true as const } : {}),
  };
}

/** The same bounds, with infinite values possible. */
export function withInfinity(i: Interval): Interval {
  return i.infinite ? i : { ...i, infinite: true };
}

/** The same bounds, with NaN possible. */
export function withNaN(i: Interval): Interval {
  return i.nan ? i : { ...i, nan: true };
}

/** The numbers alone. */
export function withoutNaN(i: Interval): Interval {
  const { nan, ...numbers } = i;
  return nan ? numbers : i;
}

/** Bounds only: neither whole numbers nor open ends survive arithmetic that rounds. */
function bounds(min: number, max: number, nan: boolean, integer = false): Interval {
  return {
    min: Number.isNaN(min) ? -Infinity : min,
    max: Number.isNaN(max) ? Infinity : max,
    ...(integer ? { integer: true as const } : {}),
    ...(nan ? { nan: true as const } : {}),
  };
}

const both = (a: Interval, b: Interval): boolean => a.integer === true && b.integer === true;
const either = (a: Interval, b: Interval): boolean => a.nan === true || b.nan === true;

export function add(a: Interval, b: Interval): Interval {
  return bounds(a.min + b.min, a.max + b.max, either(a, b), both(a, b));
}

export function negate(a: Interval): Interval {
  return {
    min: -a.max,
    max: -a.min,
    ...(a.maxOpen ? { minOpen: true as const } : {}),
    ...(a.minOpen ? { maxOpen: true as const } : {}),
    ...(a.integer ? { integer: true as const } : {}),
    ...(a.nan ? { nan: true as const } : {}),
    ...(a.infinite ? { infinite: true as const } : {}),
  };
}

export function subtract(a: Interval, b: Interval): Interval {
  return add(a, negate(b));
}

/** 0 × ∞ counts as 0: an infinite bound is a bound that is not there, not a value. */
const times = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);

export function multiply(a: Interval, b: Interval): Interval {
  const corners = [times(a.min, b.min), times(a.min, b.max), times(a.max, b.min), times(a.max, b.max)];
  return bounds(Math.min(...corners), Math.max(...corners), either(a, b), both(a, b));
}

export function divide(a: Interval, b: Interval): Interval {
  const zero = mayBeNumber(b, 0);
  const nan = either(a, b) || (zero && mayBeNumber(a, 0));
  if (zero || b.min === 0 || b.max === 0) {
    const sameSign = (a.min >= 0 && b.min >= 0) || (a.max <= 0 && b.max <= 0);
    const otherSign = (a.min >= 0 && b.max <= 0) || (a.max <= 0 && b.min >= 0);
    // -0 as a divisor turns the sign, so only a side that cannot be zero or a numerator of one sign helps
    if (sameSign) return bounds(0, Infinity, nan);
    if (otherSign) return bounds(-Infinity, 0, nan);
    return bounds(-Infinity, Infinity, nan);
  }
  if (b.min < 0 && b.max > 0) return bounds(-Infinity, Infinity, nan);
  const over = (x: number, y: number): number => (x === 0 || Number.isFinite(y) ? x / y : 0);
  const corners = [over(a.min, b.min), over(a.min, b.max), over(a.max, b.min), over(a.max, b.max)];
  return bounds(Math.min(...corners), Math.max(...corners), nan);
}

/** Remainder: the sign of the dividend, smaller than the divisor. NaN for a divisor of 0. */
export function remainder(a: Interval, b: Interval): Interval {
  const size = Math.max(Math.abs(b.min), Math.abs(b.max));
  const nan = either(a, b) || mayBeNumber(b, 0);
  return bounds(a.min >= 0 ? 0 : Math.max(a.min, -size), a.max <= 0 ? 0 : Math.min(a.max, size), nan, both(a, b));
}

export function power(a: Interval, b: Interval): Interval {
  const base = onlyNumber(a);
  const exponent = onlyNumber(b);
  if (base !== undefined && exponent !== undefined) return exactly(base ** exponent);
  if (a.min < 0) return withNaN(ANY_NUMBER);
  if (exponent !== undefined && exponent > 0) return bounds(a.min ** exponent, a.max ** exponent, a.nan === true);
  return bounds(0, Infinity, either(a, b));
}

/** What a monotone increasing function makes of an interval. */
export function through(a: Interval, f: (x: number) => number, integer = false): Interval {
  return bounds(f(a.min), f(a.max), a.nan === true, integer);
}

export type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<=';

/** The comparison that says the same with its sides the other way round. */
export const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '>': '<',
  '<': '>',
  '>=': '<=',
  '<=': '>=',
};

/** The numbers for which `x op limit` can hold. NaN passes `!=` only. */
export function passing(op: Comparison, limit: Interval): Interval {
  switch (op) {
    case '==':
      return withoutNaN(limit);
    case '!=':
      return withNaN(ANY_NUMBER);
    case '>':
      return { min: limit.min, max: Infinity, minOpen: true };
    case '>=':
      return { min: limit.min, max: Infinity, ...(limit.minOpen ? { minOpen: true as const } : {}) };
    case '<':
      return { min: -Infinity, max: limit.max, maxOpen: true };
    case '<=':
      return { min: -Infinity, max: limit.max, ...(limit.maxOpen ? { maxOpen: true as const } : {}) };
  }
}

/** Whether `a op b` holds for all values, for none, or for some. */
export function compareIntervals(op: Comparison, a: Interval, b: Interval): 'always' | 'never' | 'sometimes' {
  const x = onlyNumber(a);
  const y = onlyNumber(b);
  const equal = x !== undefined && y !== undefined && x === y;
  const apart = isNoNumber(meet(a, b));
  switch (op) {
    case '==':
      return equal ? 'always' : apart ? 'never' : 'sometimes';
    case '!=':
      return equal ? 'never' : apart ? 'always' : 'sometimes';
    case '>':
    case '<=':
      return order(a, b, op === '<=');
    case '<':
    case '>=':
      return order(b, a, op === '>=');
  }
}

/** `a > b`, or its opposite `a <= b`. */
function order(a: Interval, b: Interval, opposite: boolean): 'always' | 'never' | 'sometimes' {
  const nan = a.nan === true || b.nan === true;
  const greater = a.min > b.max || (a.min === b.max && (a.minOpen === true || b.maxOpen === true));
  const notGreater = a.max <= b.min;
  if (greater) return opposite ? 'never' : nan ? 'sometimes' : 'always';
  if (notGreater) return opposite ? (nan ? 'sometimes' : 'always') : 'never';
  return 'sometimes';
}
