import { defineCheck, type Check } from '../check.ts';
import { overwrittenLabels } from '../overwritten-labels.ts';

export const ruleLabelOverwrites: Check = defineCheck({
  code: 'R704',
  query(query) {
    const { place } = query;
    if (place.type !== 'alert') return undefined;
    return overwrittenLabels(place.labels, query).map(({ label, value, fact }) => ({
      part: { part: 'label' as const, name: label },
      message: `The rule sets \`${label}: ${value}\`, although its series have the label \`${label}\`.`,
      why: 'The rule wins. All alerts get the same value, those that differed in nothing else become one, and Prometheus then refuses the whole rule.',
      fix: `Give the rule's label another name, or take \`${label}\` out of the query's result.`,
      ...(fact.reason
        ? { related: [{ message: `the series have \`${label}\` from here`, node: fact.reason.node }] }
        : {}),
    }));
  },
});
