import type { AggregateExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';

const SPOILS: ReadonlySet<string> = new Set(['avg', 'min', 'max', 'quantile', 'stddev', 'stdvar', 'count', 'group']);

export const bucketsNotSummed: Check = defineCheck({
  code: 'Q223',
  nodes: {
    AggregateExpr(node, query) {
      if (!SPOILS.has(node.op) || picksCopy(node)) return undefined;
      if (!query.of(node.expr).sources.every(({ role }) => role === 'bucket') || !reachesQuantile(node, query))
        return undefined;
      return {
        node,
        span: node.opSpan,
        message: `\`${node.op}\` of buckets is no histogram.`,
        why: `A quantile is read from counts that grow from bucket to bucket. ${WHY[node.op] ?? 'Only sums of such counts still do.'}`,
        fix: 'Use `sum`.',
        ...(node.opSpan ? { replacement: { span: node.opSpan, text: 'sum' } } : {}),
      };
    },
  },
});

const WHY: Readonly<Record<string, string>> = {
  avg: 'The mean divides each bucket by the number of series that have it, which differs where series come and go.',
  max: 'The largest of each bucket comes from different series, so the result belongs to none of them.',
  min: 'The smallest of each bucket comes from different series, so the result belongs to none of them.',
};

/** `max without (replica)` picks one of several equal copies. */
function picksCopy({ op, grouping }: AggregateExpr): boolean {
  return (op === 'max' || op === 'min') && grouping?.mode === 'without';
}

function reachesQuantile(node: Expr, query: Query): boolean {
  for (let above = query.parentOf(node); above; above = query.parentOf(above)) {
    if (above.type === 'Call') return above.func === 'histogram_quantile' || above.func === 'histogram_fraction';
  }
  return false;
}
