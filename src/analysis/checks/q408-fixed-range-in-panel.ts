import type { Call, DurationValue } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { fixedRange } from '../fixed-range.ts';
import { duration } from '../wording.ts';

const NEEDS_SAMPLES: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv']);

export const fixedRangeInPanel: Check = defineCheck({
  code: 'Q408',
  nodes: {
    Call(node, query) {
      const interval = intervalFault(node, query);
      if (interval) return interval;
      const fixed = fixedRange(node, query);
      if (!fixed || fixed.long) return undefined;
      const { range, seconds } = fixed;
      return {
        node,
        span: range.span,
        message: `The range of ${duration(seconds)} stays the same at every zoom of the graph.`,
        why: `Zoomed out, the steps of the graph are longer than ${duration(seconds)}, and what happened between them is not drawn. Where targets are scraped less often than every ${duration(seconds / 2)}, it holds fewer than two samples, and the graph is empty.`,
        fix: 'Write `[$__rate_interval]`, which follows the zoom and the scrape interval.',
        ...(range.span ? { replacement: { span: range.span, text: '$__rate_interval' } } : {}),
      };
    },
  },
});

function intervalFault(node: Call, query: Query): Finding | undefined {
  const { place } = query;
  const [arg] = node.args;
  if (place.type !== 'panel' || arg?.type !== 'MatrixSelector' || !NEEDS_SAMPLES.has(node.func)) return undefined;
  const { range } = arg;
  if (!isInterval(range)) return undefined;
  const counts = node.func === 'increase' || node.func === 'delta';
  // "Requests per $__interval" is a count for each step, and a longer range would count twice
  if (counts && place.title.includes('$__interval')) return undefined;
  const scraped = query.of(arg).sources[0]?.resolutionSeconds;
  if (place.minIntervalSeconds !== undefined && place.minIntervalSeconds >= 2 * (scraped ?? 0)) return undefined;
  return {
    node,
    span: range.span,
    message: `\`$__interval\` under \`${node.func}()\` can be as short as one scrape interval.`,
    why: '$__interval is the time between two points of the graph. Zoomed in it holds fewer than two samples, and the graph is empty.',
    fix: counts
      ? 'Write `[$__rate_interval]`, which is never shorter than four scrape intervals. To count for each step, keep `$__interval` and set the "Min interval" of the panel to two scrape intervals or more.'
      : 'Write `[$__rate_interval]`, which is never shorter than four scrape intervals.',
    ...(range.span && !counts ? { replacement: { span: range.span, text: '$__rate_interval' } } : {}),
  };
}

function isInterval(range: DurationValue): boolean {
  if (range.type !== 'TemplateDuration') return false;
  const [part, more] = range.text.parts;
  return (
    more === undefined && typeof part === 'object' && (part.name === '__interval' || part.name === '__interval_ms')
  );
}
