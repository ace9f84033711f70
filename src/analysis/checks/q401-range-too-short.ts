import { defineCheck, type Check } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { duration, seriesName } from '../wording.ts';

/** Functions that need two samples to say anything. */
const NEED_TWO: ReadonlySet<string> = new Set([
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

export const rangeTooShort: Check = defineCheck({
  code: 'Q401',
  nodes: {
    Call(node, query) {
      const matrix = node.args.find((arg) => arg.type === 'MatrixSelector');
      if (matrix?.type !== 'MatrixSelector') return undefined;
      const range = secondsOf(matrix.range);
      const [source] = query.of(matrix).sources;
      const [origin] = source?.origins ?? [];
      const interval = origin?.metric?.exporter?.scrapeIntervalSeconds;
      if (range === undefined || !origin || interval === undefined) return undefined;
      const needed = NEED_TWO.has(node.func) ? 2 : 1;
      if (range >= needed * interval) return undefined;
      return {
        node: matrix,
        span: matrix.range.span,
        message: `A range of ${duration(range)} is too short for ${seriesName(origin)}, which is scraped every ${duration(interval)}.`,
        why:
          needed === 2
            ? `${node.func}() needs at least two samples in its range; ${duration(range)} ${range > interval ? 'often holds only one, so the result is full of gaps' : 'hardly ever holds more than one, so the result is empty'}.`
            : 'Most of the time there is no sample in the range, so the result is full of gaps.',
        fix: `Write \`[${duration(4 * interval)}]\`: four scrape intervals stand a missed scrape and still find two samples.${node.func === 'increase' || node.func === 'delta' ? ` The result is then that of ${duration(4 * interval)}.` : ''}`,
        ...(matrix.range.span ? { replacement: { span: matrix.range.span, text: duration(4 * interval) } } : {}),
      };
    },
  },
});
