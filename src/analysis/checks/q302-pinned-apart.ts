import { defineCheck, type Check } from '../check.ts';
import type { LabelFact } from '../facts/labels.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { labelList } from '../wording.ts';

export const pinnedApart: Check = defineCheck({
  code: 'Q302',
  nodes: {
    BinaryExpr(node, query) {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q302') return undefined;
      const { label, left, right } = found.mismatch;
      const ignored = labelList([...(node.matching?.mode === 'ignoring' ? node.matching.labels : []), label]);
      return {
        node,
        message: `No series of \`${query.print(node.lhs)}\` matches one of \`${query.print(node.rhs)}\`: \`${label}\` is ${valuesText(left)} on the left and ${valuesText(right)} on the right.`,
        why: `Series match when \`${label}\` is equal, and here it never is${node.op === 'unless' ? ', so nothing is taken away' : '; the result is always empty'}.`,
        fix: `Leave \`${label}\` out of the match: ${node.matching?.mode === 'on' ? `take it out of \`on (…)\`` : `\`${node.op} ignoring (${ignored})\``}, or aggregate it away on both sides.`,
      };
    },
  },
});

function valuesText({ values }: LabelFact): string {
  const { oneOf, matching } = values;
  if (oneOf) return oneOf.map((value) => `"${value}"`).join(' or ');
  return matching ? `like "${matching.join('" and "')}"` : 'something else';
}
