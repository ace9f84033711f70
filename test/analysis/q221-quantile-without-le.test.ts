import { expect, test } from 'vitest';
import { closedWorld, metric, OPEN_WORLD, returns, right, wrong } from './harness.ts';

const world = closedWorld([
  metric('req_seconds', 'histogram', { unit: 'seconds', buckets: [0.1, 1], labels: { path: 'any' } }),
  metric('native_seconds', 'nativeHistogram', { unit: 'seconds' }),
]);

test('a quantile of buckets that lost le is an error at the argument', () => {
  const lost = 'sum by (job) (rate(req_seconds_bucket[5m]))';
  wrong(`histogram_quantile(0.9, ${lost})`, 'Q221', lost, { world });
  wrong(`histogram_quantile(0.9, ${lost})`, 'Q221', lost, { world: OPEN_WORLD });
  wrong('histogram_quantile(0.9, sum(rate(req_seconds_bucket[5m])))', 'Q221', 'sum(rate(req_seconds_bucket[5m]))', {
    world,
  });
  wrong(
    'max(histogram_quantile(0.5, sum without (le) (rate(req_seconds_bucket[5m])) * 2) > 1)',
    'Q221',
    'sum without (le) (rate(req_seconds_bucket[5m])) * 2',
    { world },
    // once the buckets are there, the limit is seen to be beyond them
    ['Q226'],
  );
});

test('le that stays, and native histograms, are right', () => {
  right('histogram_quantile(0.9, sum by (job, le) (rate(req_seconds_bucket[5m])))', { world });
  right('histogram_quantile(0.9, sum without (path) (rate(req_seconds_bucket[5m])))', { world });
  right('histogram_quantile(0.9, sum by (job) (rate(native_seconds[5m])))', { world });
  right('histogram_quantile(0.9, sum by (job) (rate(anything[5m])))', { world: OPEN_WORLD });
});

test('Prometheus: nothing comes out without le', async () => {
  const series = {
    'req_seconds_bucket{job="a",le="0.1"}': '0+9x60',
    'req_seconds_bucket{job="a",le="+Inf"}': '0+10x60',
  };
  const [without, kept] = await returns(series, [
    'histogram_quantile(0.9, sum by (job) (rate(req_seconds_bucket[5m])))',
    'histogram_quantile(0.9, sum by (job, le) (rate(req_seconds_bucket[5m])))',
  ]);
  expect(without?.samples).toEqual([]);
  expect(kept?.samples).toHaveLength(1);
});
