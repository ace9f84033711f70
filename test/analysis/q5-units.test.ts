import { describe, expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import type { PanelPlace } from '../../src/analysis/subject.ts';
import { closedWorld, metric, returns, right, shown, subject, wrong } from './harness.ts';

const world = closedWorld([
  metric('capacity', 'gauge', {
    labels: { node: 'any', resource: ['cpu', 'memory', 'pods'] },
    unitByLabel: { label: 'resource', units: { cpu: 'cores', memory: 'bytes', pods: 'count' } },
  }),
  metric('used_ratio', 'gauge', { unit: 'ratio', range: { min: 0, max: 1 } }),
  metric('limit_percent', 'gauge', { unit: 'percent' }),
  metric('received_bytes_total', 'counter', { unit: 'bytes' }),
  metric('cpu_seconds_total', 'counter', { unit: 'seconds' }),
  metric('wait_seconds', 'gauge', { unit: 'seconds' }),
  metric('start_time_seconds', 'gauge', { unit: 'timestamp_seconds' }),
  metric('done_timestamp_ms', 'gauge', { unit: 'timestamp_milliseconds' }),
  metric('errors_total', 'counter'),
  metric('requests_total', 'counter'),
  ...['x', 'a', 'b', 'c'].map((name) => metric(name, 'gauge')),
]);
const on = (unit: string, more: Partial<PanelPlace> = {}): PanelPlace => ({
  type: 'panel',
  title: 'P',
  panelType: 'timeseries',
  unit,
  ...more,
});
const codes = (text: string, place: PanelPlace): readonly string[] =>
  shown(analyseProject({ groups: [], dashboards: [], queries: [subject(text, place)] }, world));

describe('Q502 units-by-label-mixed', () => {
  test('values of several units are put together', () => {
    wrong('sum(capacity)', 'Q502', 'sum(capacity)', { world });
    wrong(
      '1 - max by (node) (capacity{resource=~"cpu|memory"}) / 2',
      'Q502',
      'max by (node) (capacity{resource=~"cpu|memory"})',
      { world },
    );
    const { fix } = wrong('capacity > 100', 'Q502', 'capacity > 100', { world });
    expect(fix).toContain('Write a query for each');
    right('sum(capacity{resource="memory"}) / 1024 ^ 3', { world });
    right('sum(capacity{resource="$resource"})', { world, place: on('short') });
    right('sum by (resource) (capacity)', { world });
    right('count(capacity > 0)', { world });
    right('avg(capacity / (capacity > 0))', { world }, ['Q301']);
  });

  test('Prometheus: the bytes hide the cores', async () => {
    const series = {
      'capacity{node="a",resource="cpu"}': '4x60',
      'capacity{node="b",resource="cpu"}': '64x60',
      'capacity{node="a",resource="memory"}': '8000000000x60',
      'capacity{node="b",resource="memory"}': '8000000000x60',
    };
    const [sum, largest, above, apart] = await returns(series, [
      'sum(capacity)',
      'max by (node) (capacity)',
      'capacity > 100',
      'sum by (resource) (capacity)',
    ]);
    expect(sum?.samples?.map(({ value }) => value)).toEqual([16_000_000_068]);
    // node b has sixteen times the cores, and nothing of it is left
    expect(largest?.samples?.map(({ value }) => value)).toEqual([8e9, 8e9]);
    expect(above?.samples?.map(({ labels: { resource } }) => resource)).toEqual(['memory', 'memory']);
    expect(apart?.samples?.map(({ labels: { resource }, value }) => [resource, value])).toEqual([
      ['cpu', 68],
      ['memory', 16e9],
    ]);
  });
});

describe('units of panels', () => {
  const rate = 'rate(received_bytes_total[$__rate_interval])';
  test.each([
    ['Q503', '100 * used_ratio', 'percentunit'],
    ['Q503', 'used_ratio', 'percent'],
    ['Q504', rate, 'bytes'],
    ['Q504', `sum by (job) (${rate}) * 8`, 'Bps'],
    ['Q504', 'max(wait_seconds)', 'ms'],
    ['Q504', 'max(start_time_seconds)', 's'],
    ['Q505', 'rate(cpu_seconds_total[$__rate_interval])', 's'],
    ['Q506', 'start_time_seconds', 'dateTimeAsIso'],
  ])('%s: %s in %s', (code, text, unit) => {
    expect(codes(text, on(unit))).toEqual([code]);
  });

  test.each([
    ['used_ratio', 'percentunit'],
    [rate, 'binBps'],
    [`${rate} * 8`, 'bps'],
    ['increase(received_bytes_total[$__rate_interval]) / 300', 'Bps'],
    ['rate(cpu_seconds_total[$__rate_interval])', 'short'],
    ['start_time_seconds * 1000', 'dateTimeAsIso'],
    ['time() - start_time_seconds', 'dtdurations'],
    ['x', 'bytes'],
    [rate, 'suffix: B'],
  ])('nothing of %s in %s', (text, unit) => {
    expect(codes(text, on(unit))).toEqual([]);
  });

  test('nothing where the panel rearranges its data', () => {
    expect(codes(rate, on('bytes', { transformed: true }))).toEqual([]);
  });

  test('Q508: thresholds that a value never reaches', () => {
    expect(codes('used_ratio', on('percentunit', { thresholds: [70, 90] }))).toEqual(['Q508']);
    expect(codes('used_ratio', on('percentunit', { thresholds: [0.7, 1] }))).toEqual([]);
    expect(codes('x', on('short', { thresholds: [70, 90] }))).toEqual([]);
  });
});

test('Q503: percent against a ratio', () => {
  wrong('used_ratio > limit_percent', 'Q503', 'used_ratio > limit_percent', { world });
  wrong('max(100 * used_ratio - used_ratio)', 'Q503', '100 * used_ratio - used_ratio', { world });
  right('100 * used_ratio > limit_percent', { world });
});

describe('Q509 contradicting-bounds', () => {
  const faults = ['x > 10 and x < 5', 'x > 80 or x > 90', 'x > 90 unless x > 80', 'x > 5 or x < 10', 'x > 10 < 5'];
  test('limits that exclude each other, or have no effect', () => {
    for (const text of faults) wrong(text, 'Q509', text, { world });
    wrong('sum(x > 10 and a > 1 and x < 5) + 1', 'Q509', 'x > 10 and a > 1 and x < 5', { world });
    right('x > 5 and x < 10', { world });
    right('x < 5 or x > 10', { world });
    right('x > 80 unless x > 90', { world });
    right('x > 10 and on (job) x < 5', { world });
  });

  test('Prometheus: nothing, the same with and without, nothing, always', async () => {
    const results = await returns({ x: '7x60', 'x{a="b"}': '95x60' }, [...faults, 'x > 80', 'x']);
    const values = results.map(({ samples = [] }) => samples.map(({ value }) => value).toSorted((a, b) => a - b));
    expect(values).toEqual([[], [95], [], [7, 95], [], [95], [7, 95]]);
  });
});

test('Q510: a chain of comparisons compares with the first only', async () => {
  wrong('a > b > c', 'Q510', 'a > b > c', { world });
  wrong('sum(a < b <= c)', 'Q510', 'a < b <= c', { world });
  wrong('count(a == b == c) > 1', 'Q510', 'a == b == c', { world });
  right('a > b and b > c', { world });
  right('(a > b) > c', { world });
  right('5 < a < 10', { world });
  const [chain, both] = await returns({ a: '10x60', b: '5x60', c: '7x60' }, ['a > b > c', 'a > b and b > c']);
  expect([chain?.samples?.length, both?.samples?.length]).toEqual([1, 0]);
});

test('Q511: the mean of ratios forgets how many events there were', async () => {
  const ratio = 'rate(errors_total[5m]) / (rate(requests_total[5m]) > 0)';
  wrong(`avg(${ratio})`, 'Q511', `avg(${ratio})`, { world });
  wrong(`avg(100 * (${ratio})) > 5`, 'Q511', `avg(100 * (${ratio}))`, { world });
  wrong(`1 - sum(${ratio})`, 'Q511', `sum(${ratio})`, { world });
  right('sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))', { world });
  right('avg(x / (a > 0))', { world });
  const [mean, sums] = await returns(
    { 'e{i="1"}': '0+1x60', 'r{i="1"}': '0+1x60', 'e{i="2"}': '0x60', 'r{i="2"}': '0+99x60' },
    ['avg(rate(e[5m]) / rate(r[5m]))', 'sum(rate(e[5m])) / sum(rate(r[5m]))'],
  );
  expect(mean?.samples?.[0]?.value).toBeCloseTo(0.5);
  expect(sums?.samples?.[0]?.value).toBeCloseTo(0.01);
});

test('Q516: a moment is no length of time', async () => {
  wrong('start_time_seconds > 3600', 'Q516', 'start_time_seconds > 3600', { world });
  wrong('count(max by (job) (start_time_seconds) < 86400)', 'Q516', 'max by (job) (start_time_seconds) < 86400', {
    world,
  });
  wrong('start_time_seconds > wait_seconds', 'Q516', 'start_time_seconds > wait_seconds', { world });
  right('time() - start_time_seconds > 3600', { world });
  right('start_time_seconds > 0', { world });
  right('delta(start_time_seconds[1h]) > 3600', { world });
  const [found] = await returns({ start: '1700000000x60' }, ['start > 3600']);
  expect(found?.samples).toHaveLength(1);
});

test('Q517: seconds and milliseconds since 1970', async () => {
  wrong('time() - done_timestamp_ms > 60', 'Q517', 'time() - done_timestamp_ms', { world });
  wrong('hour(done_timestamp_ms) < 6', 'Q517', 'done_timestamp_ms', { world });
  wrong('max(start_time_seconds > done_timestamp_ms)', 'Q517', 'start_time_seconds > done_timestamp_ms', { world });
  right('time() - done_timestamp_ms / 1000 > 60', { world });
  right('hour(done_timestamp_ms / 1000) < 6', { world });
  // promtool's clock begins in 1970: at 30m, `recent` lies ten minutes back; `done` is a night in November 2023
  const series = { recent: '1200000x60', done: '1700010000000x60', later: '1700013600x60' };
  const proof: Readonly<Record<string, readonly number[]>> = {
    'time() - recent > 60': [],
    'time() - recent / 1000 > 60': [600],
    'later > done': [],
    'later > done / 1000': [1_700_013_600],
    'hour(done)': [16],
    'hour(done / 1000)': [1],
    'year(done)': [55_841],
    'year(done / 1000)': [2023],
  };
  const results = await returns(series, Object.keys(proof));
  const values = results.map(({ samples }) => samples?.map(({ value }) => value));
  expect(values).toEqual(Object.values(proof));
});
