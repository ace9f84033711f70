import { defineCheck, type Check } from '../check.ts';
import { seriesName } from '../wording.ts';

/** Functions whose result on a counter is spoilt by a restart, and what to use. */
const INSTEAD: Readonly<Record<string, string>> = {
  delta: 'increase()',
  idelta: 'irate()',
  deriv: 'rate()',
  predict_linear: 'predict_linear() of a recorded rate()',
  double_exponential_smoothing: 'rate()',
  holt_winters: 'rate()',
  avg_over_time: 'rate()',
  sum_over_time: 'increase()',
  min_over_time: 'increase()',
  max_over_time: 'increase()',
  quantile_over_time: 'a subquery of rate(), as in quantile_over_time(0.9, rate(x[5m])[1h:1m])',
  stddev_over_time: 'a subquery of rate(), as in stddev_over_time(rate(x[5m])[1h:1m])',
  stdvar_over_time: 'a subquery of rate(), as in stdvar_over_time(rate(x[5m])[1h:1m])',
  mad_over_time: 'a subquery of rate(), as in mad_over_time(rate(x[5m])[1h:1m])',
};

export const gaugeFunctionOnCounter: Check = defineCheck({
  code: 'Q202',
  nodes: {
    Call(node, query) {
      const instead = INSTEAD[node.func];
      const range = node.args.find((arg) => query.of(arg).type === 'matrix');
      if (instead === undefined || !range) return undefined;
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
        why: `A counter falls to 0 when its process restarts. \`${node.func}()\` takes that for a real fall, so its result is wrong, often negative.`,
        fix: `Use ${instead}, which knows of restarts.`,
        related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
      };
    },
  },
});
