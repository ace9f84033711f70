import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';

export const secondsPerSecond: Check = defineCheck({
  code: 'Q505',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q505') return undefined;
    return {
      part: { part: 'unit' },
      message: `The rate of a time is no time: the panel's unit \`${fault.id}\` does not fit.`,
      why: 'Seconds per second are a share of the time: 0.5 means that half of every second was spent, not half a second.',
      fix: 'Set the unit `percentunit` (or `none` for a number of cores), or use `increase()` for the seconds spent in the range.',
    };
  },
});
