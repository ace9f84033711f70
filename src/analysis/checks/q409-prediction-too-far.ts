import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { constantOf } from '../facts/source.ts';
import { instead, replaced, seconds } from '../rewrite.ts';
import { duration } from '../wording.ts';

/** The public alerts that work well look at most 16 times as far ahead as they look back. */
const FURTHEST = 24;

export const predictionTooFar: Check = defineCheck({
  code: 'Q409',
  nodes: {
    Call(node, query) {
      const [series, ahead] = node.args;
      if (node.func !== 'predict_linear' || !series || !ahead) return undefined;
      if (series.type !== 'MatrixSelector' && series.type !== 'SubqueryExpr') return undefined;
      const [range, horizon] = [secondsOf(series.range), constantOf(query.of(ahead))];
      if (range === undefined || horizon === undefined || horizon <= FURTHEST * range) return undefined;
      const back = Math.ceil(horizon / FURTHEST / 3600) * 3600;
      return {
        node,
        message: `\`predict_linear()\` looks ${duration(horizon)} ahead from ${duration(range)} of samples.`,
        why: `It draws a straight line through ${duration(range)}: a short burst in it, ${Math.round(horizon / range)} times prolonged, becomes a false alarm.`,
        fix: advice`Look back longer: ${instead(node, replaced(node, series, { ...series, range: seconds(back) }), query)}.`,
      };
    },
  },
});
