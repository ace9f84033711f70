import { defineCheck, type Check } from '../check.ts';
import { fixedRange } from '../fixed-range.ts';
import { duration } from '../wording.ts';

export const fixedRangeZoomedOut: Check = defineCheck({
  code: 'Q413',
  nodes: {
    Call(node, query) {
      const fixed = fixedRange(node, query);
      if (!fixed?.long) return undefined;
      const { range, seconds } = fixed;
      return {
        node,
        span: range.span,
        message: `The range of ${duration(seconds)} stays the same at every zoom of the graph.`,
        why: `Over some days the steps of the graph are longer than ${duration(seconds)}, and a short peak between them is not drawn.`,
        fix: 'Write `[$__rate_interval]`, which follows the zoom, or name the range in the title of the panel if it is meant.',
        ...(range.span ? { replacement: { span: range.span, text: '$__rate_interval' } } : {}),
      };
    },
  },
});
