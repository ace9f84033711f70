import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';

import { instead, scaledBy } from '../rewrite.ts';

export const dateInSeconds: Check = defineCheck({
  code: 'Q506',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q506') return undefined;
    return {
      part: { part: 'unit' },
      message: `The panel's unit \`${fault.id}\` reads milliseconds, but the query gives seconds since 1970.`,
      why: 'Seconds that are read as milliseconds are a day in January 1970.',
      fix: advice`Multiply by 1000: ${instead(query.expr, scaledBy(query.expr, 1000), query)}.`,
    };
  },
});
