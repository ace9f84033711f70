import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { BinaryExpr, Expr, VectorMatching } from '../../promql/ast.ts';
import { labelFact, mayHave, possibleLabels, type LabelFact } from '../facts/labels.ts';
import { areDisjoint } from '../facts/label-values.ts';
import { labelsOf } from '../facts/source.ts';
import { call, instead, textLiteral } from '../rewrite.ts';
import { list } from '../wording.ts';

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
            fix: fixOf(
              node,
              oneSide,
              name,
              possibleLabels(one).filter((label) => !mayHave(many, label)),
              query,
            ),
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

/** The join without the label, or with the label under a name of its own. */
function fixOf(node: BinaryExpr, one: Expr, name: string, own: readonly string[], query: Query): Advice {
  const matching = node.matching as VectorMatching;
  const rest = matching.include?.filter((label) => label !== name) ?? [];
  const other = `other_${name}`;
  const copy = call('label_replace', one, ...[other, '$1', name, '(.*)'].map(textLiteral));
  const renamed: BinaryExpr = {
    ...node,
    ...(one === node.lhs ? { lhs: copy } : { rhs: copy }),
    matching: { ...matching, include: [...rest, other] },
  };
  const leftOut: BinaryExpr = { ...node, matching: { ...matching, include: rest } };
  const more = own.length > 0 ? ` Labels that only that side has: ${list(own)}.` : '';
  return advice`Leave it out: ${instead(node, leftOut, query)}; or copy it under another name: ${instead(node, renamed, query)}.${more}`;
}
