import type { Call, MatrixSelector } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { SeriesKind } from '../facts/facts.ts';
import { instead } from '../rewrite.ts';
import { seriesName } from '../wording.ts';
import { RATES } from '../facts/call.ts';

/** The function for gauges, and what it gives. */
const INSTEAD: Readonly<Record<string, readonly [func: string, gives: string]>> = {
  rate: ['deriv', 'how much it changes per second'],
  irate: ['idelta', 'its last change'],
  increase: ['delta', 'how much it changed'],
};

/** Only what the catalogue says counts: names mislead in both directions. */
export const rateNeedsCounter: Check = defineCheck({
  code: 'Q203',
  nodes: {
    Call(node, query) {
      const range = node.args[0];
      if (!RATES.has(node.func) || range?.type !== 'MatrixSelector') return undefined;
      const [source, more] = query.of(range).sources;
      const [origin] = source?.origins ?? [];
      if (!source || more || !origin?.metric || origin.metric.recordedBy || origin.metric.kind === 'untyped')
        return undefined;
      if (source.kind === 'counter') return undefined;
      return {
        node,
        message: `\`${node.func}()\` needs a counter, but ${seriesName(origin)} is ${KINDS[source.kind]}.`,
        why: `${node.func}() takes every fall for a reset of the counter and adds it back, so on ${KINDS[source.kind]} its result means nothing.`,
        fix: fixOf(node, range, source.kind, query),
        related: [
          { message: `${origin.metric.name} is declared as ${origin.metric.kind}`, position: origin.metric.position },
        ],
      };
    },
  },
});

function fixOf(node: Call, range: MatrixSelector, kind: SeriesKind, query: Query): Advice {
  const value = advice`${instead(node, range.selector, query)} for its value`;
  if (kind === 'info') return advice`Write ${value}.`;
  const [func, gives] =
    kind === 'stateset' || kind === 'boolean' ? ['changes', 'how often it changed'] : (INSTEAD[node.func] ?? []);
  if (func === undefined || gives === undefined) return advice`Write ${value}.`;
  return advice`Write ${instead(node, { ...node, func }, query)} for ${gives}, or ${value}.`;
}

const KINDS = {
  counter: 'a counter',
  gauge: 'a gauge',
  info: 'an info metric, which is always 1',
  stateset: 'a state set of zeros and ones',
  boolean: 'a gauge of zeros and ones',
  number: 'a plain number',
  unknown: 'of unknown kind',
} as const;
