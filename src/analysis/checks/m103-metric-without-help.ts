import { defineCheck, type Check } from '../check.ts';

export const metricWithoutHelp: Check = defineCheck({
  code: 'M103',
  metric({ name, help, recordedBy }) {
    if (recordedBy || (help !== undefined && help.trim() !== '')) return undefined;
    return {
      message: `\`${name}\` has no help text.`,
      why: 'Who reads a query has nothing else that says what is measured.',
      fix: 'Say in one sentence what is counted or measured.',
    };
  },
});
