import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { mayHave } from '../facts/labels.ts';
import { rated } from '../rated.ts';
import { instead } from '../rewrite.ts';

export const quantileOfRawBuckets: Check = defineCheck({
  code: 'Q222',
  nodes: {
    Call(node, query) {
      const buckets = node.args.find((arg) => query.of(arg).type === 'vector');
      if ((node.func !== 'histogram_quantile' && node.func !== 'histogram_fraction') || !buckets) return undefined;
      const raw = query
        .of(buckets)
        .sources.every(
          ({ role, ranges, kind, counter, labels, origins }) =>
            role === 'bucket' &&
            ranges.length === 0 &&
            (counter !== undefined || kind === 'unknown') &&
            mayHave(labels, 'le') &&
            !origins.some(({ metric }) => metric?.recordedBy && counter === undefined),
        );
      if (!raw) return undefined;
      const rates = rated(buckets, query);
      return {
        node: buckets,
        message: `\`${node.func}()\` looks at all observations since the processes started.`,
        why: 'Buckets are counters. Without rate() the new observations drown in the old ones, so the result hardly moves, and it jumps at a restart.',
        fix: rates
          ? advice`Take the rate of the buckets: ${instead(buckets, rates, query)}.`
          : 'Take the `rate()` of the buckets.',
      };
    },
  },
});
