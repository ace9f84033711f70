/** What operators make of units. */
import { comparable, difference, product, quotient, sum, type UnitName } from '../../metrics/units.ts';
import type { BinaryOp } from '../../promql/ast.ts';
import type { Scaled, Source } from './facts.ts';
import { convertedUnit, converts } from './scaling.ts';

export interface UnitResult {
  readonly unit?: UnitName | undefined;
  /** Where the number that it was multiplied by leaves no unit with a name. */
  readonly scaled?: Scaled | undefined;
}

/**
 * The unit of `left op right`.
 *
 * @param lc the number that the left side always is, if it is a plain constant; `rc` the same of the right side
 */
export function unitOfOperation(op: BinaryOp, l: Source, r: Source, lc?: number, rc?: number): UnitResult {
  if (op === '*' && rc !== undefined) return times(quantityOf(l), rc);
  if (op === '*' && lc !== undefined) return times(quantityOf(r), lc);
  if (op === '/' && rc !== undefined) return times(quantityOf(l), 1 / rc);
  if (op === '/' && sameMeasure(l, r)) return { unit: 'ratio' };
  if (op === '*' || op === '/') return combined(op, quantityOf(l), quantityOf(r));
  if (op === '+' || op === '-' || op === '%') {
    if (l.kind === 'number') return { unit: r.unit };
    if (r.kind === 'number') return { unit: l.unit };
  }
  if (!l.unit || !r.unit) return {};
  switch (op) {
    case '+':
      return { unit: sum(l.unit, r.unit) };
    case '-':
      return { unit: difference(l.unit, r.unit) };
    case '%':
      return { unit: comparable(l.unit, r.unit) ? l.unit : undefined };
    default:
      return {};
  }
}

/** A part of a metric divided by the whole is a ratio, even where nobody has said what the metric counts. */
function sameMeasure(l: Source, r: Source): boolean {
  if (l.unit !== undefined || r.unit !== undefined || l.counter !== r.counter) return false;
  const names = new Set([...l.origins, ...r.origins].map(({ name }) => name));
  if (names.size !== 1 || names.has(undefined) || l.origins.length === 0 || r.origins.length === 0) return false;
  const functions = ({ ranges }: Source): string => [...new Set(ranges.map(({ func }) => func))].join();
  return functions(l) === functions(r);
}

function quantityOf({ unit, scaled }: Source): Scaled | undefined {
  return unit ? { unit, by: 1 } : scaled;
}

/** A quantity times a number: a unit with a name, or what is needed to find one later. */
function times(quantity: Scaled | undefined, factor: number): UnitResult {
  if (!quantity) return {};
  const by = quantity.by * factor;
  if (!Number.isFinite(by)) return {};
  // `x * 0` stands in for an `x` that is missing: `a or b * 0` is in the unit of both.
  if (by === 0) return { unit: quantity.unit };
  const unit = convertedUnit(quantity.unit, by);
  if (unit) return { unit };
  return quantity.by === 1 && !converts(by) ? { unit: quantity.unit } : { scaled: { unit: quantity.unit, by } };
}

function combined(op: '*' | '/', l: Scaled | undefined, r: Scaled | undefined): UnitResult {
  if (!l || !r) return {};
  const unit = op === '*' ? product(l.unit, r.unit) : quotient(l.unit, r.unit);
  return unit ? times({ unit, by: 1 }, op === '*' ? l.by * r.by : l.by / r.by) : {};
}
