import { describe, expect, test } from 'vitest';
import type { AlertPlace, RecordPlace } from '../../src/analysis/subject.ts';
import { closedWorld, metric, OPEN_WORLD, returns, right, wrong } from './harness.ts';

const world = closedWorld([
  metric('ok_total', 'counter'),
  metric('all_total', 'counter', { labels: { code: 'any' } }),
  metric('size_bytes', 'gauge', { unit: 'bytes', range: { min: 1 } }),
  metric('free_bytes', 'gauge', { unit: 'bytes', range: { min: 0 } }),
  metric('load1', 'gauge'),
  metric('up', 'gauge', { boolean: true }),
  metric('waiting', 'gauge', { appearsOnFirstUse: true }),
]);
const alert: AlertPlace = { type: 'alert', name: 'A', labels: {}, annotations: {} };
const record: RecordPlace = { type: 'record', name: 'a:b', labels: {} };
const ratio = 'sum(rate(ok_total[5m])) / sum(rate(all_total[5m]))';

describe('Q241 nan-hides-condition', () => {
  test('too few of nothing is not noticed', () => {
    wrong(`${ratio} < 0.99`, 'Q241', `${ratio} < 0.99`, { world, place: alert });
    wrong(
      'up == 1 and on (job) (sum by (job) (rate(a[5m])) / sum by (job) (rate(b[5m])) * 100 <= 99)',
      'Q241',
      'sum by (job) (rate(a[5m])) / sum by (job) (rate(b[5m])) * 100 <= 99',
      { world: OPEN_WORLD, place: alert },
    );
    const part = 'sum(rate(all_total{code="200"}[5m])) / sum(rate(all_total[5m]))';
    wrong(`(${part}) < 0.9`, 'Q241', `(${part}) < 0.9`, { world, place: alert });
  });

  test('guards, other branches and divisors that are never 0 are fine', () => {
    right(`(${ratio} < 0.99) or (sum(rate(all_total[5m])) == 0)`, { world, place: alert });
    right('sum(rate(ok_total[5m])) / (sum(rate(all_total[5m])) > 0) < 0.99', { world, place: alert });
    right('free_bytes / size_bytes < 0.1', { world, place: alert });
    right('a / b < 0.1', { world: OPEN_WORLD, place: alert });
    right(ratio, { world, place: record });
  });

  test('Prometheus: the alert is silent without traffic', async () => {
    const [silent, covered] = await returns({ ok_total: '5x60', all_total: '5x60' }, [
      `${ratio} < 0.99`,
      `(${ratio} < 0.99) or (sum(rate(all_total[5m])) == 0)`,
    ]);
    expect([silent?.samples?.length, covered?.samples?.length]).toEqual([0, 1]);
  });
});

describe('Q242 infinity-meets-condition', () => {
  test('a ratio of two metrics passes every limit when the divisor is 0', () => {
    wrong(
      'rate(ok_total[5m]) / ignoring (code) group_left () sum without (code) (rate(all_total[5m])) > 0.1',
      'Q242',
      'rate(ok_total[5m]) / ignoring (code) group_left () sum without (code) (rate(all_total[5m]))',
      { world, place: alert },
    );
    wrong(`100 * (${ratio}) >= 5`, 'Q242', ratio, { world, place: alert });
    wrong(`${ratio} > 0.1 and sum(up) > 3`, 'Q242', ratio, { world, place: alert });
  });

  test('parts of a whole, guards and unknown metrics are left alone', () => {
    right('sum(rate(all_total{code="500"}[5m])) / sum(rate(all_total[5m])) > 0.1', { world, place: alert });
    right('sum(rate(ok_total[5m])) / (sum(rate(all_total[5m])) > 0) > 0.1', { world, place: alert });
    right('free_bytes / size_bytes > 0.1', { world, place: alert });
    right('rate(a[5m]) / rate(b[5m]) > 0.1', { world: OPEN_WORLD, place: alert });
  });

  test('Prometheus: it is +Inf', async () => {
    const [infinite, guarded] = await returns({ a_total: '0+1x60', b_total: '5x60' }, [
      'rate(a_total[5m]) / rate(b_total[5m]) > 0.1',
      'rate(a_total[5m]) / (rate(b_total[5m]) > 0) > 0.1',
    ]);
    expect(infinite?.samples?.[0]?.value).toBe(Infinity);
    expect(guarded?.samples).toEqual([]);
    const [idle] = await returns({ a_total: '5x60', b_total: '5x60' }, ['rate(a_total[5m]) / rate(b_total[5m]) > 0.1']);
    expect(idle?.samples).toEqual([]);
  });
});

describe('Q243 nan-in-aggregation', () => {
  test('one NaN is enough for the whole', () => {
    wrong('sum(rate(a[5m]) / rate(b[5m]))', 'Q243', 'sum(rate(a[5m]) / rate(b[5m]))', { world: OPEN_WORLD }, ['Q511']);
    wrong(
      'avg by (job) (100 * (load1 / free_bytes)) > 3',
      'Q243',
      'avg by (job) (100 * (load1 / free_bytes))',
      { world },
      ['Q501'],
    );
    wrong('max(stddev by (job) (load1 % free_bytes))', 'Q243', 'stddev by (job) (load1 % free_bytes)', { world }, [
      'Q501',
    ]);
    right('sum(rate(a[5m]) / (rate(b[5m]) > 0))', { world: OPEN_WORLD }, ['Q511']);
    right('sum(free_bytes / size_bytes)', { world });
    right('sum(a / b)', { world: OPEN_WORLD });
    right('max(rate(a[5m]) / rate(b[5m]))', { world: OPEN_WORLD });
  });

  test('not where every series stays by itself', () => {
    const apart = 'avg by (job) (rate(a{pod=~".+"}[5m]) / rate(b{pod=~".+"}[5m]))';
    wrong(apart, 'Q243', apart, { world: OPEN_WORLD }, ['Q511']);
    right('sum by (instance) (rate(a{c="x"}[5m]) / rate(b{c="x"}[5m]))', { world: OPEN_WORLD });
    right('sum(1 - sum by (c) (rate(a{c="x"}[5m])) / sum by (c) (rate(b{c="x"}[5m])))', { world: OPEN_WORLD });
    right('sum without (c) (rate(a{c="x"}[5m]) / rate(b{c="x"}[5m]))', { world: OPEN_WORLD });
  });

  test('Prometheus: the sum is NaN, or infinite where only the divisor is 0', async () => {
    const series = { 'a{i="1"}': '0+1x60', 'b{i="1"}': '0+2x60', 'a{i="2"}': '0x60', 'b{i="2"}': '0x60' };
    const [sum] = await returns(series, ['sum(rate(a[5m]) / rate(b[5m]))']);
    expect(sum?.samples?.[0]?.value).toBeNaN();
    const [mean, guarded] = await returns({ ...series, 'a{i="2"}': '0+1x60' }, [
      'avg(rate(a[5m]) / rate(b[5m]))',
      'avg(rate(a[5m]) / (rate(b[5m]) > 0))',
    ]);
    expect([mean?.samples?.[0]?.value, guarded?.samples?.[0]?.value]).toEqual([Infinity, 0.5]);
  });
});

test('Q245: a power binds tighter than a sign', async () => {
  wrong('-2 ^ 2', 'Q245', '-2 ^ 2', { world });
  wrong('1 + -load1 ^ 2', 'Q245', '-load1 ^ 2', { world });
  wrong('sum(-x{a="b"} ^ 0.5) > 1', 'Q245', '-x{a="b"} ^ 0.5', { world: OPEN_WORLD });
  right('(-2) ^ 2', { world });
  right('-(2 ^ 2)', { world });
  right('2 ^ -2', { world });
  const [power] = await returns({ x: '1' }, ['-2 ^ 2 * x'], '1m');
  expect(power?.samples?.[0]?.value).toBe(-4);
});

describe('R716 alert-without-condition', () => {
  const check = { world, place: alert };

  test('an alert without a condition, or with bool, always fires', () => {
    wrong('up == bool 0', 'R716', '==', check);
    wrong('sum(increase(all_total[5m]))', 'R716', 'sum(increase(all_total[5m]))', check);
    wrong('sum by (job) (up < bool 1) * 2', 'R716', '<', check);
    wrong('load1', 'R716', 'load1', check);
    right('invalid_indexes{index=~".*_ccnew"}', { ...check, world: OPEN_WORLD });
  });

  test('comparisons, absence, heartbeats and series of alarms are conditions', () => {
    right('up == 0', check);
    right('absent(up)', check);
    right('vector(1)', check);
    right('waiting', check);
    right('ALERTS{alertstate="firing"}', { world: OPEN_WORLD, place: alert });
    right('up unless on (job) load1', check, ['Q310']);
    right('load1', { world, place: record });
  });
});
