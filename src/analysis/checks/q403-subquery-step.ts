import { defineCheck, type Check } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { duration } from '../wording.ts';

/** Functions that are content with a single sample. */
const ONE_IS_ENOUGH: ReadonlySet<string> = new Set([
  'last_over_time',
  'first_over_time',
  'present_over_time',
  'absent_over_time',
]);

export const subqueryStep: Check = defineCheck({
  code: 'Q403',
  nodes: {
    SubqueryExpr(node, query) {
      const [range, step] = [secondsOf(node.range), secondsOf(node.step)];
      if (range === undefined || step === undefined || step < range) return undefined;
      const call = query.parentOf(node);
      if (call?.type === 'Call' && ONE_IS_ENOUGH.has(call.func)) return undefined;
      return {
        node,
        span: node.step?.span,
        message: `The subquery's step of ${duration(step)} is not smaller than its range of ${duration(range)}.`,
        why: `Steps are counted from the epoch, so a range of ${duration(range)} meets one of them at most: nothing is looked at over time.`,
        fix: `Write a smaller step, such as \`[${duration(range)}:${duration(Math.max(1, Math.round(range / 10)))}]\`, or a longer range, such as \`[${duration(10 * step)}:${duration(step)}]\`.`,
      };
    },
  },
});
