import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact, METRIC_NAME, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { didYouMean } from '../wording.ts';

export const withoutUnknownLabel: Check = defineCheck({
  code: 'Q313',
  nodes: {
    AggregateExpr(node, query) {
      const { grouping } = node;
      const operand = query.of(node.expr);
      if (grouping?.mode !== 'without' || presenceOf(operand) === 'never') return undefined;
      const labels = labelsOf(operand);
      return grouping.labels.flatMap((name, index): Finding[] => {
        if (typeof name !== 'string' || name === METRIC_NAME) return [];
        const { presence, reason } = labelFact(labels, name);
        if (presence !== 'impossible') return [];
        return [
          {
            node,
            span: grouping.labelSpans?.[index],
            message: `\`${query.print(node.expr)}\` has no label \`${name}\` to take away.${reason ? '' : didYouMean(name, possibleLabels(labels))}`,
            why: `${reason ? reason.text : 'The catalogue gives these series no such label'}, so \`without (${name})\` changes nothing.`,
            fix: `Take \`${name}\` out of \`without (…)\`, or name the label that was meant.`,
            ...(reason ? { related: [{ message: `\`${name}\` is gone from here on`, node: reason.node }] } : {}),
          },
        ];
      });
    },
  },
});
