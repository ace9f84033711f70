import { defineCheck, type Check } from '../check.ts';
import { namingOf } from '../client-libraries.ts';
import { isNamedFreely } from '../naming.ts';

export const totalSuffix: Check = defineCheck({
  code: 'M102',
  metric(metric) {
    const { name, kind } = metric;
    const total = name.endsWith('_total');
    if (!isNamedFreely(metric) || kind === 'untyped' || total === (kind === 'counter')) return undefined;
    // what the library really exposes is M121's to say
    if (!total && namingOf(metric)?.adds.includes('_total')) return undefined;
    return total
      ? {
          message: `\`${name}\` is a ${kind}, but \`_total\` says that it is a counter.`,
          why: 'People and tools take rates of what ends in `_total`.',
          fix: 'Leave `_total` out of the name, or declare it with `nameAsExposed` if the exporter really calls it so.',
        }
      : {
          message: `The counter \`${name}\` does not end in \`_total\`.`,
          why: 'OpenMetrics demands the suffix, and people and tools know counters by it.',
          fix: `Call it \`${name}_total\`, or declare it with \`nameAsExposed\` if the exporter really calls it so.`,
        };
  },
});
