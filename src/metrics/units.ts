/**
 * The units of metrics. Names are those of the OpenMetrics specification and the Prometheus naming page
 * where they have one; derived units are written `unit/second`.
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
