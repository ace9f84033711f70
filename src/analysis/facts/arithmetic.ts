/** What the operators between numbers make of ranges of values, infinite values and NaN included. */
import type { BinaryOp } from '../../promql/ast.ts';
import {
  add,
  ANY_NUMBER,
  compareIntervals,
  divide,
  exactly,
  mayBeNumber,
  multiply,
  onlyNumber,
  power,
  remainder,
  subtract,
  withInfinity,
  withNaN,
  ZERO_OR_ONE,
  type Comparison,
  type Interval,
} from './interval.ts';

/** The values of `a op b`; of a comparison, those that it has with `bool`. */
export function operate(op: BinaryOp, a: Interval, b: Interval): Interval {
  const result = finite(op, a, b);
  if (COMPARES.has(op)) return result;
  const both = a.infinite === true && b.infinite === true;
  const nan =
    both ||
    (op === '*' && (zeroTimes(a, b) || zeroTimes(b, a))) ||
    (op === '%' && a.infinite === true) ||
    (op === '^' && (a.infinite ?? b.infinite) === true);
  const infinite =
    a.infinite === true || b.infinite === true || (op === '/' && mayBeNumber(b, 0)) || (op === '^' && overflows(a, b));
  const unbounded = !Number.isFinite(result.min) || !Number.isFinite(result.max);
  const spread = infinite && unbounded ? withInfinity(result) : result;
  return nan ? withNaN(spread) : spread;
}

const COMPARES: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['==', '!=', '>', '<', '>=', '<=']);

const zeroTimes = (a: Interval, b: Interval): boolean => a.infinite === true && mayBeNumber(b, 0);

/** A small whole exponent above zero keeps a number finite, as far as anyone meets such numbers. */
function overflows(base: Interval, exponent: Interval): boolean {
  const only = onlyNumber(exponent);
  return only === undefined || only > 4 || (only < 0 && mayBeNumber(base, 0));
}

function finite(op: BinaryOp, a: Interval, b: Interval): Interval {
  switch (op) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '/':
      return divide(a, b);
    case '%':
      return remainder(a, b);
    case '^':
      return power(a, b);
    case 'atan2':
      return { min: -Math.PI, max: Math.PI, ...(a.nan || b.nan ? { nan: true as const } : {}) };
    default: {
      if (!COMPARES.has(op)) return withNaN(ANY_NUMBER);
      const verdict = compareIntervals(op as Comparison, a, b);
      return verdict === 'sometimes' ? ZERO_OR_ONE : exactly(verdict === 'always' ? 1 : 0);
    }
  }
}
