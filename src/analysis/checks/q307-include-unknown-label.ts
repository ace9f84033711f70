import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { didYouMean, list } from '../wording.ts';

export const includeUnknownLabel: Check = defineCheck({
  code: 'Q307',
  nodes: {
    BinaryExpr(node, query) {
      const { matching } = node;
      if (!matching?.group || !matching.include) return undefined;
      const one = matching.group === 'left' ? node.rhs : node.lhs;
      if (presenceOf(query.of(one)) === 'never') return undefined;
      const labels = labelsOf(query.of(one));
      return matching.include.flatMap((name, index): Finding[] => {
        if (typeof name !== 'string' || labelFact(labels, name).presence !== 'impossible') return [];
        const { reason } = labelFact(labels, name);
        const has = possibleLabels(labels).filter((label) => !matching.labels.includes(label));
        return [
          {
            node,
            span: matching.includeSpans?.[index],
            message: `\`group_${matching.group}\` copies \`${name}\` from \`${query.print(one)}\`, which does not have it.${reason ? '' : didYouMean(name, has)}`,
            why: `${reason ? reason.text : 'The catalogue gives these series no such label'}. Copying what is not there takes \`${name}\` from the result.`,
            fix:
              has.length > 0 && !reason
                ? `Copy one of ${list(has)}, or join with a metric that has \`${name}\`.`
                : `Keep \`${name}\` on that side, or leave it out.`,
            ...(reason ? { related: [{ message: `\`${name}\` is dropped here`, node: reason.node }] } : {}),
          },
        ];
      });
    },
  },
});
