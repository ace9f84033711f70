/** The algebra of units, and that the compiler's tables say the same. */
import { assert, constantFrom, property } from 'fast-check';
import type { UnitName } from 'dashwright';
import { describe, expect, test } from 'vitest';
import {
  BASE_UNITS,
  comparable,
  difference,
  isUnitName,
  measureOf,
  product,
  quotient,
  rateOf,
  scaled,
  sum,
  UNIT_MEASURES,
} from '../../src/metrics/units.ts';
import { messages } from '../types/compile.ts';

const UNITS: readonly UnitName[] = [...BASE_UNITS, ...BASE_UNITS.map((unit) => `${unit}/second` as const)];
const anyUnit = constantFrom(...UNITS);

describe('units', () => {
  test.each([
    [rateOf('seconds'), 'ratio'],
    [rateOf('bytes'), 'bytes/second'],
    [rateOf('joules'), 'watts'],
    [rateOf('timestamp_seconds'), 'ratio'],
    [rateOf('bytes/second'), undefined],
    [product('bytes/second', 'seconds'), 'bytes'],
    [product('watts', 'seconds'), 'joules'],
    [product('ratio', 'bytes'), 'bytes'],
    [product('count', 'usd'), 'usd'],
    [product('dollars_per_hour', 'hours'), 'usd'],
    [product('bytes', 'seconds'), undefined],
    [quotient('bytes', 'bytes'), 'ratio'],
    [quotient('cores', 'count'), 'ratio'],
    [quotient('usd', 'count'), 'usd'],
    [quotient('bytes', 'seconds'), 'bytes/second'],
    [quotient('bytes', 'bytes/second'), 'seconds'],
    [quotient('joules', 'watts'), 'seconds'],
    [quotient('timestamp_seconds', 'timestamp_seconds'), undefined],
    [sum('timestamp_seconds', 'seconds'), 'timestamp_seconds'],
    [sum('timestamp_seconds', 'timestamp_seconds'), undefined],
    [sum('ratio', 'percent'), undefined],
    [difference('timestamp_seconds', 'timestamp_seconds'), 'seconds'],
    [difference('bytes', 'seconds'), undefined],
    [scaled('ratio', '*', 100), 'percent'],
    [scaled('bytes', '*', 8), 'bits'],
    [scaled('seconds', '/', 3600), 'hours'],
    [scaled('usd', '*', 30), 'usd'],
    [isUnitName('bytes/second'), true],
    [isUnitName('bytes/hour'), false],
  ])('%#: %s is %s', (found, wanted) => {
    expect(found).toBe(wanted);
  });

  test('every conversion keeps the size of the thing', () => {
    for (const unit of UNITS) {
      for (const operator of ['*', '/'] as const) {
        for (const factor of [
          8,
          0.125,
          24,
          60,
          100,
          0.01,
          1000,
          0.001,
          1024,
          3600,
          86_400,
          1e6,
          1e9,
          1024 ** 2,
          1024 ** 3,
        ]) {
          const into = scaled(unit, operator, factor);
          if (into === unit) continue;
          const before = measureOf(unit);
          const after = measureOf(into);
          expect([into, after.dimension]).toEqual([into, before.dimension]);
          const scale = operator === '*' ? factor : 1 / factor;
          expect(after.factor * scale).toBeCloseTo(before.factor, 12);
        }
      }
    }
  });

  test('comparing, adding and multiplying do not depend on the order', () => {
    assert(
      property(anyUnit, anyUnit, (left, right) => {
        expect(comparable(left, right)).toBe(comparable(right, left));
        expect(sum(left, right) === undefined).toBe(sum(right, left) === undefined);
        const there = product(left, right);
        const back = product(right, left);
        expect(there === undefined).toBe(back === undefined);
        expect(there === undefined || back === undefined || comparable(there, back)).toBe(true);
      }),
      { seed: 7 },
    );
  });

  test('a product and a quotient keep the dimension', () => {
    assert(
      property(anyUnit, anyUnit, (left, right) => {
        const ratio = quotient(left, right);
        const back = ratio && product(ratio, right);
        expect(measureOf(back ?? left).dimension).toBe(measureOf(left).dimension);
      }),
      { seed: 7 },
    );
  });

  test('every base unit is measured', () => {
    expect(Object.keys(UNIT_MEASURES).toSorted()).toEqual([...BASE_UNITS].toSorted());
  });
});

describe('the compiler', () => {
  test('computes with the same units as the tables', async () => {
    const typeOf = (unit: UnitName | undefined): string => JSON.stringify(unit ?? 'unknown');
    const kinds = new URL('../../src/query/kinds.ts', import.meta.url).pathname;
    const checks = UNITS.flatMap((left) => [
      `check<RateUnit<'${left}'>, ${typeOf(rateOf(left))}>();`,
      ...UNITS.flatMap((right) => [
        `check<ProductUnit<'${left}', '${right}'>, ${typeOf(product(left, right))}>();`,
        `check<QuotientUnit<'${left}', '${right}'>, ${typeOf(quotient(left, right))}>();`,
        `check<SumUnit<'${left}', '${right}'>, ${sum(left, right) === undefined ? 'never' : typeOf(sum(left, right))}>();`,
        `check<DifferenceUnit<'${left}', '${right}'>, ${difference(left, right) === undefined ? 'never' : typeOf(difference(left, right))}>();`,
        `check<[CommonUnit<'${left}', '${right}'>] extends [never] ? false : true, ${comparable(left, right)}>();`,
      ]),
    ]);
    const source = `
import type { CommonUnit, DifferenceUnit, ProductUnit, QuotientUnit, RateUnit, SumUnit } from '${kinds}';
declare function check<Found, Wanted>(...differs: [Found, Wanted] extends [Wanted, Found] ? [] : [Found, Wanted]): void;
${checks.join('\n')}`;
    const { units = '' } = await messages('TypeScript 7', { units: source });
    const lines = source.split('\n');
    const wrong = [...units.matchAll(/^(\d+): /gm)].map(([, line]) => lines[Number(line) - 1]);
    expect(wrong).toEqual([]);
  });
});
