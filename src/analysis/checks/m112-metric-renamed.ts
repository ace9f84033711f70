import type { MetricModel } from '../../metrics/model.ts';
import { isAtLeast } from '../../promql/options.ts';
import { defineCheck, type Check } from '../check.ts';
import { unknownMetric } from '../unknown-metrics.ts';

export const metricRenamed: Check = defineCheck({
  code: 'M112',
  nodes: {
    VectorSelector(node, query) {
      const found = unknownMetric(node, query);
      if (found?.code === 'M112' && found.metric) {
        const { name, meant = '', metric } = found;
        const since = metric.since === undefined ? '' : ` in version ${metric.since}`;
        return {
          node,
          span: node.nameSpan,
          message: `\`${name}\` is called \`${meant}\` now.`,
          why: `${metric.exporter ? `The exporter "${metric.exporter.name}"` : 'The exporter'} renamed the metric${since}: the query is right for the old version, and empty after the upgrade.`,
          fix: `Select \`${meant}\`, and look whether its labels changed too.`,
          related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
          ...(node.nameSpan ? { replacement: { span: node.nameSpan, text: meant } } : {}),
        };
      }
      const [origin] = query.of(node).sources[0]?.origins ?? [];
      const gone = origin?.metric && goneSince(origin.metric);
      if (!gone || !origin.metric) return undefined;
      const { renamedTo, position, exporter } = origin.metric;
      return {
        node,
        span: node.nameSpan,
        message: `\`${origin.metric.name}\` is gone in version ${exporter?.version ?? gone} of its exporter.`,
        why: `It was removed in ${gone}, so the selector is empty.`,
        fix: renamedTo === undefined ? 'Take another metric.' : `Select \`${renamedTo}\`.`,
        related: [{ message: `\`${origin.metric.name}\` is declared here`, position }],
      };
    },
  },
});

/** The version that took the metric away, where the exporter in use is as new. */
function goneSince({ removed, exporter }: MetricModel): string | undefined {
  return removed !== undefined && exporter?.version !== undefined && isAtLeast(exporter.version, removed)
    ? removed
    : undefined;
}
