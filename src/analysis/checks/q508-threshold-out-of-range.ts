import { defineCheck, type Check } from '../check.ts';
import { impossibleComparison } from '../comparisons.ts';
import type { Interval } from '../facts/interval.ts';
import { number } from '../wording.ts';

export const thresholdOutOfRange: Check = defineCheck({
  code: 'Q508',
  nodes: {
    BinaryExpr(node, query) {
      const found = impossibleComparison(node, query);
      if (found?.code !== 'Q508') return undefined;
      const { side, other, values, limit } = found;
      // an info metric is no value at all, which is Q213's to say
      if (query.of(side).sources.every(({ kind }) => kind === 'info')) return undefined;
      const ratio = values.max <= 1 && limit.min > 1 && limit.min <= 100;
      return {
        node,
        message: `\`${query.print(side)}\` ${rangeText(values)}, so \`${query.print(node)}\` never holds.`,
        why: node.bool
          ? 'The result is 0 for every series, at all times.'
          : 'A comparison that no value passes lets no series through, so an alert on it never fires.',
        fix: ratio
          ? `Compare a ratio with a ratio (\`${number(limit.min / 100)}\`), or multiply by 100 first.`
          : `Compare \`${query.print(side)}\` with a value that it can have, not with \`${query.print(other)}\`.`,
      };
    },
  },
});

function rangeText({ min, max }: Interval): string {
  if (min === max) return `is always ${number(min)}`;
  if (max === Infinity) return `is never below ${number(min)}`;
  if (min === -Infinity) return `is never above ${number(max)}`;
  return `lies between ${number(min)} and ${number(max)}`;
}
