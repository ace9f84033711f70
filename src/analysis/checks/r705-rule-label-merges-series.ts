import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { instead, without } from '../rewrite.ts';
import { overwrittenLabels } from '../overwritten-labels.ts';

export const ruleLabelMergesSeries: Check = defineCheck({
  code: 'R705',
  query(query) {
    const { place } = query;
    if (place.type !== 'record') return undefined;
    return overwrittenLabels(place.labels, query)
      .filter(({ merges }) => merges)
      .map(({ label, value, fact }) => ({
        part: { part: 'label' as const, name: label },
        message: `The rule sets \`${label}: ${value}\` on series that only \`${label}\` tells apart.`,
        why: 'They become equal, and Prometheus refuses the result: "vector contains metrics with the same labelset after applying rule labels".',
        fix: advice`Make one series of them: ${instead(query.expr, without(query.expr, [label]), query)}; or set a label that the series do not have.`,
        ...(fact.reason
          ? { related: [{ message: `the series have \`${label}\` from here`, node: fact.reason.node }] }
          : {}),
      }));
  },
});
