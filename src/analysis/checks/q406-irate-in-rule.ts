import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';

import { instead } from '../rewrite.ts';

export const irateInRule: Check = defineCheck({
  code: 'Q406',
  nodes: {
    Call(node, query) {
      const { place } = query;
      if (node.func !== 'irate' || (place.type !== 'alert' && place.type !== 'record')) return undefined;
      // a record that is called …:sum_irate says what it holds
      if (place.type === 'record' && place.name.includes('irate')) return undefined;
      return {
        node,
        span: node.funcSpan,
        message: `\`irate()\` in ${place.type === 'alert' ? 'an alert' : 'a recording rule'} jumps with every scrape.`,
        why: 'irate() takes the last two samples only, so a short dip resets `for`, and what happened between two evaluations is not seen at all.',
        fix: advice`Write ${instead(node, { ...node, func: 'rate' }, query)}.`,
        ...(node.funcSpan ? { replacement: { span: node.funcSpan, text: 'rate' } } : {}),
      };
    },
  },
});
