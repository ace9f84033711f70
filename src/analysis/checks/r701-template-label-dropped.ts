import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { labelFact, type Reason } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { instead, keptThrough } from '../rewrite.ts';
import { labelReferences } from '../templates.ts';

/** Reported only where no branch of the query has the label. */
export const templateLabelDropped: Check = defineCheck({
  code: 'R701',
  query(query) {
    if (query.place.type !== 'alert' || presenceOf(query.facts.root) === 'never') return undefined;
    const labels = labelsOf(query.facts.root);
    return labelReferences(query.place).flatMap(({ label, part, text }): Finding[] => {
      const { presence, reason } = labelFact(labels, label);
      if (presence !== 'impossible' || !reason) return [];
      return [
        {
          part,
          message: `\`${text}\` is always empty: the alert's query has no label \`${label}\`.`,
          why: `${reason.text}, so no alert has it. Labels that the rule itself sets are not in \`$labels\` either.`,
          fix: fixOf(label, text, reason, query),
          related: [{ message: `\`${label}\` is dropped here`, node: reason.node }],
        },
      ];
    });
  },
});

function fixOf(label: string, text: string, reason: Reason, query: Query): Advice {
  // absent() gives labels that its selector names, and no others
  if (reason.node.type === 'Call') return advice`Take \`${text}\` out of the text.`;
  const kept = keptThrough([label], reason.node, query.expr, query);
  return kept
    ? advice`For an alert per \`${label}\` write ${instead(query.expr, kept, query)}; else take \`${text}\` out of the text.`
    : advice`Take \`${text}\` out of the text, or keep \`${label}\` in the query.`;
}
