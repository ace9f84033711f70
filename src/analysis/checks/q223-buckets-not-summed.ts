import type { AggregateExpr, Call, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { dropping, instead, replaced } from '../rewrite.ts';

const SPOILS: ReadonlySet<string> = new Set(['avg', 'min', 'max', 'quantile', 'stddev', 'stdvar', 'count', 'group']);

export const bucketsNotSummed: Check = defineCheck({
  code: 'Q223',
  nodes: {
    AggregateExpr(node, query) {
      if (!SPOILS.has(node.op) || picksCopy(node)) return undefined;
      const quantile = quantileAbove(node, query);
      if (!quantile || !query.of(node.expr).sources.every(({ role }) => role === 'bucket')) return undefined;
      return {
        node,
        span: node.opSpan,
        message: `\`${node.op}\` of buckets gives a wrong quantile${node.op === 'avg' ? ' where some series have buckets that others lack' : ': only their `sum` is a histogram again'}.`,
        why: `A quantile is read from how many observations each bucket counts. ${WHY[node.op] ?? `What \`${node.op}\` makes of several counts is not the count of any observations.`}`,
        fix: fixOf(node, quantile, query),
        ...(node.opSpan && !node.param ? { replacement: { span: node.opSpan, text: 'sum' } } : {}),
      };
    },
  },
});

const WHY: Readonly<Record<string, string>> = {
  avg: 'The mean divides each bucket by the number of series that have it. Where all series have the same buckets, that is one number, and the quantile is that of the sum. Where some have other bounds, as while a roll-out changes them, or a filter took some buckets out, it is not.',
  max: 'The largest of each bucket can come from another series, so the result is the quantile of none of them, nor of all together.',
  min: 'The smallest of each bucket can come from another series, so the result is the quantile of none of them, nor of all together.',
};

/** `max without (replica)` picks one of several equal copies. */
function picksCopy({ op, grouping }: AggregateExpr): boolean {
  return (op === 'max' || op === 'min') && grouping?.mode === 'without';
}

/** The call that reads a quantile of the aggregation. */
function quantileAbove(node: Expr, query: Query): Call | undefined {
  for (let above = query.parentOf(node); above; above = query.parentOf(above)) {
    if (above.type !== 'Call') continue;
    return above.func === 'histogram_quantile' || above.func === 'histogram_fraction' ? above : undefined;
  }
  return undefined;
}

function fixOf(node: AggregateExpr, quantile: Call, query: Query): Advice {
  const { param: _param, ...bare } = node;
  const sum: AggregateExpr = { ...bare, op: 'sum' };
  if ((node.op !== 'max' && node.op !== 'min') || !quantile.args.includes(node))
    return advice`Write ${instead(node, sum, query)}.`;
  const together = instead(quantile, replaced(quantile, node, sum), query);
  const each = instead(quantile, dropping({ ...node, expr: replaced(quantile, node, node.expr) }, ['le']), query);
  return advice`For the quantile of all together write ${together}; for the ${node.op === 'max' ? 'largest' : 'smallest'} of the quantiles ${each}.`;
}
