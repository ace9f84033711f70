/** Units that do not go together, and whose fault it is: several codes share the fact. */
import type { BinaryExpr } from '../promql/ast.ts';
import { comparable, difference, measureOf, sum, type UnitName } from '../metrics/units.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import { COMPARISONS } from './facts/binary.ts';
import type { NodeFacts } from './facts/facts.ts';
import { livingSources } from './facts/source.ts';

export interface UnitFault {
  readonly code: Code;
  readonly left: UnitName;
  readonly right: UnitName;
}

/** The unit that all sources agree on; a plain number has none and goes with every unit. */
export function unitOf(facts: NodeFacts): UnitName | undefined {
  const sources = livingSources(facts.sources).filter(({ kind }) => kind !== 'number');
  const unit = sources[0]?.unit;
  return sources.every((source) => source.unit === unit) ? unit : undefined;
}

/**
 * Why an addition, subtraction, remainder, comparison or `or` mixes units.
 *
 * Q517: timestamps in seconds and milliseconds; Q516: a timestamp and a length of time; Q503: ratio and percent;
 * Q501: everything else.
 */
export function unitFault(node: BinaryExpr, query: Query): UnitFault | undefined {
  const [left, right] = [unitOf(query.of(node.lhs)), unitOf(query.of(node.rhs))];
  if (!left || !right || fits(node, left, right)) return undefined;
  return { code: codeOf(left, right), left, right };
}

function fits({ op }: BinaryExpr, left: UnitName, right: UnitName): boolean {
  if (op === '+') return sum(left, right) !== undefined;
  if (op === '-') return difference(left, right) !== undefined;
  if (op === '%' || op === 'or' || COMPARISONS.has(op)) return comparable(left, right);
  return true;
}

const isMoment = (unit: UnitName): boolean => unit.startsWith('timestamp_');

function codeOf(left: UnitName, right: UnitName): Code {
  if (isMoment(left) && isMoment(right) && left !== right) return 'Q517';
  if (isMoment(left) !== isMoment(right) && [left, right].some((unit) => measureOf(unit).dimension === 'time'))
    return 'Q516';
  const plain = measureOf(left).dimension === '' && measureOf(right).dimension === '';
  return plain ? 'Q503' : 'Q501';
}
