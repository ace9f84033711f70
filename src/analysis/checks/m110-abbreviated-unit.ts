import { defineCheck, type Check } from '../check.ts';
import { abbreviationIn, isNamedFreely, wordFor } from '../naming.ts';

export const abbreviatedUnit: Check = defineCheck({
  code: 'M110',
  metric(metric) {
    const short = isNamedFreely(metric) ? abbreviationIn(metric.name) : undefined;
    if (short === undefined) return undefined;
    return {
      message: `\`${metric.name}\` abbreviates its unit: \`_${short}\`.`,
      why: 'Readers have to guess: `m` is minutes, metres or a million.',
      fix: `Write the base unit out: \`_${wordFor(short) ?? ''}\`.`,
    };
  },
});
