import { defineCheck, type Check } from '../check.ts';
import type { Source } from '../facts/facts.ts';
import { seriesName } from '../wording.ts';
import { RATES } from '../facts/call.ts';

export const rateOfRate: Check = defineCheck({
  code: 'Q205',
  nodes: {
    Call(node, query) {
      const [range] = node.args;
      if (!RATES.has(node.func) || !range) return undefined;
      const already = query.of(range).sources.map(whatItIs);
      const [what] = already;
      if (what === undefined || already.includes(undefined)) return undefined;
      return {
        node,
        message: `\`${node.func}()\` needs a counter, but ${what}.`,
        why: `Such a value goes up and down. \`${node.func}()\` takes every fall for a restart and adds it back, so the result means nothing.`,
        fix: `Use \`avg_over_time()\` for the mean of the rate, \`max_over_time()\` for its peak, or \`deriv()\` for its slope.`,
      };
    },
  },
});

/** Why a source is no counter any more, where that is known. */
function whatItIs({ ranges, origins, counter, estimated, sample }: Source): string | undefined {
  if (sample === 'histogram') return undefined;
  const rate = ranges.find(({ func }) => RATES.has(func));
  if (rate) return `its argument is already the result of \`${rate.func}()\``;
  const [origin] = origins;
  const recorded = origin?.metric?.recordedBy && counter === undefined && estimated === true;
  return recorded ? `${seriesName(origin)} is recorded from an expression that gives a rate or a mean` : undefined;
}
