import { expect, test } from 'vitest';
import { evaluateAll } from '../engines/promtool.ts';

/** What docs/found-in-public-rules.md says of Prometheus, shown by promtool: what each expression returns. */
async function returned(
  series: Readonly<Record<string, string>>,
  exprs: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const results = await evaluateAll(exprs.map((expr) => ({ series, expr, at: '30m' })));
  return results.map(({ samples = [] }) =>
    samples.map(({ labels, value }) => {
      const inner = Object.entries(labels).map(([name, text]) => `${name}=${text}`);
      return `{${inner.join(', ')}} ${Number.isNaN(value) ? 'NaN' : Math.round(value * 100) / 100}`;
    }),
  );
}

test('R701 and D603: an aggregation drops the labels that it does not keep', async () => {
  const series = { 'up{job="a",instance="1"}': '0x60', 'up{job="a",instance="2"}': '0x60' };
  expect(await returned(series, ['sum by (job) (up) == 0', 'count(up)', 'up == 0'])).toEqual([
    ['{job=a} 0'],
    ['{} 2'],
    ['{__name__=up, instance=1, job=a} 0', '{__name__=up, instance=2, job=a} 0'],
  ]);
});

test('Q508: a count is never 0: without series it is not there at all', async () => {
  const down = { 'server_up{service="a"}': '0x60', 'reloaded{job="a"}': '0x60' };
  const exprs = [
    'count(server_up) by (service) == 0',
    'sum by (service) (server_up) == 0',
    'sum by (job) (reloaded == 0) > 0',
    'count by (job) (reloaded == 0) > 0',
  ];
  expect(await returned(down, exprs)).toEqual([[], ['{service=a} 0'], [], ['{job=a} 1']]);
  expect(await returned({ other: '1x60' }, exprs)).toEqual([[], [], [], []]);
});

test('Q504: the rate of a series divided by itself is 1, not an average', async () => {
  const series = { 'x{quantile="0.5"}': '3+1x60', x_sum: '0+6x60', x_count: '0+2x60' };
  const exprs = ['sum(rate(x[5m])) / sum(rate(x[5m]))', 'sum(rate(x_sum[5m])) / sum(rate(x_count[5m]))'];
  expect(await returned(series, exprs)).toEqual([['{} 1'], ['{} 3']]);
});

test('Q302: series of which a label is pinned to two values never meet', async () => {
  const series = { 'conns{type="current"}': '90x60', 'conns{type="available"}': '10x60' };
  const wrong = 'conns{type="current"} / (conns{type="current"} + conns{type="available"}) * 100 > 80';
  const right =
    'conns{type="current"} / ignoring (type) sum without (type) (conns{type=~"current|available"}) * 100 > 80';
  expect(await returned(series, [wrong, right])).toEqual([[], ['{} 90']]);
});

test('Q221: without `le` there is no quantile', async () => {
  const series = {
    'run_seconds_bucket{job="a",le="10"}': '0+1x60',
    'run_seconds_bucket{job="a",le="100"}': '0+9x60',
    'run_seconds_bucket{job="a",le="+Inf"}': '0+9x60',
  };
  const quantile = (by: string): string =>
    `histogram_quantile(0.99, sum by (${by}) (rate(run_seconds_bucket[5m]))) > 20`;
  const [wrong, right] = await returned(series, [quantile('job'), quantile('job, le')]);
  expect(wrong).toEqual([]);
  expect(right).toHaveLength(1);
});

test('Q204: the restart of one process is an increase by all that the others had counted', async () => {
  const series = { 'writes_count{instance="1"}': '1000+1x60', 'writes_count{instance="2"}': '1000+1x25 0+1x34' };
  const [wrong, right] = await returned(series, [
    'increase(sum(writes_count)[10m:1m])',
    'sum(increase(writes_count[10m]))',
  ]);
  expect(wrong).toHaveLength(1);
  expect(Number(wrong?.[0]?.split(' ')[1])).toBeGreaterThan(1000);
  expect(Number(right?.[0]?.split(' ')[1])).toBeLessThan(30);
});

test('Q243: one idle instance makes the average NaN', async () => {
  const series = {
    'pause_sum{instance="1"}': '0+2x60',
    'pause_count{instance="1"}': '0+1x60',
    'pause_sum{instance="2"}': '5x60',
    'pause_count{instance="2"}': '3x60',
  };
  const exprs = [
    'avg(rate(pause_sum[5m]) / rate(pause_count[5m]))',
    'avg(rate(pause_sum[5m]) / (rate(pause_count[5m]) > 0))',
    'sum(rate(pause_sum[5m])) / sum(rate(pause_count[5m]))',
  ];
  expect(await returned(series, exprs)).toEqual([['{} NaN'], ['{} 2'], ['{} 2']]);
});

test('Q310: what is scraped never has the labels of absent()', async () => {
  const series = {
    'started{namespace="a",job_name="b",job="ksm"}': '1x60',
    'completed{namespace="a",job_name="c",job="ksm"}': '2x60',
  };
  const never = { 'started{namespace="a",job_name="b",job="ksm"}': '1x60' };
  const exprs = ['started > 0 and absent(completed)', 'started > 0 unless on (namespace, job_name) completed'];
  const kept = ['{__name__=started, job=ksm, job_name=b, namespace=a} 1'];
  expect(await returned(series, exprs)).toEqual([[], kept]);
  expect(await returned(never, exprs)).toEqual([[], kept]);
});
