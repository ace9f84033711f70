import { measureOf } from '../../metrics/units.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { panelUnitFault, type PanelUnitFault } from '../panel-unit-faults.ts';
import { instead, scaledBy } from '../rewrite.ts';
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
      fix: advice`${right === undefined ? 'Leave the unit out' : unitText(right, id, unit)}${orQuery(fault, query)}.`,
    };
  },
});

const spoken = (unit: string): string => unit.replace('/second', ' per second').replace('_', ' in ');

function unitText(right: string, wrong: string, unit: string): string {
  const alike = right.toLowerCase() === wrong.toLowerCase() ? ` (${spoken(unit)})` : '';
  return `Set the unit \`${right}\`${alike}`;
}

/** The query in the unit of the panel, where it is the same in another size, or a rate of it. */
function orQuery({ unit, panel }: PanelUnitFault, query: Query): Advice | string {
  const measure = measureOf(unit);
  const { expr } = query;
  if (measure.dimension === panel.dimension)
    return advice`, or write ${instead(expr, scaledBy(expr, measure.factor / panel.factor), query)}`;
  const isRate = expr.type === 'Call' && expr.func === 'rate' && measure.dimension === `${panel.dimension}/time`;
  return isRate && measure.factor === panel.factor
    ? advice`, or write ${instead(expr, { ...expr, func: 'increase' }, query)} for ${panel.name} in each interval`
    : '';
}

function factor(off: number): string {
  return String(Number((off < 1 ? 1 / off : off).toPrecision(4)));
}
