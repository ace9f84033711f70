import { defineCheck, type Check } from '../check.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { labelList } from '../wording.ts';

export const bucketAgainstCount: Check = defineCheck({
  code: 'Q228',
  nodes: {
    BinaryExpr(node, query) {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q228') return undefined;
      const ignoring = node.matching?.mode === 'ignoring' ? node.matching.labels : [];
      return {
        node,
        message: `No bucket of \`${query.print(node.lhs)}\` matches \`${query.print(node.rhs)}\`: only buckets have the label \`le\`.`,
        why: 'Series match when all labels are equal, and the sum and the count of a histogram have no `le`; the result is always empty.',
        fix:
          node.matching?.mode === 'on'
            ? 'Take `le` out of `on (…)`.'
            : `Write \`${node.op} ignoring (${labelList([...ignoring, 'le'])})\`.`,
      };
    },
  },
});
