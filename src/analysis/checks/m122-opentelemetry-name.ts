import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { selectedName } from '../facts/selector.ts';
import { sampleNames } from '../../metrics/lookup.ts';
import { fixOfBareHistogram } from '../histogram-parts.ts';
import { nameFault } from '../metric-names.ts';
import { renamed } from '../rewrite.ts';
import { list } from '../wording.ts';

export const opentelemetryName: Check = defineCheck({
  code: 'M122',
  nodes: {
    VectorSelector(node, query) {
      const { world } = query;
      const name = selectedName(node);
      const fault = name === undefined ? undefined : nameFault(name, world);
      if (fault?.code !== 'M122') return undefined;
      const { metric, instead } = fault;
      if (fault.bare) {
        return {
          node,
          span: node.nameSpan ?? node.span,
          message: `There is no series \`${name}\`: in Prometheus it is the histogram \`${metric.name}\`.`,
          why: `On the way from OpenTelemetry dots become \`_\` and the unit becomes part of the name; a histogram is stored as ${list(sampleNames(metric))}.`,
          fix: fixOfBareHistogram(node, metric, query),
          related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
        };
      }
      const corrected = renamed(node, instead, query);
      return {
        node,
        span: node.nameSpan ?? node.span,
        message: `There is no series \`${name}\`: in Prometheus it is called \`${instead}\`.`,
        why: "On the way from OpenTelemetry dots become `_`, and the unit and a counter's `_total` become part of the name.",
        fix: advice`Write ${corrected}.`,
        related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
        replacement: corrected,
      };
    },
  },
});
