import type { AggregateExpr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { labelFact, METRIC_NAME, possibleLabels, type Reason } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { dropping, grouped, instead, keptThrough } from '../rewrite.ts';
import { didYouMean, list, nearest } from '../wording.ts';

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
              ? fixOfDropped(node, name, reason, query)
              : fixOfUnknown(node, name, possibleLabels(labels), query),
            ...(reason ? { related: [{ message: `\`${name}\` is dropped here`, node: reason.node }] } : {}),
          },
        ];
      });
    },
  },
});

function fixOfDropped(node: AggregateExpr, name: string, reason: Reason, query: Query): Advice {
  const leftOut = instead(node, dropping(node, [name]), query);
  const kept = keptThrough([name], reason.node, node, query);
  return kept
    ? advice`Keep it inside as well: ${instead(node, kept, query)}; or aggregate without it: ${leftOut}.`
    : advice`Aggregate without it: ${leftOut}.`;
}

function fixOfUnknown(node: AggregateExpr, name: string, has: readonly string[], query: Query): Advice {
  const near = nearest(name, has);
  const declare = `If they really have \`${name}\`, declare it in the catalogue.`;
  const known = has.length > 0 ? ` The series have ${list(has)}.` : '';
  if (near === undefined) return advice`Aggregate by a label that the series have.${known} ${declare}`;
  const labels = node.grouping?.labels.map((label) => (label === name ? near : label)) ?? [];
  return advice`Write ${instead(node, grouped(node, 'by', labels), query)}.${known} ${declare}`;
}
