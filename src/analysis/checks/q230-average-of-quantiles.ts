import type { AggregateExpr, Call, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { mustHave } from '../facts/labels.ts';
import { uniqueOf } from '../facts/source.ts';
import { aggregation, instead, keeping, replaced } from '../rewrite.ts';

const MIXES: ReadonlySet<string> = new Set(['avg', 'sum', 'quantile', 'stddev', 'stdvar']);

export const averageOfQuantiles: Check = defineCheck({
  code: 'Q230',
  nodes: {
    AggregateExpr(node, query) {
      const quantiles = MIXES.has(node.op) ? whatQuantiles(node.expr, query) : undefined;
      if (!quantiles || mayBeOneByOne(node, query)) return undefined;
      return {
        node,
        span: node.opSpan,
        message: `\`${node.op}\` of quantiles is not the quantile of all.`,
        why: 'A quantile does not say how many observations stand behind it, so a busy and an idle instance weigh the same.',
        fix: quantiles === 'histogram' ? fixOfHistogram(node, query) : fixOfSummary(node, query),
      };
    },
  },
});

/**
 * What the labels of an instance tell apart may be a single series, of which any aggregation is the value itself.
 * Where the metric is unknown it is not known how many there are.
 */
function mayBeOneByOne({ expr, grouping }: AggregateExpr, query: Query): boolean {
  if (grouping?.mode !== 'by') return false;
  const per = uniqueOf(query.of(expr), (name) => grouping.labels.includes(name));
  return (
    per === 'unique' || (per === 'unknown' && grouping.labels.some((name) => name === 'instance' || name === 'pod'))
  );
}

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

/** The buckets added up to the labels of the result, and the quantile of that. */
function fixOfHistogram(node: AggregateExpr, query: Query): Advice {
  const quantile = quantileIn(node.expr);
  const buckets = quantile?.args[1];
  if (!quantile || !buckets) return advice`Add up the buckets first, and take the quantile of that.`;
  const each = buckets.type === 'AggregateExpr' && buckets.op === 'sum' ? buckets.expr : buckets;
  const sum = keeping(aggregation('sum', each, node.grouping), 'le');
  const whole = replaced(node.expr, quantile, { ...quantile, args: [quantile.args[0]!, sum] });
  return advice`Add up the buckets first: ${instead(node, whole, query)}.`;
}

function quantileIn(node: Expr): Call | undefined {
  if (node.type === 'Call') return node.func === 'histogram_quantile' ? node : undefined;
  return node.type === 'BinaryExpr' ? quantileIn(node.lhs) : undefined;
}

function fixOfSummary(node: AggregateExpr, query: Query): Advice {
  const max = instead(node, aggregation('max', node.expr, node.grouping), query);
  return advice`For the worst write ${max}; to see each, ${instead(node, node.expr, query)}. For the quantile of all the exporter has to use a histogram.`;
}
