import { expect, test } from 'vitest';
import { closedWorld, metric, returns, right, wrong } from './harness.ts';

const world = closedWorld([
  metric('memory_free_bytes', 'gauge', { unit: 'bytes' }),
  metric('jobs_total', 'gauge'),
  metric('kubelet_evictions', 'counter'),
  metric('wait_seconds', 'histogram', { unit: 'seconds', buckets: [1, 2] }),
  metric('build_info', 'info', { labels: { version: 'any' } }),
]);

test('the rate of a gauge is an error, whatever its name says', () => {
  wrong('rate(memory_free_bytes[5m])', 'Q203', 'rate(memory_free_bytes[5m])', { world });
  wrong('increase(jobs_total[1h])', 'Q203', 'increase(jobs_total[1h])', { world });
  wrong('max by (job) (irate(memory_free_bytes[5m]) / 2)', 'Q203', 'irate(memory_free_bytes[5m])', { world });
  wrong('sum(rate(build_info[5m]))', 'Q203', 'rate(build_info[5m])', { world });
});

test('counters and the series of histograms are counters, and of what is unknown nothing is said', () => {
  right('rate(kubelet_evictions[5m])', { world });
  right('sum by (le) (rate(wait_seconds_bucket[5m]))', { world });
  right('rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m])', { world });
  right('deriv(memory_free_bytes[5m])', { world });
  right('rate(anything[5m])', { world: closedWorld([], { closed: false }) });
});

test('Prometheus: the rate of a falling gauge is above zero', async () => {
  const [rate, deriv] = await returns({ memory_free_bytes: '100-1x60' }, [
    'rate(memory_free_bytes[5m])',
    'deriv(memory_free_bytes[5m])',
  ]);
  expect(rate?.samples?.[0]?.value).toBeGreaterThan(0);
  expect(deriv?.samples?.[0]?.value).toBeLessThan(0);
});
