import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-units.ts';

export const dateInSeconds: Check = defineCheck({
  code: 'Q506',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q506') return undefined;
    return {
      part: { part: 'unit' },
      message: `The panel shows a date (\`${fault.panel}\`), but its query is in seconds.`,
      why: "Grafana's date units take milliseconds since 1970, so a moment in seconds is shown as a day in January 1970.",
      fix: `Multiply by 1000: \`${query.text} * 1000\`.`,
    };
  },
});
