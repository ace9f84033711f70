import { defineCheck, type Check } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { unitFault } from '../unit-faults.ts';

const VERBS: Readonly<Record<string, string>> = {
  '+': 'added to',
  '-': 'taken from',
  '%': 'divided with',
  or: 'joined with',
};

export const unitsDiffer: Check = defineCheck({
  code: 'Q501',
  nodes: {
    BinaryExpr(node, query) {
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q501') return undefined;
      const verb = COMPARISONS.has(node.op) ? 'compared with' : (VERBS[node.op] ?? 'combined with');
      const [first, second] = node.op === '-' ? [fault.right, fault.left] : [fault.left, fault.right];
      return {
        node,
        message: `${capital(first)} are ${verb} ${second}.`,
        why: `\`${query.print(node.lhs)}\` is in ${fault.left} and \`${query.print(node.rhs)}\` in ${fault.right}, so the result means nothing.`,
        fix: 'Bring both sides to one unit, or take a metric that measures the same thing.',
      };
    },
  },
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
