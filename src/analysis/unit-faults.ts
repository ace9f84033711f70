/** Units that do not go together, and whose fault it is: several codes share the fact. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import { comparable, difference, measureOf, sum, type UnitName } from '../metrics/units.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import { COMPARISONS } from './facts/binary.ts';
import { children } from '../promql/walk.ts';
import type { NodeFacts } from './facts/facts.ts';
import { livingSources } from './facts/source.ts';

export interface UnitFault {
  readonly code: Code;
  readonly left: UnitName;
  readonly right: UnitName;
}

/** The unit that all sources agree on; a plain number has none and goes with every unit. */
export function unitOf(facts: NodeFacts): UnitName | undefined {
  let unit: UnitName | undefined;
  for (const source of livingSources(facts.sources)) {
    if (source.kind === 'number') continue;
    if (source.unit === undefined || (unit !== undefined && source.unit !== unit)) return undefined;
    unit = source.unit;
  }
  if (unit === undefined) return undefined;
  return isMoment(unit) && isChange(facts.expr) ? undefined : unit;
}

const CHANGES: ReadonlySet<string> = new Set([
  'delta',
  'idelta',
  'increase',
  'mad_over_time',
  'stddev_over_time',
  'sum_over_time',
]);

/** Whether a value is how much something changes or spreads: of moments, that is a length of time. */
function isChange(node: Expr): boolean {
  if (node.type === 'Call' && CHANGES.has(node.func)) return true;
  if (node.type === 'AggregateExpr' && (node.op === 'stddev' || node.op === 'sum')) return true;
  return children(node).some(isChange);
}

/**
 * Why an addition, subtraction, remainder, comparison or `or` mixes units.
 *
 * Q517: timestamps in seconds and milliseconds; Q516: a timestamp and a length of time; Q503: ratio and percent;
 * Q501: everything else.
 */
export function unitFault(node: BinaryExpr, query: Query): UnitFault | undefined {
  const left = unitOf(query.of(node.lhs));
  if (!left) return undefined;
  const right = unitOf(query.of(node.rhs));
  if (!right || fits(node, left, right) || areConditions(node, query)) return undefined;
  return { code: codeOf(left, right), left, right };
}

/** Either condition may hold in `a > 5 or b > 3`, and what of is no matter. */
function areConditions({ op, lhs, rhs }: BinaryExpr, query: Query): boolean {
  const conditional = (side: Expr): boolean => query.of(side).sources.every(({ conditions }) => conditions.length > 0);
  return op === 'or' && conditional(lhs) && conditional(rhs);
}

function fits({ op }: BinaryExpr, left: UnitName, right: UnitName): boolean {
  if (op === '+') return sum(left, right) !== undefined;
  if (op === '-') return difference(left, right) !== undefined;
  if (op === '%' || op === 'or' || COMPARISONS.has(op)) return comparable(left, right);
  return true;
}

export const isMoment = (unit: UnitName): boolean => unit.startsWith('timestamp_');

function codeOf(left: UnitName, right: UnitName): Code {
  if (isMoment(left) && isMoment(right) && left !== right) return 'Q517';
  if (isMoment(left) !== isMoment(right) && [left, right].some((unit) => measureOf(unit).dimension === 'time'))
    return 'Q516';
  const plain = measureOf(left).dimension === '' && measureOf(right).dimension === '';
  return plain ? 'Q503' : 'Q501';
}
