/**
 * The units of metrics. Names are those of the OpenMetrics specification and the Prometheus naming page
 * where they have one; derived units are written `unit/second`.
 *
 * Everything that can be said of a unit is in the tables: what it measures, how large it is, and the few
 * derived units that have a name of their own. The functions below only read them.
 */

/** Base units. A timestamp is a moment (seconds or milliseconds since 1970), never a length of time. */
export const BASE_UNITS = [
  'seconds',
  'milliseconds',
  'microseconds',
  'nanoseconds',
  'minutes',
  'hours',
  'days',
  'timestamp_seconds',
  'timestamp_milliseconds',
  'bytes',
  'kibibytes',
  'mebibytes',
  'gibibytes',
  'bits',
  'ratio',
  'percent',
  'count',
  'usd',
  'cores',
  'celsius',
  'watts',
  'joules',
  'millijoules',
  'hertz',
  'volts',
  'amperes',
  'grams',
  'meters',
  'kelvin',
  'dollars_per_hour',
] as const;

export type BaseUnit = (typeof BASE_UNITS)[number];
export type UnitName = BaseUnit | `${BaseUnit}/second`;

/** What a base unit measures (`''`: a plain number) and how many of the dimension's first unit it is. */
export interface UnitMeasure {
  readonly dimension: string;
  readonly factor: number;
}

export const UNIT_MEASURES: Readonly<Record<BaseUnit, UnitMeasure>> = {
  seconds: { dimension: 'time', factor: 1 },
  milliseconds: { dimension: 'time', factor: 1e-3 },
  microseconds: { dimension: 'time', factor: 1e-6 },
  nanoseconds: { dimension: 'time', factor: 1e-9 },
  minutes: { dimension: 'time', factor: 60 },
  hours: { dimension: 'time', factor: 3600 },
  days: { dimension: 'time', factor: 86_400 },
  timestamp_seconds: { dimension: 'moment', factor: 1 },
  timestamp_milliseconds: { dimension: 'moment', factor: 1e-3 },
  bytes: { dimension: 'data', factor: 1 },
  kibibytes: { dimension: 'data', factor: 1024 },
  mebibytes: { dimension: 'data', factor: 1024 ** 2 },
  gibibytes: { dimension: 'data', factor: 1024 ** 3 },
  bits: { dimension: 'data', factor: 1 / 8 },
  ratio: { dimension: '', factor: 1 },
  percent: { dimension: '', factor: 0.01 },
  count: { dimension: '', factor: 1 },
  cores: { dimension: '', factor: 1 },
  usd: { dimension: 'money', factor: 1 },
  dollars_per_hour: { dimension: 'money/time', factor: 1 / 3600 },
  celsius: { dimension: 'temperature above freezing', factor: 1 },
  kelvin: { dimension: 'temperature', factor: 1 },
  joules: { dimension: 'energy', factor: 1 },
  millijoules: { dimension: 'energy', factor: 1e-3 },
  watts: { dimension: 'energy/time', factor: 1 },
  hertz: { dimension: '/time', factor: 1 },
  volts: { dimension: 'voltage', factor: 1 },
  amperes: { dimension: 'current', factor: 1 },
  grams: { dimension: 'mass', factor: 1 },
  meters: { dimension: 'length', factor: 1 },
};

/** What one of these becomes when it is counted per second; every other base unit `x` becomes `x/second`. */
export const RATE_OF = {
  seconds: 'ratio',
  joules: 'watts',
} as const;

/** Units whose change per second has no meaning: they are differences already, or moments. */
const NO_RATE: ReadonlySet<UnitName> = new Set<UnitName>(['timestamp_milliseconds']);

/** `left × right` where both carry a dimension and the product has a name. Symmetric. */
export const PRODUCTS = {
  'watts*seconds': 'joules',
  'dollars_per_hour*hours': 'usd',
} as const;

/** `left ÷ right` where the quotient has a name of its own. */
export const QUOTIENTS = {
  'seconds/seconds': 'ratio',
  'joules/seconds': 'watts',
  'joules/watts': 'seconds',
  'usd/hours': 'dollars_per_hour',
  'usd/dollars_per_hour': 'hours',
  // the rate of a sum by the rate of a count is what one event takes: seconds per second are a plain number
  'ratio/count/second': 'seconds',
  'bytes/second/count/second': 'bytes',
  'bits/second/count/second': 'bits',
  'milliseconds/second/count/second': 'milliseconds',
  'usd/second/count/second': 'usd',
  'watts/count/second': 'joules',
} as const;

/** `unit × number` that is another unit. */
export const CONVERSIONS = {
  'ratio*100': 'percent',
  'percent*0.01': 'ratio',
  'bytes*8': 'bits',
  'bits*0.125': 'bytes',
  'bytes/second*8': 'bits/second',
  'bits/second*0.125': 'bytes/second',
  'seconds*1000': 'milliseconds',
  'milliseconds*0.001': 'seconds',
  'timestamp_seconds*1000': 'timestamp_milliseconds',
  'timestamp_milliseconds*0.001': 'timestamp_seconds',
  'minutes*60': 'seconds',
  'hours*60': 'minutes',
  'hours*3600': 'seconds',
  'days*24': 'hours',
  'days*86400': 'seconds',
  'kibibytes*1024': 'bytes',
  'mebibytes*1024': 'kibibytes',
  'gibibytes*1024': 'mebibytes',
  'joules*1000': 'millijoules',
} as const;

/** `unit ÷ number` that is another unit. */
export const DIVISIONS = {
  'percent/100': 'ratio',
  'bits/8': 'bytes',
  'bits/second/8': 'bytes/second',
  'milliseconds/1000': 'seconds',
  'timestamp_milliseconds/1000': 'timestamp_seconds',
  'microseconds/1000': 'milliseconds',
  'microseconds/1000000': 'seconds',
  'nanoseconds/1000': 'microseconds',
  'nanoseconds/1000000000': 'seconds',
  'seconds/60': 'minutes',
  'seconds/3600': 'hours',
  'seconds/86400': 'days',
  'minutes/60': 'hours',
  'hours/24': 'days',
  'bytes/1024': 'kibibytes',
  'bytes/1048576': 'mebibytes',
  'bytes/1073741824': 'gibibytes',
  'kibibytes/1024': 'mebibytes',
  'mebibytes/1024': 'gibibytes',
  'millijoules/1000': 'joules',
} as const;

const PER_SECOND = '/second';

function named(table: Readonly<Record<string, UnitName>>, key: string): UnitName | undefined {
  return table[key];
}

/** Whether a text is the name of a unit. */
export function isUnitName(text: string): text is UnitName {
  const base = text.endsWith(PER_SECOND) ? text.slice(0, -PER_SECOND.length) : text;
  return (BASE_UNITS as readonly string[]).includes(base);
}

/** What a unit measures and its size, per-second units included: `bytes/second` is `data/time`. */
export function measureOf(unit: UnitName): UnitMeasure {
  if (!unit.endsWith(PER_SECOND)) return UNIT_MEASURES[unit as BaseUnit];
  const base = UNIT_MEASURES[unit.slice(0, -PER_SECOND.length) as BaseUnit];
  const dimension = base.dimension === 'time' ? '' : `${base.dimension}/time`;
  return { dimension, factor: base.factor };
}

/**
 * Whether two values may be added, subtracted or compared: they measure the same thing in the same size.
 * Plain numbers (`ratio`, `count`, `cores`) go together; a percentage does not go with a ratio.
 */
export function comparable(left: UnitName, right: UnitName): boolean {
  if (left === right) return true;
  const a = measureOf(left);
  const b = measureOf(right);
  return a.dimension === b.dimension && a.factor === b.factor;
}

/** The unit of `rate()`, `irate()` and `deriv()` of a value; `undefined` where it has no name. */
export function rateOf(unit: UnitName): UnitName | undefined {
  if (unit.endsWith(PER_SECOND) || NO_RATE.has(unit)) return undefined;
  if (unit === 'timestamp_seconds') return 'ratio';
  return named(RATE_OF, unit) ?? perSecond(unit as BaseUnit);
}

/** The name of a base unit per second. */
function perSecond(unit: BaseUnit): UnitName {
  return `${unit}/second`;
}

/** Units that scale another value without changing what it measures. */
const NEUTRAL: ReadonlySet<UnitName> = new Set(['ratio', 'count', 'cores']);

/** The unit of `left * right`; `undefined` where the product has no name. */
export function product(left: UnitName, right: UnitName): UnitName | undefined {
  if (left === 'ratio') return right;
  if (right === 'ratio') return left;
  if (NEUTRAL.has(left)) return right;
  if (NEUTRAL.has(right)) return left;
  if (right === 'seconds' && left.endsWith(PER_SECOND)) return left.slice(0, -PER_SECOND.length) as UnitName;
  if (left === 'seconds' && right.endsWith(PER_SECOND)) return right.slice(0, -PER_SECOND.length) as UnitName;
  return named(PRODUCTS, `${left}*${right}`) ?? named(PRODUCTS, `${right}*${left}`);
}

/** The unit of `left / right`; `undefined` where the quotient has no name. */
export function quotient(left: UnitName, right: UnitName): UnitName | undefined {
  const isMoment = left === 'timestamp_seconds' || left === 'timestamp_milliseconds';
  if (comparable(left, right)) return isMoment ? undefined : 'ratio';
  if (NEUTRAL.has(right)) return left;
  if (isMoment) return undefined;
  const own = named(QUOTIENTS, `${left}/${right}`);
  if (own !== undefined) return own;
  if (right === 'seconds' && !left.endsWith(PER_SECOND)) return rateOf(left);
  if (right === `${left}/second`) return 'seconds';
  return undefined;
}

/** The unit of `left + right`, `left - right`: `undefined` where the two do not go together. */
export function sum(left: UnitName, right: UnitName): UnitName | undefined {
  if (left === 'timestamp_seconds' && right === 'timestamp_seconds') return undefined;
  if (left === 'timestamp_seconds' && right === 'seconds') return left;
  if (left === 'seconds' && right === 'timestamp_seconds') return right;
  return comparable(left, right) ? left : undefined;
}

/** The unit of `left - right`: a moment less a moment is a length of time. */
export function difference(left: UnitName, right: UnitName): UnitName | undefined {
  if (left === right && left === 'timestamp_seconds') return 'seconds';
  if (left === right && left === 'timestamp_milliseconds') return 'milliseconds';
  if (left === 'timestamp_seconds' && right === 'seconds') return left;
  return comparable(left, right) ? left : undefined;
}

/** The unit of `value * number` and `value / number`: a known conversion, or the unit itself. */
export function scaled(unit: UnitName, operator: '*' | '/', by: number): UnitName {
  return named(operator === '*' ? CONVERSIONS : DIVISIONS, `${unit}${operator}${by}`) ?? unit;
}
