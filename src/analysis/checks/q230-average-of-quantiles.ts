import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { mustHave } from '../facts/labels.ts';

const MIXES: ReadonlySet<string> = new Set(['avg', 'sum', 'quantile', 'stddev', 'stdvar']);

export const averageOfQuantiles: Check = defineCheck({
  code: 'Q230',
  nodes: {
    AggregateExpr(node, query) {
      const quantiles = MIXES.has(node.op) ? whatQuantiles(node.expr, query) : undefined;
      if (!quantiles) return undefined;
      return {
        node,
        span: node.opSpan,
        message: `\`${node.op}\` of quantiles is no quantile.`,
        why: 'A quantile does not say how many observations stand behind it: a busy and an idle instance weigh the same, and the result is the latency of nobody.',
        fix:
          quantiles === 'histogram'
            ? 'Add up the buckets first: `histogram_quantile(0.99, sum by (le) (rate(…_bucket[5m])))`.'
            : 'Show the quantiles one by one, or the worst with `max`; for a quantile of all, let the exporter use a histogram.',
      };
    },
  },
});

function whatQuantiles(node: Expr, query: Query): 'histogram' | 'summary' | undefined {
  if (node.type === 'Call' && node.func === 'histogram_quantile') return 'histogram';
  if (node.type === 'BinaryExpr' && node.lhs.type === 'Call') return whatQuantiles(node.lhs, query);
  const { sources } = query.of(node);
  const summary = sources.every(
    ({ role, labels, origins, ranges }) =>
      ranges.length === 0 &&
      (role === 'quantile' || (origins.length === 1 && !origins[0]?.metric && mustHave(labels, 'quantile'))),
  );
  return summary ? 'summary' : undefined;
}
