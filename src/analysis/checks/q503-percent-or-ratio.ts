import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';
import { instead, replaced, scaledBy } from '../rewrite.ts';
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
        message: `\`${node.op}\` puts ${SPOKEN[fault.left] ?? fault.left} and ${SPOKEN[fault.right] ?? fault.right} together.`,
        why: `\`${query.print(node.lhs)}\` is ${SPOKEN[fault.left] ?? fault.left} and \`${query.print(node.rhs)}\` ${SPOKEN[fault.right] ?? fault.right}: a half is 50 in one and 0.5 in the other.`,
        fix: isPercent
          ? advice`Bring both to one scale: ${instead(node, replaced(node, percent, scaledBy(percent, 0.01)), query)}.`
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
        ? advice`Set the unit \`percentunit\`, or write ${instead(query.expr, scaledBy(query.expr, 100), query)}.`
        : advice`Set the unit \`percent\`, or write ${instead(query.expr, scaledBy(query.expr, 0.01), query)}.`,
    };
  },
});

const SPOKEN: Readonly<Record<string, string>> = { percent: 'a percentage', ratio: 'a ratio', count: 'a count' };
