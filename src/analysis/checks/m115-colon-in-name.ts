import { defineCheck, type Check } from '../check.ts';
import { isNamedFreely } from '../naming.ts';

export const colonInName: Check = defineCheck({
  code: 'M115',
  metric(metric) {
    if (!metric.name.includes(':') || !isNamedFreely(metric)) return undefined;
    return {
      message: `\`${metric.name}\` has a colon in its name, but no rule records it.`,
      why: 'By the colon people know what a recording rule made, and look for the rule.',
      fix: `Write \`_\` instead: \`${metric.name.replaceAll(':', '_')}\`.`,
    };
  },
});
