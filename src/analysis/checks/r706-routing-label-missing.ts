import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { labelFact, mustHave, type Reason } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { instead, keptThrough } from '../rewrite.ts';

export const routingLabelMissing: Check = defineCheck({
  code: 'R706',
  query(query) {
    const { place, facts, world } = query;
    if (place.type !== 'alert' || presenceOf(facts.root) === 'never') return undefined;
    const labels = labelsOf(facts.root);
    return (place.routingLabels ?? []).flatMap((label): Finding[] => {
      if (label === 'alertname' || [place.labels, world.externalLabels].some((set) => Object.hasOwn(set, label)))
        return [];
      const { presence, reason } = labelFact(labels, label);
      if (presence !== 'impossible') return [];
      return [
        {
          ...(reason ? { node: reason.node } : { node: query.expr }),
          message: `The alert has no label \`${label}\`, by which alerts are routed or inhibited.`,
          why: `${reason ? reason.text : 'The catalogue gives its series no such label'}, and the rule does not set it: the alert goes to the default receiver, and nothing inhibits it.`,
          fix: fixOf(label, reason, query),
        },
      ];
    });
  },
});

/** The query that keeps the label, where the series have or may have it; else the label in the rule. */
function fixOf(label: string, reason: Reason | undefined, query: Query): Advice {
  const kept = reason && keptThrough([label], reason.node, query.expr, query);
  if (!kept || reason.node.type !== 'AggregateExpr')
    return advice`Set \`${label}\` in the rule's labels: the series do not have it.`;
  const whole = instead(query.expr, kept, query);
  return mustHave(labelsOf(query.of(reason.node.expr)), label)
    ? advice`Keep it: ${whole}; or set \`${label}\` in the rule's labels, the same for all.`
    : advice`If the series have it, keep it: ${whole}. If not, set it in the rule's labels.`;
}
