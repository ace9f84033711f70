import { defineCheck, type Check } from '../check.ts';
import { panelUnitsFor } from '../grafana-units.ts';
import { panelUnitFault } from '../panel-units.ts';
import { list } from '../wording.ts';

export const panelUnitDiffers: Check = defineCheck({
  code: 'Q504',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q504') return undefined;
    const fitting = panelUnitsFor(fault.query).slice(0, 3);
    return {
      part: { part: 'unit' },
      message: `The panel's unit is \`${fault.panel}\`, but its query is in ${fault.query}.`,
      why: `\`${query.text}\` comes out in ${fault.query}, by the units of its metrics and what its functions make of them; the panel shows the number with another unit, or another size.`,
      fix:
        fitting.length > 0
          ? `Set the unit ${list(fitting).replace(' and ', ' or ')}, or convert the query.`
          : 'Set a unit that fits, such as `short`, or convert the query.',
    };
  },
});
