import type { BinaryExpr, Expr, VectorSelector } from '../../promql/ast.ts';
import { equal } from '../../promql/equal.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { RangeUse } from '../facts/facts.ts';
import { selectorsIn } from '../facts/selected-names.ts';
import { instead, replaced, seconds } from '../rewrite.ts';
import { duration } from '../wording.ts';

const RATES: ReadonlySet<string> = new Set(['rate', 'increase']);

export const rangesDiffer: Check = defineCheck({
  code: 'Q232',
  nodes: {
    BinaryExpr(node, query) {
      if (node.op !== '/') return undefined;
      const [left, right] = [onlyRange(node.lhs, query), onlyRange(node.rhs, query)];
      if (left?.seconds === undefined || right?.seconds === undefined || left.seconds === right.seconds)
        return undefined;
      // the same series now and over a longer or an earlier time is a trend, and is meant
      if (left.func !== right.func || selectsTheSame(node.lhs, node.rhs)) return undefined;
      return {
        node,
        span: node.opSpan,
        message: `The two sides of the ratio look back ${duration(left.seconds)} and ${duration(right.seconds)}.`,
        why: `They cover different times, so the ratio is wrong whenever traffic changes, and can pass 1.`,
        fix: fixOf(node, left, right, query),
      };
    },
  },
});

function onlyRange(node: Expr, query: Query): RangeUse | undefined {
  const [source, more] = query.of(node).sources;
  const [range, second] = source?.ranges ?? [];
  return range && !more && !second && RATES.has(range.func) ? range : undefined;
}

function selectsTheSame(left: Expr, right: Expr): boolean {
  const [a, b] = [selectorsIn(left).map(atAnyTime), selectorsIn(right).map(atAnyTime)];
  return a.length === b.length && a.every((selector, index) => equal(selector, b[index]));
}

function atAnyTime({ offset: _offset, at: _at, ...selector }: VectorSelector): object {
  return selector;
}

function fixOf(node: BinaryExpr, left: RangeUse, right: RangeUse, query: Query): Advice {
  const [a, b] = [withRange(node, right, left.seconds), withRange(node, left, right.seconds)];
  if (!a || !b) return advice`Use the same range on both sides.`;
  const last = (use: RangeUse): string => duration(use.seconds ?? 0);
  return advice`For the ratio of the last ${last(right)} write ${instead(node, b, query)}; for that of the last ${last(left)} ${instead(node, a, query)}.`;
}

/** The division with another range below one of its calls. */
function withRange(root: Expr, { node }: RangeUse, length = 0): Expr | undefined {
  const range = node.type === 'Call' ? node.args.find(({ type }) => type === 'MatrixSelector') : undefined;
  return range?.type === 'MatrixSelector' ? replaced(root, range, { ...range, range: seconds(length) }) : undefined;
}
