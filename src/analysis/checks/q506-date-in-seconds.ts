import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';

export const dateInSeconds: Check = defineCheck({
  code: 'Q506',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q506') return undefined;
    return {
      part: { part: 'unit' },
      message: `The panel's unit \`${fault.id}\` reads milliseconds, but the query gives seconds since 1970.`,
      why: 'A thousandth of the time since 1970 is a day in January 1970.',
      fix: `Multiply by 1000: \`${query.print(query.expr)} * 1000\`.`,
    };
  },
});
