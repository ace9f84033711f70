import { defineCheck, type Check } from '../check.ts';
import { unitFault } from '../unit-faults.ts';

export const secondsAndMilliseconds: Check = defineCheck({
  code: 'Q517',
  nodes: {
    BinaryExpr(node, query) {
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q517') return undefined;
      const [milliseconds, seconds] =
        fault.left === 'timestamp_milliseconds' ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      return {
        node,
        message: `\`${query.print(milliseconds)}\` is in milliseconds since 1970, \`${query.print(seconds)}\` in seconds.`,
        why: 'The one is 1000 times as large as the other for the same moment, so what lies between them means nothing.',
        fix: `Divide by 1000: \`${query.print(milliseconds)} / 1000\`.`,
        ...(milliseconds.span
          ? { replacement: { span: milliseconds.span, text: `${query.print(milliseconds)} / 1000` } }
          : {}),
      };
    },
  },
});
