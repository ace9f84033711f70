import { defineCheck, type Check } from '../check.ts';
import { momentAgainstDuration } from '../moments.ts';
import { unitFault, isMoment } from '../unit-faults.ts';
import { number } from '../wording.ts';

export const timestampAsDuration: Check = defineCheck({
  code: 'Q516',
  nodes: {
    BinaryExpr(node, query) {
      const moment = momentAgainstDuration(node, query);
      if (moment) {
        const { side, limit, perSecond } = moment;
        const text = query.print(side);
        const now = perSecond === 1000 ? 'time() * 1000' : 'time()';
        return {
          node,
          message: `\`${text}\` is a moment, but ${number(limit)} is a length of time.`,
          why: `Moments are counted from 1970 and are above ${perSecond === 1000 ? '10^12 milliseconds' : '10^9 seconds'} today, so the comparison gives the same answer at all times.`,
          fix: `Compare the age: \`${now} - ${text} > ${number(limit)}\`.`,
        };
      }
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q516') return undefined;
      const [time, other] = isMoment(fault.left) ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      return {
        node,
        message: `\`${query.print(time)}\` is a moment, but \`${query.print(other)}\` is a length of time.`,
        why: `One counts from 1970, the other does not: \`${node.op}\` between them means nothing.`,
        fix: `Take the age first: \`time() - ${query.print(time)}\`.`,
      };
    },
  },
});
