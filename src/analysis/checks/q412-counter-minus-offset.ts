import type { VectorSelector } from '../../promql/ast.ts';
import { equal } from '../../promql/equal.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { overRange } from '../rated.ts';
import { instead, seconds } from '../rewrite.ts';
import { duration } from '../wording.ts';

export const counterMinusOffset: Check = defineCheck({
  code: 'Q412',
  nodes: {
    BinaryExpr(node, query) {
      const { lhs, rhs } = node;
      if (node.op !== '-' || lhs.type !== 'VectorSelector' || rhs.type !== 'VectorSelector') return undefined;
      const [now, before] = [secondsOf(lhs.offset) ?? 0, secondsOf(rhs.offset) ?? 0];
      if (now >= before || !equal(withoutOffset(lhs), withoutOffset(rhs))) return undefined;
      if (!query.of(lhs).sources.every(({ counter }) => counter === 'raw')) return undefined;
      return {
        node,
        message: `A counter minus its own value of ${duration(before - now)} before falls below zero at every restart.`,
        why: 'A restart sets the counter to 0, and a difference of raw values does not see that; what was counted before the restart is lost.',
        fix: advice`Write ${instead(node, overRange('increase', lhs, seconds(before - now)), query)}.`,
      };
    },
  },
});

function withoutOffset(selector: VectorSelector): Omit<VectorSelector, 'offset'> {
  const { offset, ...rest } = selector;
  return offset === undefined ? selector : rest;
}
