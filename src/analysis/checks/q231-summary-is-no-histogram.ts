import { defineCheck, type Check } from '../check.ts';

export const summaryIsNoHistogram: Check = defineCheck({
  code: 'Q231',
  nodes: {
    VectorSelector(node, { world }) {
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
          fix: `Select a quantile: \`${family}{quantile="${metric.quantiles?.at(-1) ?? '0.99'}"}\`.`,
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
        fix: `Write \`histogram_quantile(${typeof quantile.value === 'string' ? quantile.value : '0.99'}, sum by (le) (rate(${family}_bucket[5m])))\`.`,
        related: [{ message: `\`${family}\` is declared here`, position: metric.position }],
      };
    },
  },
});
