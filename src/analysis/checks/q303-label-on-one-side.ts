import type { BinaryExpr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import type { Mismatch } from '../facts/facts.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { labelList, list } from '../wording.ts';

export const labelOnOneSide: Check = defineCheck({
  code: 'Q303',
  nodes: {
    BinaryExpr(node, query): Finding | undefined {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q303') return undefined;
      const { mismatch, all } = found;
      const [has, lacks] = mismatch.left.presence === 'impossible' ? ['right', 'left'] : ['left', 'right'];
      const missing = has === 'left' ? mismatch.right : mismatch.left;
      const onlyOnOne = all.filter(
        ({ left, right }) => left.presence === 'impossible' || right.presence === 'impossible',
      );
      return {
        node,
        message: `No series of \`${query.print(node.lhs)}\` matches one of \`${query.print(node.rhs)}\`: only the ${has} side has the label \`${mismatch.label}\`.`,
        why: `${WHY[node.matching?.mode ?? 'all']} and every series on the ${has} has \`${mismatch.label}\` while none on the ${lacks} does${missing.reason ? ` (${missing.reason.text})` : ''}; the result is always empty.`,
        fix: fixOf(node, onlyOnOne),
        ...(missing.reason
          ? { related: [{ message: `\`${mismatch.label}\` is lost here`, node: missing.reason.node }] }
          : {}),
      };
    },
  },
});

const WHY = {
  all: 'Without `on` or `ignoring` two series match when all their labels are equal,',
  on: 'The labels of `on (…)` have to be equal,',
  ignoring: 'All labels but those of `ignoring (…)` have to be equal,',
} as const;

function fixOf({ matching }: BinaryExpr, onlyOnOne: readonly Mismatch[]): string {
  const labels = onlyOnOne.map(({ label }) => label);
  if (matching?.mode === 'on') return `Take ${list(labels)} out of \`on (…)\`.`;
  const ignored = labelList([...(matching?.labels ?? []), ...labels]);
  return `Aggregate ${list(labels)} away on the side that has ${labels.length === 1 ? 'it' : 'them'}, or write \`ignoring (${ignored})\`.`;
}
