import { functions } from '../../promql/functions.ts';
import { defineCheck, type Check } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { duration } from '../wording.ts';

/** Functions that compare samples, and so need two of them. */
const NEEDS_TWO: ReadonlySet<string> = new Set([
  'rate',
  'irate',
  'increase',
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
  'changes',
  'resets',
]);

export const rangeBelowRuleInterval: Check = defineCheck({
  code: 'Q402',
  nodes: {
    MatrixSelector(node, query) {
      const seconds = secondsOf(node.range);
      const call = query.parentOf(node);
      if (seconds === undefined || call?.type !== 'Call' || !functions.has(call.func)) return undefined;
      for (const { origins } of query.of(node).sources) {
        for (const { name, metric } of origins) {
          const interval = metric?.recordedBy?.intervalSeconds;
          if (interval === undefined) continue;
          const needed = NEEDS_TWO.has(call.func) ? 2 * interval : interval;
          if (seconds >= needed) continue;
          return {
            node,
            span: node.range.span,
            message: `A range of ${duration(seconds)} is too short for \`${name ?? 'the series'}\`, which a rule records every ${duration(interval)}.`,
            why: `\`${call.func}()\` ${NEEDS_TWO.has(call.func) ? 'needs two samples' : 'works on all samples of the range'}, but ${duration(seconds)} ${holds(seconds, interval)}.`,
            fix: `Write \`[${duration(4 * interval)}]\`, or a longer range.`,
            related: [{ message: `${name ?? 'it'} is recorded here`, position: metric?.position }],
          };
        }
      }
      return undefined;
    },
  },
});

function holds(seconds: number, interval: number): string {
  return seconds < interval ? 'holds one at most, and often none' : 'often holds only one';
}
