import type { Call, DurationValue } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import type { PanelPlace } from '../subject.ts';
import { duration } from '../wording.ts';

const NEEDS_SAMPLES: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv']);

/** Longer ranges are chosen on purpose: they smooth, or the title names them. */
const LONGEST_ACCIDENT = 600;

/** Panels that draw a value for each step; the others show one number for the whole range. */
const GRAPHS: ReadonlySet<string> = new Set([
  'timeseries',
  'graph',
  'barchart',
  'heatmap',
  'statetimeline',
  'state-timeline',
]);

export const fixedRangeInPanel: Check = defineCheck({
  code: 'Q408',
  nodes: {
    Call(node, { place }) {
      const [range] = node.args;
      if (place.type !== 'panel' || range?.type !== 'MatrixSelector' || !NEEDS_SAMPLES.has(node.func)) return undefined;
      if (isInterval(range.range)) return intervalFault(node, range.range, place);
      const seconds = secondsOf(range.range);
      if (seconds === undefined || seconds > LONGEST_ACCIDENT || node.func !== 'rate') return undefined;
      if (place.instant === true || !GRAPHS.has(place.panelType ?? '')) return undefined;
      if (place.title.includes(duration(seconds))) return undefined;
      return {
        node,
        span: range.range.span,
        message: `The range of ${duration(seconds)} stays the same at every zoom of the graph.`,
        why: `Zoomed out, the steps of the graph are longer than ${duration(seconds)}, and what happened between them is not drawn.`,
        fix: 'Use `$__rate_interval`, which follows the zoom and the scrape interval.',
        ...(range.range.span ? { replacement: { span: range.range.span, text: '$__rate_interval' } } : {}),
      };
    },
  },
});

function intervalFault(node: Call, range: DurationValue, { title }: PanelPlace): Finding | undefined {
  const counts = node.func === 'increase' || node.func === 'delta';
  // "Requests per $__interval" is a count for each step, and a longer range would count twice
  if (counts && title.includes('$__interval')) return undefined;
  return {
    node,
    span: range.span,
    message: `\`$__interval\` under \`${node.func}()\` can be shorter than the scrape interval.`,
    why: '$__interval is the time between two points of the graph. Zoomed in it holds fewer than two samples, and the graph is empty.',
    fix: counts
      ? 'Use `$__rate_interval`, which is never shorter than four scrape intervals. To count for each step, keep `$__interval` and set the "Min interval" of the panel to two scrape intervals or more.'
      : 'Use `$__rate_interval`, which is never shorter than four scrape intervals.',
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
