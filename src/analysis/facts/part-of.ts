/**
 * Whether one expression counts a part of what another counts: `sum(x{code="500"})` of `sum(x)`. A part divided by
 * its whole lies between 0 and 1.
 */
import type { AggregateExpr, Expr, Matcher, VectorSelector } from '../../promql/ast.ts';
import type { NodeFacts, Source } from './facts.ts';
import { mayBeNumber, UNIT_RANGE, withNaN, type Interval } from './interval.ts';
import { equal } from '../../promql/equal.ts';
import { areDisjoint, intersectValues } from './label-values.ts';
import { matcherValues } from './selector.ts';

/** Aggregations that do not grow when series are left out, as long as no value is negative. */
const MONOTONE: ReadonlySet<string> = new Set(['sum', 'count', 'max', 'group']);

/** The range of `left / right` where the left side is a part of the right one. */
export function ratioOfPart(left: NodeFacts, right: NodeFacts, l: Source, r: Source): Interval | undefined {
  const whole = unfiltered(right.expr);
  if (whole.type !== 'AggregateExpr' || l.value.min < 0 || r.value.min < 0) return undefined;
  if (!branches(left.expr).every((expr) => isZero(expr) || isPartOfGroup(expr, whole))) return undefined;
  return mayBeNumber(r.value, 0) || r.value.nan === true ? withNaN(UNIT_RANGE) : UNIT_RANGE;
}

/** What a filter lets through keeps its value. */
function unfiltered(expr: Expr): Expr {
  return expr.type === 'BinaryExpr' && expr.bool !== true && FILTERS.has(expr.op) ? unfiltered(expr.lhs) : expr;
}

/** The sides of `or`. */
function branches(expr: Expr): readonly Expr[] {
  return expr.type === 'BinaryExpr' && expr.op === 'or' ? [...branches(expr.lhs), ...branches(expr.rhs)] : [expr];
}

/** `x * 0`, which stands for what was not seen. */
function isZero(expr: Expr): boolean {
  return expr.type === 'BinaryExpr' && expr.op === '*' && expr.rhs.type === 'NumberLiteral' && expr.rhs.value === 0;
}

function isPartOfGroup(a: Expr, b: AggregateExpr): boolean {
  if (a.type !== 'AggregateExpr' || a.op !== b.op || !MONOTONE.has(a.op)) return false;
  return sameGrouping(a, b) && isPartOf(a.expr, b.expr);
}

function sameGrouping(a: AggregateExpr, b: AggregateExpr): boolean {
  if ((a.grouping?.mode ?? 'by') !== (b.grouping?.mode ?? 'by')) return false;
  const [x, y] = [a.grouping?.labels ?? [], b.grouping?.labels ?? []];
  return x.length === y.length && x.every((label) => y.includes(label));
}

/** Whether every series of `a` is a series of `b` with the same value. */
export function isPartOf(a: Expr, b: Expr): boolean {
  if (a.type === 'BinaryExpr' && a.bool !== true && FILTERS.has(a.op) && isPartOf(a.lhs, b)) return true;
  if (a.type !== b.type) return false;
  switch (a.type) {
    case 'VectorSelector':
      return selectsPartOf(a, b as VectorSelector);
    case 'MatrixSelector':
      return b.type === 'MatrixSelector' && equal(a.range, b.range) && selectsPartOf(a.selector, b.selector);
    case 'Call':
      if (b.type !== 'Call' || a.func !== b.func || a.args.length !== b.args.length) return false;
      // what is missing is not what is there
      if (a.func.startsWith('absent')) return false;
      return a.args.every((arg, index) => {
        const other = b.args[index];
        return other !== undefined && (isSeries(arg) ? isPartOf(arg, other) : equal(arg, other));
      });
    default:
      return equal(a, b);
  }
}

const FILTERS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=', 'and', 'unless']);

function isSeries(expr: Expr): boolean {
  return expr.type === 'VectorSelector' || expr.type === 'MatrixSelector' || expr.type === 'Call';
}

function selectsPartOf(a: VectorSelector, b: VectorSelector): boolean {
  if (
    !equal(a.name ?? '', b.name ?? '') ||
    !equal(a.offset ?? null, b.offset ?? null) ||
    !equal(a.at ?? null, b.at ?? null)
  )
    return false;
  return b.matchers.every((matcher) => a.matchers.some((other) => implies(other, matcher)));
}

/** Whether every series that passes the first matcher passes the second. */
function implies(a: Matcher, b: Matcher): boolean {
  if (!equal(a.name, b.name)) return false;
  if (a.op === b.op && equal(a.value, b.value)) return true;
  if (typeof a.value !== 'string' || typeof b.value !== 'string') return false;
  const [x, y] = [matcherValues(a.op, a.value), matcherValues(b.op, b.value)];
  if (x.passesAbsent && !y.passesAbsent) return false;
  if (!x.values.oneOf) return false;
  return x.values.oneOf.every((value) => !areDisjoint({ oneOf: [value] }, intersectValues(y.values, {})));
}
