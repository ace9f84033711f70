import { defineCheck, type Check } from '../check.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { list } from '../wording.ts';

export const joinAcrossExporters: Check = defineCheck({
  code: 'Q304',
  nodes: {
    BinaryExpr(node, query) {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q304') return undefined;
      const { mismatch, all } = found;
      const targets = all
        .filter(({ left, right }) => left.target !== undefined && right.target !== undefined)
        .map(({ label }) => label);
      const common = [...found.left.labels.named.keys()].filter(
        (label) =>
          label !== '__name__' &&
          !targets.includes(label) &&
          found.right.labels.named.has(label) &&
          !['job', 'instance'].includes(label),
      );
      return {
        node,
        message: `No series of \`${query.print(node.lhs)}\` matches one of \`${query.print(node.rhs)}\`: they come from different exporters, ${mismatch.left.target} and ${mismatch.right.target}.`,
        why: `The scrape itself attaches ${list(targets)}, with different values for different exporters, and without \`on\` they have to be equal; the result is always empty.`,
        fix: `Name the labels that mean the same on both sides: \`${node.op} on (${common.length > 0 ? common.join(', ') : '…'})\`.`,
      };
    },
  },
});
