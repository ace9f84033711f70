import type { Expr, Text, VectorSelector } from '../../promql/ast.ts';
import { advice, type Advice, type Replacement } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { MetricModel } from '../../metrics/model.ts';
import { constantOf } from '../facts/source.ts';
import { quantileAbove } from '../histogram-parts.ts';
import { overRange, usualRange } from '../rated.ts';
import { aggregation, call, instead, numeral, withMatcher } from '../rewrite.ts';
import { list, number } from '../wording.ts';

export const summaryIsNoHistogram: Check = defineCheck({
  code: 'Q231',
  nodes: {
    VectorSelector(node, query) {
      const { world } = query;
      if (typeof node.name !== 'string') return undefined;
      const { name } = node;
      const family = name.replace(/_bucket$/, '');
      const metric = world.metrics.find((one) => one.name === family);
      const span = node.nameSpan ?? node.span;
      if (metric?.kind === 'summary' && name !== family) {
        return {
          node,
          span,
          message: `\`${family}\` is a summary, which has no buckets.`,
          why: `A summary works out its quantiles in the process and exports them as \`${family}{quantile="…"}\`; there is no \`${name}\`.`,
          fix: fixOfSummary(node, metric, query),
          related: [{ message: `\`${family}\` is declared here`, position: metric.position }],
        };
      }
      const quantile = node.matchers.find((matcher) => matcher.name === 'quantile');
      if (metric?.kind !== 'histogram' || name !== family || !quantile) return undefined;
      return {
        node,
        span,
        message: `\`${family}\` is a histogram, which has no quantiles.`,
        why: `A histogram exports buckets, \`${family}_bucket\`, and quantiles are worked out in the query.`,
        fix: fixOfHistogram(node, family, quantile.value, query),
        related: [{ message: `\`${family}\` is declared here`, position: metric.position }],
      };
    },
  },
});

/** The quantile that the query works out, if the summary exports it, else those that it does. */
function fixOfSummary(node: VectorSelector, { name, quantiles }: MetricModel, query: Query): Advice {
  const quantile = quantileAbove(node, query);
  const [phi] = quantile?.args ?? [];
  const asked = phi && constantOf(query.of(phi));
  const { matchers } = withMatcher(node, 'le');
  const select = (value: number): Expr => withMatcher({ ...node, name, matchers }, 'quantile', String(value));
  const exported = quantiles ? ` It exports the quantiles ${list(quantiles.map(number))}.` : '';
  const value = quantiles === undefined || quantiles.includes(asked ?? NaN) ? asked : quantiles.at(-1);
  return value === undefined || !quantile
    ? advice`Select a quantile of \`${name}\` by its label \`quantile\`, or use \`${name}_count\` or \`${name}_sum\`.${exported}`
    : advice`Select a quantile: ${instead(quantile, select(value), query)}.${exported}`;
}

function fixOfHistogram(node: VectorSelector, family: string, asked: Text, query: Query): Advice {
  const phi = Number(typeof asked === 'string' ? asked : NaN);
  const buckets = { ...withMatcher(node, 'quantile'), name: `${family}_bucket` };
  const rate = overRange('rate', buckets, usualRange(buckets, query));
  const sum = aggregation('sum', rate, { mode: 'by', labels: ['le'] });
  // a range of it is read by a function, which the rate of the buckets takes the place of
  const range = query.parentOf(node);
  const whole = range?.type === 'MatrixSelector' ? (query.parentOf(range) ?? range) : node;
  const [each, together] = [rate, sum].map((of) =>
    instead(whole, call('histogram_quantile', numeral(phi >= 0 && phi <= 1 ? phi : 0.99), of), query),
  ) as [Replacement, Replacement];
  return advice`Write ${each}, or, for all series together, ${together}.`;
}
