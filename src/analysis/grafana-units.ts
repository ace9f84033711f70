/**
 * What Grafana's units take a value for: what it measures, and in which size. A unit that is not listed says nothing
 * (`short`, `none`, custom suffixes), so it fits every query.
 *
 * Source: `packages/grafana-data/src/valueFormats/categories.ts` of Grafana.
 */
import { measureOf, type UnitMeasure, type UnitName } from '../metrics/units.ts';

type Row = readonly [like: UnitName, ...ids: readonly string[]];

const SAME: readonly Row[] = [
  ['ratio', 'percentunit'],
  ['percent', 'percent'],
  ['bytes', 'bytes', 'decbytes'],
  ['bits', 'bits', 'decbits'],
  ['kibibytes', 'kbytes'],
  ['mebibytes', 'mbytes'],
  ['gibibytes', 'gbytes'],
  ['bytes/second', 'Bps', 'binBps'],
  ['bits/second', 'bps', 'binbps'],
  ['kibibytes/second', 'KiBs'],
  ['mebibytes/second', 'MiBs'],
  ['gibibytes/second', 'GiBs'],
  ['seconds', 's', 'dtdurations', 'clocks'],
  ['milliseconds', 'ms', 'dtdurationms', 'clockms'],
  ['microseconds', 'µs'],
  ['nanoseconds', 'ns'],
  ['minutes', 'm'],
  ['hours', 'h'],
  ['days', 'd'],
  ['count/second', 'cps', 'ops', 'reqps', 'rps', 'wps', 'iops', 'eps', 'mps', 'recps', 'hertz'],
  ['usd', 'currencyUSD'],
  ['celsius', 'celsius'],
  ['kelvin', 'kelvin'],
  ['watts', 'watt'],
  ['joules', 'joule'],
  ['volts', 'volt'],
  ['amperes', 'amp'],
  ['grams', 'massg'],
  ['meters', 'lengthm'],
  [
    'timestamp_milliseconds',
    'dateTimeAsIso',
    'dateTimeAsIsoNoDateIfToday',
    'dateTimeAsUS',
    'dateTimeAsUSNoDateIfToday',
    'dateTimeAsLocal',
    'dateTimeAsLocalNoDateIfToday',
    'dateTimeFromNow',
  ],
];

const SIZED: readonly (readonly [id: string, like: UnitName, factor: number])[] = [
  ['deckbytes', 'bytes', 1e3],
  ['decmbytes', 'bytes', 1e6],
  ['decgbytes', 'bytes', 1e9],
  ['KBs', 'bytes/second', 1e3],
  ['MBs', 'bytes/second', 1e6],
  ['GBs', 'bytes/second', 1e9],
  ['Kbits', 'bits/second', 1e3],
  ['Mbits', 'bits/second', 1e6],
  ['Gbits', 'bits/second', 1e9],
  ['cpm', 'count/second', 1 / 60],
  ['opm', 'count/second', 1 / 60],
  ['reqpm', 'count/second', 1 / 60],
  ['rpm', 'count/second', 1 / 60],
  ['wpm', 'count/second', 1 / 60],
  ['kwatt', 'watts', 1e3],
  ['mwatt', 'watts', 1e-3],
];

const MEASURES: ReadonlyMap<string, UnitMeasure> = new Map([
  ...SAME.flatMap(([like, ...ids]) => ids.map((id): [string, UnitMeasure] => [id, measureOf(like)])),
  ...SIZED.map(([id, like, factor]): [string, UnitMeasure] => {
    const { dimension, factor: size } = measureOf(like);
    return [id, { dimension, factor: size * factor }];
  }),
]);

/** What a panel with this unit takes its values for; `undefined` where it takes them for anything. */
export function panelMeasure(unit: string): UnitMeasure | undefined {
  return MEASURES.get(unit);
}

/** Whether a unit shows moments as dates. */
export function isDateUnit(unit: string): boolean {
  return unit.startsWith('dateTime');
}

/** Ids of Grafana that fit a query's unit, the usual one first. */
export function panelUnitsFor(unit: UnitName): readonly string[] {
  const wanted = measureOf(unit);
  return [...MEASURES].flatMap(([id, { dimension, factor }]) =>
    dimension === wanted.dimension && near(factor, wanted.factor) ? [id] : [],
  );
}

export function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
