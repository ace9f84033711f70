import { defineCheck, type Check } from '../check.ts';
import { isNamedFreely, wordsOf } from '../naming.ts';

const KINDS: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped', 'stateset']);

export const kindInName: Check = defineCheck({
  code: 'M107',
  metric(metric) {
    const { name, kind } = metric;
    const word = wordsOf(name)
      .slice(1)
      .find((one) => KINDS.has(one));
    if (word === undefined || kind === 'untyped' || !isNamedFreely(metric)) return undefined;
    return {
      message: `\`${name}\` has its kind in its name: \`${word}\`.`,
      why: 'The kind stands in the metadata; a name with it is wrong as soon as the kind changes.',
      fix: `Leave \`_${word}\` out of the name.`,
    };
  },
});
