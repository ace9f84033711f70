import { measureOf } from '../../metrics/units.ts';
import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';
import { unitIdFor } from '../panel-units.ts';

export const panelUnitDiffers: Check = defineCheck({
  code: 'Q504',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q504') return undefined;
    const { unit, panel, id } = fault;
    const measure = measureOf(unit);
    const right = measure.dimension === '' && unit !== 'ratio' && unit !== 'percent' ? 'short' : unitIdFor(measure);
    const size = measure.dimension === panel.dimension;
    return {
      part: { part: 'unit' },
      message: `The panel's unit \`${id}\` means ${panel.name}, but the query is in ${spoken(unit)}.`,
      why: size
        ? `The number is the same amount in another size, so every value is wrong by the factor ${factor(panel.factor / measure.factor)}.`
        : `Grafana writes the unit behind the number as it is, so the number is read as ${panel.name}.`,
      fix: right === undefined ? 'Leave the unit out, or convert the value in the query.' : fixOf(right, panel.name),
    };
  },
});

const spoken = (unit: string): string => unit.replace('/second', ' per second').replace('_', ' in ');

const fixOf = (right: string, panel: string): string => `Set the unit \`${right}\`, or make the query give ${panel}.`;

function factor(off: number): string {
  return String(Number((off < 1 ? 1 / off : off).toPrecision(4)));
}
