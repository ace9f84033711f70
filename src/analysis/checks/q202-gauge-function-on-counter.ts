import type { Call, DurationValue, Expr, MatrixSelector } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { rated, usualRange } from '../rated.ts';
import { instead, seconds } from '../rewrite.ts';
import { seriesName } from '../wording.ts';

interface Wrong {
  /** What it makes of a counter. */
  readonly why: string;
  /** The function for counters; absent: the same function, over the rate. */
  readonly use?: 'rate' | 'increase';
}

const FALLS = 'A counter falls to 0 when its process restarts, which is taken for a real fall';
const AGE = 'The raw value of a counter says mostly how long its process has run';

/** Functions whose result on a counter means little, and what to use. */
const WRONG: Readonly<Record<string, Wrong>> = {
  delta: { why: `${FALLS}: the difference is then negative`, use: 'increase' },
  idelta: { why: `${FALLS}: the difference is then negative`, use: 'rate' },
  deriv: { why: `${FALLS}: the slope is then negative`, use: 'rate' },
  predict_linear: { why: `${FALLS}: the line then leads down` },
  double_exponential_smoothing: { why: FALLS },
  holt_winters: { why: FALLS },
  avg_over_time: { why: `${AGE}, and so does the mean of it`, use: 'rate' },
  sum_over_time: { why: `${AGE}, and adding it up counts the same events again with every sample`, use: 'increase' },
  min_over_time: { why: `${AGE}: the smallest is the first, or 0 after a restart`, use: 'increase' },
  max_over_time: { why: `${AGE}: the largest is the last, or the one before a restart`, use: 'increase' },
  quantile_over_time: { why: `${AGE}, and so does a quantile of it` },
  stddev_over_time: { why: `${AGE}, and so does how far it spreads` },
  stdvar_over_time: { why: `${AGE}, and so does how far it spreads` },
  mad_over_time: { why: `${AGE}, and so does how far it spreads` },
};

export const gaugeFunctionOnCounter: Check = defineCheck({
  code: 'Q202',
  nodes: {
    Call(node, query) {
      const wrong = WRONG[node.func];
      const range = node.args.find((arg) => query.of(arg).type === 'matrix');
      if (!wrong || !range) return undefined;
      const { sources } = query.of(range);
      const raw = sources.every(
        ({ counter, sample, ranges }) => counter !== undefined && sample === 'float' && ranges.length === 0,
      );
      if (!raw) return undefined;
      const origin = sources[0]?.origins[0];
      if (!origin) return undefined;
      return {
        node,
        message: `\`${node.func}()\` is for gauges, but ${seriesName(origin)} is a counter.`,
        why: `${wrong.why}.`,
        fix: fixOf(node, range, wrong, query),
        related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
      };
    },
  },
});

function fixOf(node: Call, range: Expr, { use }: Wrong, query: Query): Advice | string {
  const matrix = matrixOf(range);
  if (!matrix) return WORDS;
  const { selector } = matrix;
  const over = (func: string, range: DurationValue): Expr | undefined => rated(selector, query, func, range);
  if (use) {
    const by = over(use, matrix.range);
    return by ? advice`Write ${instead(node, by, query)} for how much ${ADDED[use]}.` : WORDS;
  }
  const rate = over('rate', usualRange(selector, query));
  if (!rate) return WORDS;
  // a minute, or less where the range has not five of them
  const step = Math.min(60, Math.max(1, Math.floor((secondsOf(matrix.range) ?? HOUR) / 5)));
  const rates: Expr = {
    type: 'SubqueryExpr',
    expr: rate,
    range: matrix.range,
    step: seconds(step),
  };
  const args = node.args.map((arg) => (arg === range ? rates : arg));
  return advice`Take it of the rate: ${instead(node, { ...node, args }, query)}.`;
}

const WORDS = 'Take the rate of the counter first, and the function of that.';
const ADDED = { increase: 'was added', rate: 'is added per second' } as const;
const HOUR = 3600;

/** The range as one of a selector: a subquery of nothing but a selector reads the same samples. */
function matrixOf(range: Expr): MatrixSelector | undefined {
  if (range.type === 'MatrixSelector') return range;
  if (range.type !== 'SubqueryExpr' || range.expr.type !== 'VectorSelector' || range.offset || range.at)
    return undefined;
  return { type: 'MatrixSelector', selector: range.expr, range: range.range };
}
