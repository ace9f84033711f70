import { defineCheck, type Check } from '../check.ts';
import { selectedName } from '../facts/selector.ts';
import { nameFault } from '../metric-names.ts';

export const opentelemetryName: Check = defineCheck({
  code: 'M122',
  nodes: {
    VectorSelector(node, { world }) {
      const name = selectedName(node);
      const fault = name === undefined ? undefined : nameFault(name, world);
      if (fault?.code !== 'M122') return undefined;
      const { metric, instead } = fault;
      return {
        node,
        span: node.nameSpan ?? node.span,
        message: `Prometheus stores \`${name}\` as \`${instead}\`.`,
        why: "On the way from OpenTelemetry dots become `_`, and the unit and a counter's `_total` are put behind the name.",
        fix: `Use \`${instead}\`.`,
        related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
        ...(node.nameSpan ? { replacement: { span: node.nameSpan, text: instead } } : {}),
      };
    },
  },
});
