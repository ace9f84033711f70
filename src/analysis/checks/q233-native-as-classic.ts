import { defineCheck, type Check } from '../check.ts';
import { list } from '../wording.ts';

export const nativeAsClassic: Check = defineCheck({
  code: 'Q233',
  nodes: {
    AggregateExpr(node, query) {
      const index = node.grouping?.mode === 'by' ? node.grouping.labels.indexOf('le') : -1;
      const { sources } = query.of(node.expr);
      if (index < 0 || !sources.every(({ sample }) => sample === 'histogram')) return undefined;
      const names = sources.flatMap(({ origins }) => origins.flatMap(({ name }) => name ?? []));
      return {
        node,
        span: node.grouping?.labelSpans?.[index],
        message: `${list(names)} is a native histogram, which has no label \`le\`.`,
        why: 'All its buckets are in one sample, so there is nothing to group by; `le` belongs to classic histograms.',
        fix: 'Take `le` out of `by (…)`.',
      };
    },
    VectorSelector(node, { world }) {
      if (typeof node.name !== 'string') return undefined;
      const family = node.name.replace(/_(?:bucket|sum|count)$/, '');
      const metric = node.name === family ? undefined : world.metrics.find(({ name }) => name === family);
      if (metric?.kind !== 'nativeHistogram') return undefined;
      const instead = node.name.endsWith('_bucket')
        ? `\`histogram_quantile(0.95, sum(rate(${family}[5m])))\` needs no \`_bucket\` and no \`le\``
        : `\`histogram_${node.name.slice(family.length + 1)}(${family})\` gives that number`;
      return {
        node,
        span: node.nameSpan ?? node.span,
        message: `\`${family}\` is a native histogram, which has no series \`${node.name}\`.`,
        why: 'A native histogram is one series whose samples hold all buckets, the sum and the count.',
        fix: `${instead}.`,
        related: [{ message: `\`${family}\` is declared here`, position: metric.position }],
      };
    },
  },
});
