/** Units of metrics in Grafana. */
import * as sdkUnits from '@grafana/grafana-foundation-sdk/units';
import { describe, expect, test } from 'vitest';
import { displayOf, isDateUnit } from '../../src/grafana/units.ts';
import { BASE_UNITS, type UnitName } from '../../src/metrics/units.ts';

const BUILT_IN: ReadonlySet<string> = new Set(Object.values(sdkUnits).filter((unit) => typeof unit === 'string'));
const all: UnitName[] = BASE_UNITS.flatMap((name): UnitName[] => [name, `${name}/second`]);

describe('every unit of the catalogue', () => {
  test.each(all)('%s is one that Grafana knows, or a suffix', (name) => {
    const { unit } = displayOf(name);
    expect(BUILT_IN.has(unit) || /^suffix:\s?\S/.test(unit)).toBe(true);
  });

  test.each<[UnitName, string]>([
    ['seconds', 's'],
    ['bytes', 'bytes'],
    ['bytes/second', 'Bps'],
    ['bits/second', 'bps'],
    ['ratio', 'percentunit'],
    ['percent', 'percent'],
    ['usd', 'currencyUSD'],
    ['count', 'short'],
    ['count/second', 'cps'],
    ['joules/second', 'watt'],
    ['celsius', 'celsius'],
    ['ratio/second', 'suffix:/s'],
    ['usd/second', 'suffix: USD/s'],
  ])('%s is %s', (name, unit) => {
    expect(displayOf(name).unit).toBe(unit);
  });
});

test('a moment is a date, and one in seconds has to become milliseconds', () => {
  expect(displayOf('timestamp_seconds')).toEqual({ unit: 'dateTimeAsIso', scale: 1000, fromZero: false });
  expect(displayOf('timestamp_milliseconds')).toEqual({ unit: 'dateTimeAsIso', fromZero: false });
  expect(isDateUnit('dateTimeFromNow')).toBe(true);
  expect(isDateUnit('time:YYYY')).toBe(true);
  expect(isDateUnit('s')).toBe(false);
});

test('a unit that nobody knows is refused by name', () => {
  expect(() => displayOf('furlongs' as UnitName)).toThrow('"furlongs" is not a unit.');
});
