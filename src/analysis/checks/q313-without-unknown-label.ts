import type { AggregateExpr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { labelFact, METRIC_NAME, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { grouped, instead } from '../rewrite.ts';
import { didYouMean, list, nearest } from '../wording.ts';

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
            fix: fixOf(node, name, possibleLabels(labels), query),
            ...(reason ? { related: [{ message: `\`${name}\` is gone from here on`, node: reason.node }] } : {}),
          },
        ];
      });
    },
  },
});

/** The label that was meant, or the aggregation without this one; without any it does nothing. */
function fixOf(node: AggregateExpr, name: string, has: readonly string[], query: Query): Advice {
  const labels = node.grouping?.labels ?? [];
  const known = has.length > 0 ? ` The series have ${list(has)}.` : '';
  const near = nearest(name, has);
  if (near !== undefined) {
    const corrected = labels.map((label) => (label === name ? near : label));
    return advice`Write ${instead(node, grouped(node, 'without', corrected), query)}.${known}`;
  }
  const rest = labels.filter((label) => label !== name);
  const leftOut = instead(node, rest.length > 0 ? grouped(node, 'without', rest) : node.expr, query);
  return advice`Name a label that the series have, or leave it out: ${leftOut}.${known}`;
}
