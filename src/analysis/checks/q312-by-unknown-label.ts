import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact, METRIC_NAME, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { didYouMean } from '../wording.ts';

/** A Grafana variable in the list can be any label, and a list that a variable cuts into is not judged. */
export const byUnknownLabel: Check = defineCheck({
  code: 'Q312',
  nodes: {
    AggregateExpr(node, query) {
      const { grouping } = node;
      const operand = query.of(node.expr);
      if (grouping?.mode !== 'by' || presenceOf(operand) === 'never') return undefined;
      const labels = labelsOf(operand);
      return grouping.labels.flatMap((name, index): Finding[] => {
        if (typeof name !== 'string' || name === METRIC_NAME) return [];
        // `le` of a native histogram is Q233's
        if (name === 'le' && operand.sources.every(({ sample }) => sample === 'histogram')) return [];
        const fact = labelFact(labels, name);
        if (fact.presence !== 'impossible') return [];
        const { reason } = fact;
        return [
          {
            node,
            span: grouping.labelSpans?.[index],
            message: `\`${query.print(node.expr)}\` has no label \`${name}\` to aggregate by.${reason ? '' : didYouMean(name, possibleLabels(labels))}`,
            why: `${reason ? reason.text : 'The catalogue gives these series no such label'}; a label that is missing everywhere tells no groups apart and is not in the result.`,
            fix: reason
              ? `Keep \`${name}\` further inside, or take it out of \`by (…)\`.`
              : 'Aggregate by a label that the series have, or declare the label in the catalogue.',
            ...(reason ? { related: [{ message: `\`${name}\` is dropped here`, node: reason.node }] } : {}),
          },
        ];
      });
    },
  },
});
