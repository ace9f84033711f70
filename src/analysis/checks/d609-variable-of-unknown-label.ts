import { defineCheck, type Check } from '../check.ts';
import { labelFact, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { didYouMean, list } from '../wording.ts';

export const variableOfUnknownLabel: Check = defineCheck({
  code: 'D609',
  query(query) {
    const { place, facts } = query;
    if (place.type !== 'variable' || place.label === undefined || presenceOf(facts.root) === 'never') return undefined;
    const labels = labelsOf(facts.root);
    if (labelFact(labels, place.label).presence !== 'impossible') return undefined;
    const has = possibleLabels(labels);
    return {
      message: `The variable \`${place.name}\` asks for the values of \`${place.label}\`, which \`${query.text}\` does not have.${didYouMean(place.label, has)}`,
      why: 'Without a value the list is empty, and every panel that uses the variable is, too.',
      fix: `Take one of ${list(has)}, or a metric with the label \`${place.label}\`.`,
    };
  },
});
