/** How Grafana shows the units of metrics. */
import type * as sdkUnits from '@grafana/grafana-foundation-sdk/units';
import { BASE_UNITS, type BaseUnit, type UnitName } from '../metrics/units.ts';

/** The ids of Grafana's built-in units, as the Foundation SDK lists them. */
type BuiltInUnit = Extract<(typeof sdkUnits)[keyof typeof sdkUnits], string>;

/** A unit as Grafana knows it: a built-in id, or one of its notations for units of one's own. */
export type GrafanaUnit =
  BuiltInUnit | `${'suffix' | 'prefix' | 'time' | 'si' | 'count' | 'currency' | 'bool'}:${string}`;

/** How a unit looks on a panel. */
export interface UnitDisplay {
  readonly unit: GrafanaUnit;
  /** What the query is multiplied by first: Grafana's dates are milliseconds, Prometheus' are seconds. */
  readonly scale?: number;
  /** Zero is the natural start of the axis. */
  readonly fromZero: boolean;
  /** The whole range where the unit has one, for gauges. */
  readonly range?: { readonly min: number; readonly max: number };
}

interface Row extends Omit<UnitDisplay, 'fromZero'> {
  readonly fromZero?: false;
  /** What follows the number where Grafana has no unit of its own for the amount per second. */
  readonly symbol: string;
  readonly perSecond?: GrafanaUnit;
}

/** `bytes` and `bits` count in powers of 1024 alone and, as network equipment does, of 1000 per second. */
const TABLE = {
  seconds: { unit: 's', symbol: 's', perSecond: 'percentunit' },
  milliseconds: { unit: 'ms', symbol: 'ms' },
  microseconds: { unit: 'µs', symbol: 'µs' },
  nanoseconds: { unit: 'ns', symbol: 'ns' },
  minutes: { unit: 'm', symbol: 'min' },
  hours: { unit: 'h', symbol: 'h' },
  days: { unit: 'd', symbol: 'd' },
  timestamp_seconds: { unit: 'dateTimeAsIso', symbol: 's', scale: 1000, fromZero: false },
  timestamp_milliseconds: { unit: 'dateTimeAsIso', symbol: 'ms', fromZero: false },
  bytes: { unit: 'bytes', symbol: 'B', perSecond: 'Bps' },
  kibibytes: { unit: 'kbytes', symbol: 'KiB', perSecond: 'KiBs' },
  mebibytes: { unit: 'mbytes', symbol: 'MiB', perSecond: 'MiBs' },
  gibibytes: { unit: 'gbytes', symbol: 'GiB', perSecond: 'GiBs' },
  bits: { unit: 'bits', symbol: 'b', perSecond: 'bps' },
  ratio: { unit: 'percentunit', symbol: '', range: { min: 0, max: 1 } },
  percent: { unit: 'percent', symbol: '%', range: { min: 0, max: 100 } },
  count: { unit: 'short', symbol: '', perSecond: 'cps' },
  usd: { unit: 'currencyUSD', symbol: 'USD' },
  cores: { unit: 'suffix: cores', symbol: 'cores' },
  celsius: { unit: 'celsius', symbol: '°C', fromZero: false },
  watts: { unit: 'watt', symbol: 'W' },
  joules: { unit: 'joule', symbol: 'J', perSecond: 'watt' },
  millijoules: { unit: 'suffix: mJ', symbol: 'mJ', perSecond: 'mwatt' },
  hertz: { unit: 'hertz', symbol: 'Hz' },
  volts: { unit: 'volt', symbol: 'V' },
  amperes: { unit: 'amp', symbol: 'A' },
  grams: { unit: 'massg', symbol: 'g' },
  meters: { unit: 'lengthm', symbol: 'm', perSecond: 'velocityms' },
  kelvin: { unit: 'kelvin', symbol: 'K', fromZero: false },
  dollars_per_hour: { unit: 'suffix: USD/h', symbol: 'USD/h' },
} as const satisfies Record<BaseUnit, Row>;

const DISPLAYS: ReadonlyMap<string, UnitDisplay> = new Map(
  BASE_UNITS.flatMap((name): [UnitName, UnitDisplay][] => {
    const { symbol, perSecond, fromZero, ...display }: Row = TABLE[name];
    const rate: GrafanaUnit = perSecond ?? `suffix:${symbol === '' ? '/s' : ` ${symbol}/s`}`;
    return [
      [name, { ...display, fromZero: fromZero ?? true }],
      [`${name}/second`, { unit: rate, fromZero: fromZero ?? true }],
    ];
  }),
);

/**
 * How Grafana shows a unit.
 *
 * @param name a unit of the catalogue, such as `bytes` or `bytes/second`
 * @throws TypeError for a name that is no unit
 */
export function displayOf(name: UnitName): UnitDisplay {
  const display = DISPLAYS.get(name);
  if (!display) throw new TypeError(`"${name}" is not a unit.`);
  return display;
}

/** Grafana reads a value in one of these units as milliseconds since 1970. */
export function isDateUnit(unit: string): boolean {
  return unit.startsWith('dateTime') || unit.startsWith('time:');
}
