import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
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
          fix: `Keep \`${label}\` in the query (\`${query.print(reason.node)}\`), or take it out of the text.`,
          related: [{ message: `\`${label}\` is dropped here`, node: reason.node }],
        },
      ];
    });
  },
});
