import { functions } from '../../promql/functions.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { instead, replaced, scaledBy } from '../rewrite.ts';
import { unitFault, unitOf } from '../unit-faults.ts';

export const secondsAndMilliseconds: Check = defineCheck({
  code: 'Q517',
  nodes: {
    BinaryExpr(node, query) {
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q517') return undefined;
      const [millis, seconds] = fault.left === 'timestamp_milliseconds' ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      return {
        node,
        message: `\`${query.print(millis)}\` is in milliseconds since 1970, but \`${query.print(seconds)}\` is in seconds.`,
        why: 'One is a thousand times the other, so the result is off by tens of thousands of years.',
        fix: advice`Divide by 1000: ${instead(node, replaced(node, millis, scaledBy(millis, 0.001)), query)}.`,
        ...(millis.type === 'BinaryExpr' || !millis.span
          ? {}
          : { replacement: { span: millis.span, text: `${query.print(millis)} / 1000` } }),
      };
    },
    Call(node, query) {
      const [argument] = node.args;
      if (!argument || functions.get(node.func)?.gives !== 'calendar') return undefined;
      if (unitOf(query.of(argument)) !== 'timestamp_milliseconds') return undefined;
      return {
        node: argument,
        message: `\`${node.func}()\` takes seconds since 1970, but \`${query.print(argument)}\` is in milliseconds.`,
        why: 'A thousand times the seconds is a day thousands of years from now.',
        fix: advice`Divide by 1000: ${instead(node, replaced(node, argument, scaledBy(argument, 0.001)), query)}.`,
      };
    },
  },
});
