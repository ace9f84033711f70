import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { sampleNames } from '../../metrics/lookup.ts';
import { unknownMetric } from '../unknown-metrics.ts';
import { list } from '../wording.ts';

/** Below histogram functions a wrong series of a right histogram is Q224's and Q231's to explain. */
export const unknownMetricCheck: Check = defineCheck({
  code: 'M101',
  nodes: {
    VectorSelector(node, query) {
      const found = unknownMetric(node, query);
      if (found?.code !== 'M101') return undefined;
      const { name, meant, metric } = found;
      const family =
        query.world.metrics.find((known) => known.name === name) ??
        query.world.metrics.find((known) => name === `${known.name}_bucket`);
      if (family && isBelowQuantile(node, query)) return undefined;
      return {
        node,
        span: node.nameSpan,
        message: `The catalogue has no metric \`${name}\`.${meant === undefined || family ? '' : ` Did you mean \`${meant}\`?`}`,
        why: family
          ? `\`${family.name}\` is a ${family.kind}, whose series are called ${list(sampleNames(family))}.`
          : 'In a closed world a metric that is not in the catalogue does not exist, so the selector is always empty.',
        fix: family ? 'Select one of its series.' : 'Mend the name, or declare the metric in the catalogue.',
        related:
          metric && !family ? [{ message: `\`${metric.name}\` is declared here`, position: metric.position }] : [],
      };
    },
  },
});

function isBelowQuantile(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  if (!parent) return false;
  return (parent.type === 'Call' && parent.func.startsWith('histogram_')) || isBelowQuantile(parent, query);
}
