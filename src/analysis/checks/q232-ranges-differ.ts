import type { Expr } from '../../promql/ast.ts';
import { equal } from '../../promql/equal.ts';
import { visit } from '../../promql/walk.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { RangeUse } from '../facts/facts.ts';
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
        fix: `Use the same range on both sides.`,
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
  const [a, b] = [selectorsIn(left), selectorsIn(right)];
  return a.length === b.length && a.every((selector, index) => equal(selector, b[index]));
}

function selectorsIn(node: Expr): readonly Expr[] {
  const found: Expr[] = [];
  visit(node, (one) => {
    if (one.type !== 'VectorSelector') return;
    const { offset: _offset, at: _at, ...selector } = one;
    found.push(selector);
  });
  return found;
}
