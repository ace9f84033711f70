import { defineCheck, type Check } from '../check.ts';
import { baseOf, isNamedFreely, wordsOf } from '../naming.ts';

export const notABaseUnit: Check = defineCheck({
  code: 'M104',
  metric(metric) {
    const { name, unit = '' } = metric;
    if (!isNamedFreely(metric)) return undefined;
    const found = [...wordsOf(name), unit].find((word) => baseOf(word) !== undefined);
    if (found === undefined) return undefined;
    return {
      message: `\`${name}\` is in ${found}, which is no base unit.`,
      why: 'Where all metrics use the same units, no query has to convert one, and none forgets to.',
      fix: `Measure in ${baseOf(found) ?? ''}; the panel shows the size that fits.`,
    };
  },
});
