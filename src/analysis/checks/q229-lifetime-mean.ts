import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { rated } from '../rated.ts';
import { instead } from '../rewrite.ts';

export const lifetimeMean: Check = defineCheck({
  code: 'Q229',
  nodes: {
    BinaryExpr(node, query) {
      if (node.op !== '/') return undefined;
      const [sum, count] = [rawFamily(node.lhs, '_sum', query), rawFamily(node.rhs, '_count', query)];
      if (sum === undefined || sum !== count) return undefined;
      return {
        node,
        message: `This is the mean of \`${sum}\` since the processes started.`,
        why: 'The sum and the count are counters: after some days new observations hardly change their ratio, however slow they are.',
        fix: fixOf(node, query),
      };
    },
  },
});

function fixOf(node: BinaryExpr, query: Query): Advice | string {
  const [lhs, rhs] = [rated(node.lhs, query), rated(node.rhs, query)];
  return lhs && rhs
    ? advice`For the mean of the last minutes write ${instead(node, { ...node, lhs, rhs }, query)}.`
    : 'Take the `rate()` of both, inside of the sums.';
}

/** The family of a raw `_sum` or `_count`, added up or not. */
function rawFamily(node: Expr, ending: '_sum' | '_count', query: Query): string | undefined {
  const [source, more] = query.of(node).sources;
  const [origin, other] = source?.origins ?? [];
  if (!source || more || !origin?.name?.endsWith(ending) || other) return undefined;
  const raw = source.ranges.length === 0 && (source.counter !== undefined || source.kind === 'unknown');
  return raw ? origin.name.slice(0, -ending.length) : undefined;
}
