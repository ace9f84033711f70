import { defineCheck, type Check } from '../check.ts';
import { unknownMetric } from '../unknown-metrics.ts';

export const clientLibraryName: Check = defineCheck({
  code: 'M121',
  nodes: {
    VectorSelector(node, query) {
      const found = unknownMetric(node, query);
      if (found?.code !== 'M121') return undefined;
      const { name, meant = '', metric } = found;
      const library = metric?.exporter?.clientLibrary;
      return {
        node,
        span: node.nameSpan,
        message: `The counter \`${name}\` is exposed as \`${meant}\`.`,
        why: `${library === undefined ? 'Client libraries that follow OpenMetrics' : `The client library ${library}`} and the collectors of such names end the name of every counter in "_total"; a series \`${name}\` does not exist.`,
        fix: `Select \`${meant}\`.`,
        related: [{ message: `\`${metric?.name ?? ''}\` is declared here`, position: metric?.position }],
        ...(node.nameSpan ? { replacement: { span: node.nameSpan, text: meant } } : {}),
      };
    },
  },
});
