import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { labelReferences } from '../templates.ts';
import { didYouMean, list, nearest } from '../wording.ts';

/** Only where the catalogue knows all labels: a label that the query itself took away is R701's. */
export const templateUnknownLabel: Check = defineCheck({
  code: 'R702',
  query(query) {
    if (query.place.type !== 'alert' || presenceOf(query.facts.root) === 'never') return undefined;
    const labels = labelsOf(query.facts.root);
    const has = possibleLabels(labels);
    return labelReferences(query.place).flatMap(({ label, part, text }): Finding[] => {
      const { presence, reason } = labelFact(labels, label);
      if (presence !== 'impossible' || reason) return [];
      return [
        {
          part,
          message: `\`${text}\` is always empty: the alert's series never had a label \`${label}\`.${didYouMean(label, has)}`,
          why: query.world.closed
            ? 'The catalogue lists every label of these series, and this is none of them.'
            : 'No series that the query can give has it.',
          fix: fixOf(label, text, has),
        },
      ];
    });
  },
});

/** The reference with a label that the series have. */
function fixOf(label: string, text: string, has: readonly string[]): string {
  // of `index $labels "x"` the label stands elsewhere
  const other = (name: string): string => (text.endsWith(label) ? text.slice(0, -label.length) + name : name);
  const near = nearest(label, has);
  if (near !== undefined) return `Write \`${other(near)}\`. The series have ${list(has)}.`;
  return has.length > 0 ? `Write ${list(has.map(other), 'or')}.` : 'Take it out of the text.';
}
