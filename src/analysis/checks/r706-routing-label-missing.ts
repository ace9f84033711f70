import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';

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
          fix: reason
            ? `Keep \`${label}\` in the query, or set it in the rule's labels.`
            : `Set \`${label}\` in the rule's labels.`,
        },
      ];
    });
  },
});
