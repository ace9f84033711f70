/** What Grafana's units measure, to hold them against the unit of a query. */
import type { UnitMeasure } from '../metrics/units.ts';
import { near } from './facts/scaling.ts';

/** A unit of Grafana: what it measures, and how it is called in a sentence. */
export interface PanelUnit extends UnitMeasure {
  readonly name: string;
}

type Row = readonly [id: string, name: string, factor: number];

/**
 * By what they measure, in the dimensions of the catalogue's units; the factor counts the dimension's first unit.
 * Units that say nothing of what a number is (`short`, `none`, `suffix:…`) are left out.
 *
 * Source: the list of units in Grafana's own code, `packages/grafana-data/src/valueFormats/categories.ts`.
 */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  time: [
    ['ns', 'nanoseconds', 1e-9],
    ['µs', 'microseconds', 1e-6],
    ['ms', 'milliseconds', 1e-3],
    ['dtdurationms', 'milliseconds', 1e-3],
    ['clockms', 'milliseconds', 1e-3],
    ['timeticks', 'hundredths of a second', 1e-2],
    ['s', 'seconds', 1],
    ['dtdurations', 'seconds', 1],
    ['dthms', 'seconds', 1],
    ['dtdhms', 'seconds', 1],
    ['clocks', 'seconds', 1],
    ['m', 'minutes', 60],
    ['h', 'hours', 3600],
    ['d', 'days', 86_400],
  ],
  data: [
    ['bits', 'bits', 1 / 8],
    ['decbits', 'bits', 1 / 8],
    ['bytes', 'bytes', 1],
    ['decbytes', 'bytes', 1],
    ['kbytes', 'kibibytes', 1024],
    ['deckbytes', 'kilobytes', 1e3],
    ['mbytes', 'mebibytes', 1024 ** 2],
    ['decmbytes', 'megabytes', 1e6],
    ['gbytes', 'gibibytes', 1024 ** 3],
    ['decgbytes', 'gigabytes', 1e9],
    ['tbytes', 'tebibytes', 1024 ** 4],
    ['dectbytes', 'terabytes', 1e12],
    ['pbytes', 'pebibytes', 1024 ** 5],
    ['decpbytes', 'petabytes', 1e15],
  ],
  'data/time': [
    ['bps', 'bits per second', 1 / 8],
    ['binbps', 'bits per second', 1 / 8],
    ['Bps', 'bytes per second', 1],
    ['binBps', 'bytes per second', 1],
    ['KBs', 'kilobytes per second', 1e3],
    ['KiBs', 'kibibytes per second', 1024],
    ['Kbits', 'kilobits per second', 1e3 / 8],
    ['Kibits', 'kibibits per second', 1024 / 8],
    ['MBs', 'megabytes per second', 1e6],
    ['MiBs', 'mebibytes per second', 1024 ** 2],
    ['Mbits', 'megabits per second', 1e6 / 8],
    ['Mibits', 'mebibits per second', 1024 ** 2 / 8],
    ['GBs', 'gigabytes per second', 1e9],
    ['GiBs', 'gibibytes per second', 1024 ** 3],
    ['Gbits', 'gigabits per second', 1e9 / 8],
    ['Gibits', 'gibibits per second', 1024 ** 3 / 8],
  ],
  '/time': [
    ['hertz', 'hertz', 1],
    ['cps', 'counts per second', 1],
    ['ops', 'operations per second', 1],
    ['reqps', 'requests per second', 1],
    ['rps', 'reads per second', 1],
    ['wps', 'writes per second', 1],
    ['iops', 'operations per second', 1],
    ['eps', 'events per second', 1],
    ['mps', 'messages per second', 1],
    ['recps', 'records per second', 1],
    ['rowsps', 'rows per second', 1],
    ['pps', 'packets per second', 1],
    ['cpm', 'counts per minute', 1 / 60],
    ['opm', 'operations per minute', 1 / 60],
    ['reqpm', 'requests per minute', 1 / 60],
    ['rpm', 'reads per minute', 1 / 60],
    ['wpm', 'writes per minute', 1 / 60],
    ['epm', 'events per minute', 1 / 60],
    ['mpm', 'messages per minute', 1 / 60],
  ],
  '': [
    ['percentunit', 'a ratio', 1],
    ['percent', 'percent', 0.01],
  ],
  money: [['currencyUSD', 'dollars', 1]],
  'temperature above freezing': [['celsius', 'degrees Celsius', 1]],
  'temperature in Fahrenheit': [['fahrenheit', 'degrees Fahrenheit', 1]],
  temperature: [['kelvin', 'kelvin', 1]],
  energy: [
    ['joule', 'joules', 1],
    ['watth', 'watt-hours', 3600],
    ['kwatth', 'kilowatt-hours', 3.6e6],
  ],
  'energy/time': [
    ['mwatt', 'milliwatts', 1e-3],
    ['watt', 'watts', 1],
    ['kwatt', 'kilowatts', 1e3],
    ['megwatt', 'megawatts', 1e6],
  ],
  voltage: [
    ['mvolt', 'millivolts', 1e-3],
    ['volt', 'volts', 1],
    ['kvolt', 'kilovolts', 1e3],
  ],
  current: [
    ['mamp', 'milliamperes', 1e-3],
    ['amp', 'amperes', 1],
    ['kamp', 'kiloamperes', 1e3],
  ],
  mass: [
    ['massmg', 'milligrams', 1e-3],
    ['massg', 'grams', 1],
    ['masskg', 'kilograms', 1e3],
  ],
  length: [
    ['lengthmm', 'millimetres', 1e-3],
    ['lengthm', 'metres', 1],
    ['lengthkm', 'kilometres', 1e3],
  ],
};

const UNITS: ReadonlyMap<string, PanelUnit> = new Map(
  Object.entries(TABLE).flatMap(([dimension, rows]) =>
    rows.map(([id, name, factor]): [string, PanelUnit] => [id, { name, dimension, factor }]),
  ),
);

const DATE: PanelUnit = { name: 'milliseconds since 1970', dimension: 'moment', factor: 1e-3 };

/** What a unit of Grafana measures; `undefined` for those that do not say, and for units of one's own. */
export function panelUnit(id: string): PanelUnit | undefined {
  return /^dateTime|^time:/.test(id) ? DATE : UNITS.get(id);
}

/** Grafana's id for a measure; `undefined` where it has none. */
export function unitIdFor({ dimension, factor }: UnitMeasure): string | undefined {
  if (dimension === 'moment') return 'dateTimeAsIso';
  return TABLE[dimension]?.find((row) => near(row[2], factor))?.[0];
}
