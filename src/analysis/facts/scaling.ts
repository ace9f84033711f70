/** What multiplying by a constant does to a unit. */
import { scaled, type UnitName } from '../../metrics/units.ts';

/** Factors by which people convert: after one of them, a unit that has no name is not the old one either. */
const CONVERSION_FACTORS: readonly number[] = [
  8,
  10,
  24,
  30,
  60,
  90,
  100,
  365,
  720,
  730,
  1000,
  1024,
  3600,
  86400,
  604800,
  2592000,
  31536000,
  1e6,
  1e9,
  1e12,
  1024 ** 2,
  1024 ** 3,
  1024 ** 4,
];

/** Equal but for what is lost in calculating. */
export const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);

/** Whether people convert by a number, or only make the value larger or smaller by it. */
export function converts(factor: number): boolean {
  const size = Math.abs(factor);
  return CONVERSION_FACTORS.some((known) => near(size, known) || near(1 / size, known));
}

/** A unit with a name for `value * by`, such as kibibytes for `bytes / 1024`; `undefined` where there is none. */
export function convertedUnit(unit: UnitName, by: number): UnitName | undefined {
  if (near(Math.abs(by), 1)) return unit;
  const product = scaled(unit, '*', by);
  if (product !== unit) return product;
  // 1 / 1024 and the like are not whole, so the other direction of a conversion is tried with the whole number
  const inverse = Math.round(1 / by);
  const quotient = near(1 / by, inverse) ? scaled(unit, '/', inverse) : unit;
  return quotient === unit ? undefined : quotient;
}

/**
 * The unit of `value * by` or `value / by`: that of a conversion, the unit itself where the number only makes the value
 * larger or smaller, and `undefined` where it looks like a conversion to a unit without a name.
 */
export function scaledUnit(unit: UnitName, operator: '*' | '/', by: number): UnitName | undefined {
  const factor = operator === '*' ? by : 1 / by;
  return convertedUnit(unit, factor) ?? (converts(factor) ? undefined : unit);
}
