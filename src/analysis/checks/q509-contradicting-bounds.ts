import { defineCheck, type Check } from '../check.ts';
import { boundsFault } from '../bounds.ts';
import { impossibleComparison } from '../comparisons.ts';

export const contradictingBounds: Check = defineCheck({
  code: 'Q509',
  nodes: {
    BinaryExpr(node, query) {
      const print = query.print;
      const chained = impossibleComparison(node, query);
      if (chained?.code === 'Q509') {
        return {
          node,
          message: `No value passes \`${print(chained.side)}\` and this limit as well, so \`${print(node)}\` never holds.`,
          why: 'A comparison passes on only the values for which it holds; those that are left all fail the next one.',
          fix: 'Turn one of the limits around, or join the two with `or` if either is meant.',
        };
      }
      const fault = boundsFault(node, query);
      if (!fault) return undefined;
      const [first, second] = [print(fault.first), print(fault.second)];
      if (fault.type === 'empty') {
        return {
          node,
          message: `\`${first}\` and \`${second}\` leave no value, so \`${print(node)}\` is always empty.`,
          why:
            node.op === 'unless'
              ? 'Whatever passes the first comparison passes the second as well and is taken away.'
              : '`and` keeps a series only if both comparisons hold for it at the same moment.',
          fix:
            node.op === 'unless' ? 'Turn the two comparisons around.' : 'Turn one of the limits around, or use `or`.',
        };
      }
      if (fault.type === 'everything') {
        return {
          node,
          message: `Every number passes \`${first}\` or \`${second}\`, so \`${print(node)}\` always holds.`,
          why: '`or` keeps a series if one of the comparisons holds for it.',
          fix: 'Use `and` for a value between the two limits, or turn both around.',
        };
      }
      const idle = fault.idle ?? node;
      const other = idle === fault.first ? second : first;
      return {
        node,
        message: `\`${print(idle)}\` has no effect beside \`${other}\`.`,
        why:
          node.op === 'or'
            ? `Whatever passes \`${print(idle)}\` passes \`${other}\` already.`
            : `Whatever passes \`${other}\` passes \`${print(idle)}\` as well.`,
        fix: `Delete \`${print(idle)}\`, or correct its limit or its direction.`,
      };
    },
  },
});
