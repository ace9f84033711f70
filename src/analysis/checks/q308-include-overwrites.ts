import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact, type LabelFact } from '../facts/labels.ts';
import { areDisjoint } from '../facts/label-values.ts';
import { labelsOf } from '../facts/source.ts';

export const includeOverwrites: Check = defineCheck({
  code: 'Q308',
  nodes: {
    BinaryExpr(node, query) {
      const { matching } = node;
      if (!matching?.group || !matching.include) return undefined;
      const [manySide, oneSide] = matching.group === 'left' ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      const [many, one] = [labelsOf(query.of(manySide)), labelsOf(query.of(oneSide))];
      return matching.include.flatMap((name, index): Finding[] => {
        if (typeof name !== 'string') return [];
        const [before, after] = [labelFact(many, name), labelFact(one, name)];
        if (before.presence !== 'guaranteed' || after.presence === 'impossible' || !differ(before, after)) return [];
        return [
          {
            node,
            span: matching.includeSpans?.[index],
            message: `\`group_${matching.group} (${name})\` overwrites the \`${name}\` of \`${query.print(manySide)}\` with another one.`,
            why: `Both sides have \`${name}\`, and it does not mean the same${before.target && after.target ? ` (it is the scrape's label of ${before.target} here, of ${after.target} there)` : ''}. Afterwards nobody can tell where the value comes from, and series that only \`${name}\` told apart become duplicates.`,
            fix: `Copy a label that the other side does not have, or rename it first with \`label_replace()\`.`,
          },
        ];
      });
    },
  },
});

function differ(before: LabelFact, after: LabelFact): boolean {
  if (before.target !== undefined && after.target !== undefined) return before.target !== after.target;
  return areDisjoint(before.values, after.values);
}
