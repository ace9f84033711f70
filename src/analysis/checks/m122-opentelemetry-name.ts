import { defineCheck, type Check } from '../check.ts';
import { unknownMetric } from '../unknown-metrics.ts';

export const opentelemetryName: Check = defineCheck({
  code: 'M122',
  nodes: {
    VectorSelector(node, query) {
      const found = unknownMetric(node, query);
      if (found?.code !== 'M122') return undefined;
      const { name, meant = '', metric } = found;
      return {
        node,
        span: node.nameSpan,
        message: `\`${name}\` is stored as \`${meant}\`.`,
        why: 'On the way from OpenTelemetry into Prometheus dots become "_", and the unit and "_total" are added to the name.',
        fix: `Select \`${meant}\`.`,
        related: [{ message: `\`${metric?.name ?? ''}\` is declared here`, position: metric?.position }],
      };
    },
  },
});
