import type { BinaryExpr, Expr, Matcher } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { children } from '../../promql/walk.ts';
import { isPartOf } from '../facts/part-of.ts';
import { isMatched } from '../facts/join.ts';
import { equal } from '../../promql/equal.ts';
import { list } from '../wording.ts';
import { RATES } from '../facts/call.ts';
import { selectorsIn } from '../facts/selected-names.ts';
import { aggregation, instead, replaced, without } from '../rewrite.ts';

/** What each operator makes of two equal values. */
const ALWAYS: Readonly<Partial<Record<string, string>>> = {
  '/': 'always 1',
  '-': 'always 0',
  '%': 'always 0',
  '==': 'always true',
  '>=': 'always true',
  '<=': 'always true',
  '!=': 'never true',
  '>': 'never true',
  '<': 'never true',
};

/**
 * Two equal sides are left alone: `x == x` takes NaN out, `x - x` and `x / x` are ways to write 0 and 1. Only a rate
 * divided by itself is none: nobody works out a rate for that.
 */
export const selfRatio: Check = defineCheck({
  code: 'Q301',
  nodes: {
    BinaryExpr(node, query) {
      const result = ALWAYS[node.op];
      if (result === undefined || node.matching?.group !== undefined || node.fill) return undefined;
      if (node.op === '/' && equal(node.lhs, node.rhs) && hasRate(node.lhs)) return sameOnBothSides(node, query);
      const narrower = isSameSeries(node.lhs, node.rhs)
        ? node.lhs
        : isSameSeries(node.rhs, node.lhs)
          ? node.rhs
          : undefined;
      if (!narrower) return undefined;
      const other = narrower === node.lhs ? node.rhs : node.lhs;
      const telling = extraMatchers(narrower, other).map(({ name }) => name);
      if (telling.length === 0 || !telling.every((name) => typeof name === 'string' && isMatched(node.matching, name)))
        return undefined;
      const names = [...new Set(telling as string[])];
      const labels = list(names);
      return {
        node,
        message: `\`${query.print(node)}\` is ${result}: every series is paired with itself.`,
        why: `Both sides still have ${labels}, and it has to be equal, so each series on the ${narrower === node.lhs ? 'left' : 'right'} meets the very same one on the other side.`,
        fix: fixOf(node, names, query),
      };
    },
  },
});

function sameOnBothSides(node: BinaryExpr, query: Query): Finding {
  return {
    node,
    message: `\`${query.print(node)}\` is always 1: both sides are the same.`,
    why: 'Each series is divided by itself.',
    fix: fixOfCopy(node, query),
  };
}

function hasRate(expr: Expr): boolean {
  return (expr.type === 'Call' && RATES.has(expr.func)) || children(expr).some(hasRate);
}

/** Whether each series of `a` is, label by label and value by value, a series of `b`. */
function isSameSeries(a: Expr, b: Expr): boolean {
  if (equal(a, b)) return false;
  if (a.type !== 'AggregateExpr' || b.type !== 'AggregateExpr') return !hasFilter(a) && isPartOf(a, b);
  const { grouping } = a;
  if (a.op !== b.op || !equal(grouping, b.grouping) || !equal(a.param ?? null, b.param ?? null) || hasFilter(a))
    return false;
  // groups are the same where all that tells the two apart is in the labels of the group
  const kept = ({ name }: Matcher): boolean =>
    grouping !== undefined && grouping.labels.includes(name) === (grouping.mode === 'by');
  return isPartOf(a.expr, b.expr) && extraMatchers(a.expr, b.expr).every(kept);
}

function hasFilter(expr: Expr): boolean {
  return expr.type === 'BinaryExpr' || children(expr).some(hasFilter);
}

/** Matchers of the first that the second does not have. */
function extraMatchers(a: Expr, b: Expr): readonly Matcher[] {
  const others = matchersOf(b);
  return matchersOf(a).filter((matcher) => !others.some((other) => equal(matcher, other)));
}

function matchersOf(expr: Expr): readonly Matcher[] {
  return expr.type === 'VectorSelector' ? expr.matchers : children(expr).flatMap(matchersOf);
}

/** Both sides without the labels that pair each series with itself. */
function fixOf(node: BinaryExpr, names: readonly string[], query: Query): Advice {
  const { lhs, rhs, matching } = node;
  const isGrouped = lhs.type === 'AggregateExpr' || rhs.type === 'AggregateExpr';
  const side = (expr: Expr): Expr => (isGrouped || matching ? without(expr, names) : aggregation('sum', expr));
  const { matching: _matching, ...bare } = node;
  const matched = matching && {
    ...matching,
    labels: matching.labels.filter((name) => typeof name !== 'string' || !names.includes(name)),
  };
  // what matched on nothing but these labels needs no list any more
  const joined = matched && matched.labels.length > 0 ? { ...bare, matching: matched } : bare;
  const both = instead(node, { ...joined, lhs: side(lhs), rhs: side(rhs) }, query);
  return isGrouped || matching
    ? advice`Aggregate ${list(names)} away on both sides: ${both}.`
    : advice`Aggregate both sides: ${both}, with \`by\` for labels to keep.`;
}

const PARTS = /_(?:sum|count|bucket)$/;

/** The mean, where a part of a histogram was copied. */
function fixOfCopy(node: BinaryExpr, query: Query): Advice {
  const [selector, more] = selectorsIn(node.lhs);
  const share = 'For a share, give the left side one more matcher.';
  if (!selector || more || typeof selector.name !== 'string' || !PARTS.test(selector.name))
    return advice`Change the side that was copied. ${share}`;
  const family = selector.name.replace(PARTS, '');
  const part = (expr: Expr, ending: string): Expr => {
    const [one] = selectorsIn(expr);
    return one ? replaced(expr, one, { ...one, name: family + ending }) : expr;
  };
  const mean = { ...node, lhs: part(node.lhs, '_sum'), rhs: part(node.rhs, '_count') };
  return advice`For the mean write ${instead(node, mean, query)}. ${share}`;
}
