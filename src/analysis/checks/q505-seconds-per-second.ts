import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-units.ts';

export const secondsPerSecond: Check = defineCheck({
  code: 'Q505',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q505') return undefined;
    return {
      part: { part: 'unit' },
      message: `The panel's unit is \`${fault.panel}\`, but its query gives seconds per second, which is a plain number.`,
      why: 'A rate is per second, so the rate of a counter of seconds says how much of each second was used: 0.5 is half of the time, or half a core, and not half a second.',
      fix: 'Set the unit `percentunit` for a share of the time, or `short` for a number of cores.',
    };
  },
});
