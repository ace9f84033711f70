import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { ratioOfRates, ratioOfSums } from '../ratios.ts';
import { instead } from '../rewrite.ts';

/** Only of what happens: the mean of two levels, such as how full disks are, is often meant per disk. */
export const meanOfRatios: Check = defineCheck({
  code: 'Q511',
  nodes: {
    AggregateExpr(node, query) {
      const ratio = ratioOfRates(node, query);
      if (!ratio) return undefined;
      return {
        node,
        message: `\`${node.op}()\` of a ratio gives a series with little traffic the same weight as a busy one.`,
        why: `\`${query.print(ratio)}\` is worked out for each series before \`${node.op}()\` puts them together, whatever their numbers of events are.`,
        fix: advice`Aggregate first: ${instead(node, ratioOfSums(node, ratio), query)}.`,
      };
    },
  },
});
