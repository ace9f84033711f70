import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-units.ts';
import { unitFault } from '../unit-faults.ts';

export const percentOrRatio: Check = defineCheck({
  code: 'Q503',
  nodes: {
    BinaryExpr(node, query) {
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q503') return undefined;
      const [percent, ratio] = fault.left === 'percent' ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      return {
        node,
        message: `\`${query.print(percent)}\` is a percentage and \`${query.print(ratio)}\` is not.`,
        why: 'One side is 100 times as large as the other for the same thing: 95 on the one, 0.95 on the other.',
        fix: `Multiply \`${query.print(ratio)}\` by 100, or divide the other side by it.`,
      };
    },
  },
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q503') return undefined;
    const percent = fault.query === 'percent';
    return {
      part: { part: 'unit' },
      message: percent
        ? `The panel's unit \`${fault.panel}\` takes its value for a ratio, but the query gives a percentage.`
        : `The panel's unit \`${fault.panel}\` takes its value for a percentage, but the query gives a ratio.`,
      why: percent
        ? 'Grafana multiplies by 100 itself for `percentunit`: 95 % is shown as 9500 %.'
        : 'Grafana shows the number as it is for `percent`: a ratio of 0.95 is shown as 0.95 %.',
      fix: percent
        ? 'Set the unit `percent`, or take the factor 100 out of the query.'
        : 'Set the unit `percentunit`, or multiply the query by 100.',
    };
  },
});
