import { defineCheck, type Check } from '../check.ts';
import { abbreviationIn, isNamedFreely, isUnitWord, wordsOf } from '../naming.ts';

export const unitNotInName: Check = defineCheck({
  code: 'M113',
  metric(metric) {
    const { name, unit } = metric;
    if (unit === undefined || !isNamedFreely(metric) || abbreviationIn(name) !== undefined) return undefined;
    const word = unit.replace(/^timestamp_/, '');
    // amounts per second, counts and money have no word of their own
    if (!isUnitWord(word) || wordsOf(name).some(isUnitWord)) return undefined;
    return {
      message: `\`${name}\` is in ${unit}, but its name does not say so.`,
      why: 'Who writes a query sees the name and not the catalogue.',
      fix: `Put \`_${word}\` behind the name, before a \`_total\`; or say \`nameAsExposed\` if the exporter really calls it so.`,
    };
  },
});
