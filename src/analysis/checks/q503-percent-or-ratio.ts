import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';
import { unitFault } from '../unit-faults.ts';

export const percentOrRatio: Check = defineCheck({
  code: 'Q503',
  nodes: {
    BinaryExpr(node, query) {
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q503') return undefined;
      const percent = fault.left === 'percent' ? node.lhs : node.rhs;
      const isPercent = fault.left === 'percent' || fault.right === 'percent';
      return {
        node,
        message: `${CAPITALS[fault.left] ?? fault.left} and ${fault.right} meet in \`${node.op}\`.`,
        why: `\`${query.print(node.lhs)}\` is in ${fault.left} and \`${query.print(node.rhs)}\` in ${fault.right}: a half is 50 in one and 0.5 in the other.`,
        fix: isPercent
          ? `Bring both to one scale: divide \`${query.print(percent)}\` by 100, or leave its \`* 100\` out.`
          : 'Bring both sides to one scale.',
      };
    },
  },
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q503') return undefined;
    const ratio = fault.unit === 'ratio';
    return {
      part: { part: 'unit' },
      message: ratio
        ? `The panel's unit \`${fault.id}\` is for 0 to 100, but the query gives a ratio of 0 to 1.`
        : `The panel's unit \`${fault.id}\` is for a ratio of 0 to 1, but the query gives percent.`,
      why: ratio
        ? '`percent` only puts a % behind the number, so a half is shown as 0.5%.'
        : '`percentunit` multiplies by 100, so 95 per cent are shown as 9500%.',
      fix: ratio
        ? 'Set the unit `percentunit`, or multiply the query by 100.'
        : 'Set the unit `percent`, or leave `* 100` out of the query.',
    };
  },
});

const CAPITALS: Readonly<Record<string, string>> = { percent: 'Percent', ratio: 'A ratio', count: 'A count' };
