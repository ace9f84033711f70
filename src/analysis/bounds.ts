/** Limits that a query sets to one value: `x > 10 and x < 5`. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import { COMPARISONS } from './facts/binary.ts';
import {
  ANY_NUMBER,
  exactly,
  FLIPPED,
  isNoNumber,
  meet,
  passing,
  type Comparison,
  type Interval,
} from './facts/interval.ts';
import { equal } from '../promql/equal.ts';
import { constantOf, presenceOf } from './facts/source.ts';

interface Bound {
  readonly node: Expr;
  readonly operand: Expr;
  /** The values that pass. */
  readonly values: Interval;
}

export interface BoundsFault {
  readonly type: 'empty' | 'everything' | 'subsumed';
  readonly first: Expr;
  readonly second: Expr;
  /** The one that has no effect, of `subsumed`. */
  readonly idle?: Expr;
}

/**
 * What is wrong with two limits of the same value that a set operator joins. The operator must match on all labels: a
 * series is then compared with itself.
 */
export function boundsFault(node: BinaryExpr, query: Query): BoundsFault | undefined {
  if ((node.op !== 'and' && node.op !== 'or' && node.op !== 'unless') || node.matching) return undefined;
  const rights = operands(node.rhs, node.op === 'or' ? 'or' : 'and', query);
  const lefts = operands(node.lhs, node.op === 'or' ? 'or' : 'and', query);
  // several conditions after `unless` take away less than each of them
  if (node.op === 'unless' && rights.length !== 1) return undefined;
  for (const second of rights) {
    for (const first of lefts) {
      const type = equal(first.operand, second.operand) ? relation(node, first.values, second.values) : undefined;
      if (type === 'subsumed') {
        const inner = contains(first.values, second.values) === (node.op === 'or') ? second : first;
        return { type, first: first.node, second: second.node, idle: inner.node };
      }
      if (type) return { type, first: first.node, second: second.node };
    }
  }
  return undefined;
}

function relation({ op }: BinaryExpr, first: Interval, second: Interval): BoundsFault['type'] | undefined {
  if (op === 'unless') return contains(second, first) ? 'empty' : undefined;
  if (op === 'and' && isNoNumber(meet(first, second))) return 'empty';
  if (contains(first, second) || contains(second, first)) return 'subsumed';
  return op === 'or' && coversAll(first, second) ? 'everything' : undefined;
}

/** The parts of a chain of one operator that are nothing but limits of a value. */
function operands(node: Expr, op: 'and' | 'or', query: Query): readonly Bound[] {
  if (node.type === 'BinaryExpr' && node.op === op && !node.matching)
    return [...operands(node.lhs, op, query), ...operands(node.rhs, op, query)];
  const bound = boundOf(node, query);
  // one that nothing passes is another check's
  return bound && bound.operand !== node && presenceOf(query.of(node)) !== 'never' ? [bound] : [];
}

function boundOf(node: Expr, query: Query): Bound | undefined {
  const plain: Bound = { node, operand: node, values: ANY_NUMBER };
  if (node.type !== 'BinaryExpr' || !COMPARISONS.has(node.op) || node.bool || node.op === '!=')
    return hasNames(node, query) ? plain : undefined;
  const [left, right] = [constantOf(query.of(node.lhs)), constantOf(query.of(node.rhs))];
  if ((left === undefined) === (right === undefined)) return hasNames(node, query) ? plain : undefined;
  const inner = boundOf(left === undefined ? node.lhs : node.rhs, query);
  const op = left === undefined ? (node.op as Comparison) : FLIPPED[node.op as Comparison];
  return inner && { ...inner, node, values: meet(inner.values, passing(op, exactly((left ?? right)!))) };
}

/** Series of several names can agree in all other labels, so that one is compared with another. */
function hasNames(node: Expr, query: Query): boolean {
  const origins = query.of(node).sources.flatMap((source) => source.origins);
  return origins.length > 0 && origins.every(({ name }) => name !== undefined);
}

function contains(outer: Interval, inner: Interval): boolean {
  const low = outer.min < inner.min || (outer.min === inner.min && (!outer.minOpen || inner.minOpen === true));
  const high = outer.max > inner.max || (outer.max === inner.max && (!outer.maxOpen || inner.maxOpen === true));
  return low && high;
}

/** Together they leave no number out. */
function coversAll(a: Interval, b: Interval): boolean {
  const [low, high] = a.min === -Infinity ? [a, b] : [b, a];
  if (low.min !== -Infinity || high.max !== Infinity) return false;
  return low.max > high.min || (low.max === high.min && !(low.maxOpen && high.minOpen));
}
