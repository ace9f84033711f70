import type { BinaryExpr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { labelFact, possibleLabels } from '../facts/labels.ts';
import { labelsOf } from '../facts/source.ts';
import { classifiedMismatch, unknownOnLabels } from '../mismatches.ts';
import { instead } from '../rewrite.ts';
import { didYouMean, list, nearest } from '../wording.ts';

export const onUnknownLabel: Check = defineCheck({
  code: 'Q309',
  nodes: {
    BinaryExpr(node, query) {
      if (classifiedMismatch(node, query)) return undefined;
      const [name] = unknownOnLabels(node, query);
      if (name === undefined) return undefined;
      const sides = [node.lhs, node.rhs].map((side) => labelsOf(query.of(side)));
      const lacking = sides.map((labels) => labelFact(labels, name).presence === 'impossible');
      const [left, right] = sides.map(possibleLabels) as [readonly string[], readonly string[]];
      const both = left.filter((label) => right.includes(label));
      const who = lacking[0] && lacking[1] ? 'Neither side has' : `The ${lacking[0] ? 'left' : 'right'} side has no`;
      const index = node.matching?.labels.indexOf(name) ?? -1;
      return {
        node,
        span: node.matching?.labelSpans?.[index],
        message: `${who}${lacking[0] && lacking[1] ? ' a' : ''} label \`${name}\` to match on.${didYouMean(name, both)}`,
        why: 'A label that is missing counts as empty, so all series of that side are one group: either Prometheus refuses the query for duplicates, or an unrelated pair is matched.',
        fix: fixOf(node, name, both, query),
      };
    },
  },
});

function fixOf(node: BinaryExpr, name: string, both: readonly string[], query: Query): Advice {
  const near = nearest(name, both);
  if (near === undefined)
    return both.length > 0
      ? advice`Match on labels that both sides have: ${list(both, 'or')}.`
      : advice`Match on labels that both sides have.`;
  const matching = node.matching as VectorMatching;
  const labels = matching.labels.map((label) => (label === name ? near : label));
  return advice`Write ${instead(node, { ...node, matching: { ...matching, labels } }, query)}. Both sides have ${list(both)}.`;
}
