import { defineCheck, type Check } from '../check.ts';
import { labelFact, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { didYouMean, list, nearest } from '../wording.ts';

export const variableOfUnknownLabel: Check = defineCheck({
  code: 'D609',
  query(query) {
    const { place, facts } = query;
    if (place.type !== 'variable' || place.label === undefined || presenceOf(facts.root) === 'never') return undefined;
    const labels = labelsOf(facts.root);
    if (labelFact(labels, place.label).presence !== 'impossible') return undefined;
    const has = possibleLabels(labels);
    const near = nearest(place.label, has);
    return {
      message: `The variable \`${place.name}\` asks for the values of \`${place.label}\`, which \`${query.text}\` does not have.${didYouMean(place.label, has)}`,
      why: 'Grafana finds no value to choose from, and every panel that uses the variable is empty.',
      fix:
        near === undefined
          ? `Ask for ${list(has, 'or')}, or ask a metric that has \`${place.label}\`.`
          : `Write \`label_values(${query.text}, ${near})\`.`,
    };
  },
});
