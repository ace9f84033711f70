/** What multiplying by a constant does to a unit. */
import { scaled, type UnitName } from '../../metrics/units.ts';

/** Factors by which people convert: after one of them, a unit that has no name is not the old one either. */
const CONVERSION_FACTORS: ReadonlySet<number> = new Set([
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
]);

function converts(factor: number): boolean {
  const size = Math.abs(factor);
  return CONVERSION_FACTORS.has(size) || CONVERSION_FACTORS.has(Math.round(1 / size));
}

/**
 * The unit of `value * by` or `value / by`.
 *
 * @returns a known conversion (`bytes / 1024` are kibibytes), the unit itself where the number only makes the value
 *   larger or smaller, `undefined` where the number looks like a conversion to a unit without a name
 */
export function scaledUnit(unit: UnitName, operator: '*' | '/', by: number): UnitName | undefined {
  const direct = scaled(unit, operator, by);
  if (direct !== unit || by === 1 || by === -1) return direct;
  const inverse = by !== 0 ? scaled(unit, operator === '*' ? '/' : '*', 1 / by) : unit;
  if (inverse !== unit) return inverse;
  return converts(by) ? undefined : unit;
}
