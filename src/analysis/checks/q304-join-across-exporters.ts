import type { BinaryExpr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { uniqueOf } from '../facts/source.ts';
import { instead } from '../rewrite.ts';
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
        fix: fixOf(node, common, query),
      };
    },
  },
});

function fixOf(node: BinaryExpr, common: readonly string[], query: Query): Advice {
  if (common.length === 0) return advice`Name the labels that mean the same on both sides with \`on\`.`;
  const several = (side: BinaryExpr['lhs']): boolean =>
    uniqueOf(query.of(side), (label) => common.includes(label)) === 'several';
  const { group, include } = node.matching ?? {};
  const many = group ?? (several(node.lhs) ? 'left' : several(node.rhs) ? 'right' : undefined);
  const matching: VectorMatching = {
    mode: 'on',
    labels: common,
    ...(many ? { group: many, include: include ?? [] } : {}),
  };
  return advice`Name the labels that mean the same on both sides: ${instead(node, { ...node, matching }, query)}.`;
}
