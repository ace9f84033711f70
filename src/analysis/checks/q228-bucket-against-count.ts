import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { instead } from '../rewrite.ts';

export const bucketAgainstCount: Check = defineCheck({
  code: 'Q228',
  nodes: {
    BinaryExpr(node, query) {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q228') return undefined;
      const { mode = 'ignoring', labels = [], ...group } = node.matching ?? {};
      const matching = {
        ...group,
        mode,
        labels: mode === 'on' ? labels.filter((label) => label !== 'le') : [...labels, 'le'],
      };
      return {
        node,
        message: `No bucket of \`${query.print(node.lhs)}\` matches \`${query.print(node.rhs)}\`: only buckets have the label \`le\`.`,
        why: 'Series match when all labels are equal, and the sum and the count of a histogram have no `le`; the result is always empty.',
        fix: advice`Leave \`le\` out of the match: ${instead(node, { ...node, matching }, query)}.`,
      };
    },
  },
});
