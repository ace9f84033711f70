import { defineCheck, type Check } from '../check.ts';
import { seriesName } from '../wording.ts';
import { RATES } from '../facts/call.ts';

const INSTEAD: Readonly<Record<string, string>> = {
  rate: 'deriv() for the slope of a gauge',
  irate: 'idelta() for the last change of a gauge',
  increase: 'delta() for the change of a gauge',
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
        fix: `Use ${INSTEAD[node.func]}, or the value itself.`,
        related: [
          { message: `${origin.metric.name} is declared as ${origin.metric.kind}`, position: origin.metric.position },
        ],
      };
    },
  },
});

const KINDS = {
  counter: 'a counter',
  gauge: 'a gauge',
  info: 'an info metric, which is always 1',
  stateset: 'a state set of zeros and ones',
  boolean: 'a gauge of zeros and ones',
  number: 'a plain number',
  unknown: 'of unknown kind',
} as const;
