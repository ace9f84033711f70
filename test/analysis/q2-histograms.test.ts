import { describe, expect, test } from 'vitest';
import { parse } from '../../src/promql/parse.ts';
import { closedWorld, metric, OPEN_WORLD, returns, right, wrong } from './harness.ts';

const record = (name: string, text: string): { name: string; text: string; expr: ReturnType<typeof parse> } => ({
  name,
  text,
  expr: parse(text),
});

const world = closedWorld(
  [
    metric('wait_seconds', 'histogram', { unit: 'seconds', buckets: [0.1, 0.25, 1], labels: { path: 'any' } }),
    metric('rpc_seconds', 'summary', { unit: 'seconds', quantiles: [0.5, 0.9, 0.99] }),
    metric('native_seconds', 'nativeHistogram', { unit: 'seconds' }),
    metric('errors_total', 'counter'),
    metric('requests_total', 'counter'),
    metric('temperature_celsius', 'gauge'),
  ],
  { rules: [record('path_le:wait_seconds_bucket:rate5m', 'sum by (path, le) (rate(wait_seconds_bucket[5m]))')] },
);

test('Q222: a quantile of raw buckets covers the whole life of the processes', () => {
  wrong('histogram_quantile(0.9, wait_seconds_bucket)', 'Q222', 'wait_seconds_bucket', { world });
  wrong('histogram_quantile(0.9, sum by (le) (x_bucket)) > 1', 'Q222', 'sum by (le) (x_bucket)', { world: OPEN_WORLD });
  wrong('max(histogram_fraction(0, 0.1, wait_seconds_bucket{path="/"}))', 'Q222', 'wait_seconds_bucket{path="/"}', {
    world,
  });
  right('histogram_quantile(0.9, rate(wait_seconds_bucket[5m]))', { world });
  right('histogram_quantile(0.9, sum by (le) (path_le:wait_seconds_bucket:rate5m))', { world });
  right('histogram_quantile(0.9, path_le:x_bucket:rate5m)', { world: OPEN_WORLD });
});

test('Q223: only sums of buckets are histograms', () => {
  const { replacement } = wrong('histogram_quantile(0.9, avg by (le) (rate(wait_seconds_bucket[5m])))', 'Q223', 'avg', {
    world,
  });
  expect(replacement?.text).toBe('sum');
  wrong('histogram_quantile(0.9, sum by (le) (max by (le, path) (rate(x_bucket[5m]))))', 'Q223', 'max', {
    world: OPEN_WORLD,
  });
  wrong(
    'histogram_quantile(0.9, quantile by (le) (0.5, rate(wait_seconds_bucket[5m]))) > 2 or vector(1)',
    'Q223',
    'quantile',
    { world },
    ['Q226', 'Q508'],
  );
  right('histogram_quantile(0.9, sum by (le) (rate(wait_seconds_bucket[5m])))', { world });
  right('max by (path) (histogram_quantile(0.9, rate(wait_seconds_bucket[5m])))', { world });
  right('histogram_quantile(0.9, max without (instance) (rate(wait_seconds_bucket[5m])))', { world });
  right('max(rate(wait_seconds_bucket{le="0.1"}[5m]))', { world });
});

test('Q224: the sum, the count and the bare name have no buckets', () => {
  wrong('histogram_quantile(0.9, rate(wait_seconds_count[5m]))', 'Q224', 'rate(wait_seconds_count[5m])', { world });
  wrong('max(histogram_quantile(0.9, sum by (job) (rate(x_sum[5m])))) > 1', 'Q224', 'sum by (job) (rate(x_sum[5m]))', {
    world: OPEN_WORLD,
  });
  wrong('histogram_quantile(0.9, sum(rate(wait_seconds[5m])))', 'Q224', 'sum(rate(wait_seconds[5m]))', { world }, [
    'M101',
  ]);
  right('histogram_quantile(0.9, rate(wait_seconds_bucket[5m]))', { world });
  right('histogram_quantile(0.9, rate(native_seconds[5m]))', { world });
  right('histogram_quantile(0.9, rate(x[5m]))', { world: OPEN_WORLD });
});

describe('Q225 quantile-out-of-range', () => {
  test('a quantile above 1 or below 0 is an error, and a percentile is divided by 100', () => {
    const rated = 'rate(wait_seconds_bucket[5m])';
    const { replacement } = wrong(`histogram_quantile(95, ${rated})`, 'Q225', '95', { world });
    expect(replacement?.text).toBe('0.95');
    wrong('quantile by (path) (-0.5, rate(wait_seconds_sum[5m]))', 'Q225', '-0.5', { world });
    wrong('quantile_over_time(50 + 49, x[1h])', 'Q225', '50 + 49', { world: OPEN_WORLD });
    right(`histogram_quantile(0.95, ${rated})`, { world });
    right(`histogram_quantile(1, ${rated})`, { world });
    right(`histogram_quantile($q, ${rated})`, { world });
  });

  test('Prometheus: the 95th quantile is +Inf', async () => {
    const [above] = await returns({ x: '1' }, ['quantile(95, x)'], '1m');
    expect(above?.samples?.[0]?.value).toBe(Infinity);
  });
});

test('Q227: buckets and quantiles that are not exported select nothing', async () => {
  wrong('sum(rate(wait_seconds_bucket{le="0.3"}[5m]))', 'Q227', '"0.3"', { world });
  wrong('rpc_seconds{quantile="0.95"} > 1', 'Q227', '"0.95"', { world });
  wrong('sum(rate(wait_seconds_bucket{le=~"0.2|0.3"}[5m])) * 2', 'Q227', '"0.2|0.3"', { world });
  right('wait_seconds_bucket{le="1"} + on () group_left () vector(0)', { world });
  right('rate(wait_seconds_bucket{le="1.0"}[5m])', { world });
  right('rate(wait_seconds_bucket{le!="0.3"}[5m])', { world }, ['Q316']);
  right('rate(x_bucket{le="0.3"}[5m])', { world: OPEN_WORLD });
});

test('Q228: a bucket never matches the count of its histogram', async () => {
  const ratio = (matching: string): string =>
    `rate(wait_seconds_bucket{le="0.1"}[5m]) /${matching} rate(wait_seconds_count[5m])`;
  wrong(ratio(''), 'Q228', ratio(''), { world });
  wrong(ratio(' ignoring (path)'), 'Q228', ratio(' ignoring (path)'), { world }, ['Q305']);
  wrong(`1 - (${ratio('')}) > 0.1`, 'Q228', ratio(''), { world });
  right(ratio(' ignoring (le)'), { world });
  right('sum(rate(wait_seconds_bucket{le="0.1"}[5m])) / sum(rate(wait_seconds_count[5m]))', { world });
  const [never, matches] = await returns({ 'w_bucket{le="0.1"}': '0+1x60', w_count: '0+2x60' }, [
    'rate(w_bucket{le="0.1"}[5m]) / rate(w_count[5m])',
    'rate(w_bucket{le="0.1"}[5m]) / ignoring (le) rate(w_count[5m])',
  ]);
  expect([never?.samples?.length, matches?.samples?.length]).toEqual([0, 1]);
});

test('Q229: the ratio of raw sum and count is the mean of a whole life', () => {
  wrong('wait_seconds_sum / wait_seconds_count', 'Q229', 'wait_seconds_sum / wait_seconds_count', { world });
  wrong('max(sum(x_sum) / sum(x_count)) > 2', 'Q229', 'sum(x_sum) / sum(x_count)', { world: OPEN_WORLD });
  wrong(
    'rpc_seconds_sum{job="app"} / rpc_seconds_count{job="app"} * 1000',
    'Q229',
    'rpc_seconds_sum{job="app"} / rpc_seconds_count{job="app"}',
    { world },
  );
  right('rate(wait_seconds_sum[5m]) / rate(wait_seconds_count[5m])', { world });
  right('x_sum / y_count', { world: OPEN_WORLD });
});

test('Q230: a mean of quantiles is no quantile', () => {
  wrong('avg(rpc_seconds{quantile="0.99"})', 'Q230', 'avg', { world });
  wrong('sum by (job) (x{quantile="0.9"}) > 1', 'Q230', 'sum', { world: OPEN_WORLD });
  // one series an instance is the value itself
  right('sum by (instance) (x{quantile="0.9"}) > 1', { world: OPEN_WORLD });
  right('sum by (job, instance) (rpc_seconds{quantile="0.9"}) > 1', { world });
  wrong('avg(histogram_quantile(0.99, rate(wait_seconds_bucket[5m])))', 'Q230', 'avg', { world });
  right('max(rpc_seconds{quantile="0.99"})', { world });
  right('sum(rate(rpc_seconds_count[5m]))', { world });
  right('avg(temperature_celsius)', { world });
});

test('Q231: summaries have no buckets, histograms no quantiles', () => {
  const also = ['M101'];
  wrong('histogram_quantile(0.9, rate(rpc_seconds_bucket[5m]))', 'Q231', 'rpc_seconds_bucket', { world }, also);
  wrong('sum(rate(rpc_seconds_bucket{le="1"}[5m])) > 0', 'Q231', 'rpc_seconds_bucket', { world }, also);
  wrong('wait_seconds{quantile="0.9"}', 'Q231', 'wait_seconds', { world }, also);
  wrong('max_over_time(wait_seconds{quantile="0.9"}[5m]) > 0.5', 'Q231', 'wait_seconds', { world }, also);
  right('rpc_seconds{quantile="0.9"}', { world });
  right('histogram_quantile(0.9, rate(wait_seconds_bucket[5m]))', { world });
});

test('Q232: the sides of a ratio look back over the same time', async () => {
  wrong('sum(rate(errors_total[1h])) / sum(rate(requests_total[5m]))', 'Q232', '/', { world });
  wrong('100 * (increase(x{code="500"}[30m]) / ignoring (code) increase(x[5m]))', 'Q232', '/', { world: OPEN_WORLD });
  right('rate(a[5m]) / rate(a[50m] offset 10m) > 2', { world: OPEN_WORLD });
  wrong('1 - rate(a[10m]) / rate(b[1m]) < 0.9', 'Q232', '/', { world: OPEN_WORLD }, ['Q241']);
  right('rate(errors_total[5m]) / rate(requests_total[5m])', { world }, ['Q242']);
  right('rate(requests_total[5m]) / rate(requests_total[1h])', { world });
  right('rate(errors_total[$__rate_interval]) / rate(requests_total[$__rate_interval])', { world });
  const [ratio] = await returns({ e: '0+10x25 250x10', r: '0+10x25 250+0.1x10' }, ['rate(e[30m]) / rate(r[4m])']);
  expect(ratio?.samples?.[0]?.value).toBeGreaterThan(1);
});

test('Q233: a native histogram has neither le nor _bucket', () => {
  const also = ['M101'];
  wrong('histogram_quantile(0.9, sum by (le) (rate(native_seconds[5m])))', 'Q233', 'le', { world });
  wrong('sum by (le, job) (rate(native_seconds[5m]))', 'Q233', 'le', { world });
  wrong('histogram_quantile(0.9, rate(native_seconds_bucket[5m]))', 'Q233', 'native_seconds_bucket', { world }, also);
  wrong('sum(rate(native_seconds_count[5m])) > 1', 'Q233', 'native_seconds_count', { world }, [...also, 'Q208']);
  right('histogram_quantile(0.9, sum by (job) (rate(native_seconds[5m])))', { world });
  right('sum by (le) (rate(wait_seconds_bucket[5m]))', { world });
});

test('Q234: what works on numbers leaves native histograms out', () => {
  wrong('max(native_seconds)', 'Q234', 'native_seconds', { world });
  wrong('topk(3, sum by (job) (rate(native_seconds[5m])))', 'Q234', 'sum by (job) (rate(native_seconds[5m]))', {
    world,
  });
  wrong('native_seconds > 1', 'Q234', 'native_seconds', { world }, ['Q201']);
  wrong('sum(abs(rate(native_seconds[5m])))', 'Q234', 'rate(native_seconds[5m])', { world });
  right('histogram_count(native_seconds) > 1', { world }, ['Q201']);
  right('rate(native_seconds[5m]) * 2', { world });
  right('sum(rate(native_seconds[5m])) / 2', { world });
});
