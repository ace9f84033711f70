import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { impossibleComparison } from '../comparisons.ts';
import { instead, numeral, operation } from '../rewrite.ts';
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
        message: `\`${query.print(node)}\` never holds: what the buckets can show lies between ${number(values.min)} and ${number(values.max)}.`,
        why: beyond
          ? `The buckets of \`${metric?.metric?.name ?? 'the histogram'}\` are ${[...(metric?.metric?.buckets ?? []), Infinity].map(number).join(', ')}. A quantile that falls into the +Inf bucket is given as the bound of the bucket before it, however large it really was.`
          : 'A quantile is never below the lower end of the first bucket.',
        fix: beyond
          ? advice`Write ${instead(node, operation('>=', side, numeral(values.max)), query)}, which holds for all that is beyond the last bucket; or give the histogram buckets above ${number(limit.min)}.`
          : `Compare with a value above ${number(values.min)}.`,
      };
    },
  },
});
