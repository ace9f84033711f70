import { defineCheck, type Check } from '../check.ts';
import { impossibleComparison } from '../comparisons.ts';
import { number } from '../wording.ts';

export const beyondLastBucket: Check = defineCheck({
  code: 'Q226',
  nodes: {
    BinaryExpr(node, query) {
      const found = impossibleComparison(node, query);
      if (found?.code !== 'Q226') return undefined;
      const { side, values, limit } = found;
      const beyond = limit.min >= values.max;
      const metric = query
        .of(side)
        .sources.flatMap(({ origins }) => origins)
        .find(({ metric: m }) => m?.buckets);
      return {
        node,
        message: `\`${query.print(node)}\` never holds: the quantile lies between ${number(values.min)} and ${number(values.max)}.`,
        why: beyond
          ? `A quantile that falls into the +Inf bucket is given as the bound of the last finite bucket, ${number(metric?.metric?.buckets?.at(-1) ?? values.max)}, however long it really took.`
          : 'A quantile is never below the lower end of the first bucket.',
        fix: beyond
          ? `Compare with at most ${number(values.max)} (\`>= ${number(values.max)}\` catches everything beyond the buckets), or give the histogram larger buckets.`
          : `Compare with a value above ${number(values.min)}.`,
        ...(metric?.metric
          ? {
              related: [
                {
                  message: `buckets of ${metric.metric.name}: ${metric.metric.buckets?.map(number).join(', ') ?? ''}`,
                  position: metric.metric.position,
                },
              ],
            }
          : {}),
      };
    },
  },
});
