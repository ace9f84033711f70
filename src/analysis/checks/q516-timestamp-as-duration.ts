import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { momentAgainstDuration } from '../moments.ts';
import { unitFault, isMoment } from '../unit-faults.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { measureOf } from '../../metrics/units.ts';
import { call, instead, operation, replaced, scaledBy } from '../rewrite.ts';
import { number } from '../wording.ts';

export const timestampAsDuration: Check = defineCheck({
  code: 'Q516',
  nodes: {
    BinaryExpr(node, query) {
      const moment = momentAgainstDuration(node, query);
      if (moment) {
        const { side, limit, perSecond } = moment;
        const text = query.print(side);
        return {
          node,
          message: `\`${text}\` is a moment, but ${number(limit)} is a length of time.`,
          why: `Moments are counted from 1970 and are above ${perSecond === 1000 ? '10^12 milliseconds' : '10^9 seconds'} today, so the comparison gives the same answer at all times.`,
          fix: fixOf(node, side, ageIn(side, perSecond, 1 / perSecond), query),
        };
      }
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q516') return undefined;
      const [time, other, unit, length] = isMoment(fault.left)
        ? [node.lhs, node.rhs, fault.left, fault.right]
        : [node.rhs, node.lhs, fault.right, fault.left];
      return {
        node,
        message: `\`${query.print(time)}\` is a moment, but \`${query.print(other)}\` is a length of time.`,
        why: `One counts from 1970, the other does not: \`${node.op}\` between them means nothing.`,
        fix: fixOf(node, time, ageIn(time, 1 / measureOf(unit).factor, measureOf(length).factor), query),
      };
    },
  },
});

/** How long ago a moment was; it is counted `perSecond`, and the result in units of so many seconds. */
function ageIn(moment: Expr, perSecond: number, seconds: number): Expr {
  if (perSecond * seconds === 1) return operation('-', scaledBy(call('time'), perSecond), moment);
  return scaledBy(operation('-', call('time'), scaledBy(moment, 1 / perSecond)), 1 / seconds);
}

function fixOf(node: BinaryExpr, moment: Expr, age: Expr, query: Query): Advice {
  const aged = replaced(node, moment, age);
  return COMPARISONS.has(node.op)
    ? advice`Compare how long ago it was: ${instead(node, aged, query)}.`
    : advice`Work out how long ago it was: ${instead(node, aged, query)}.`;
}
