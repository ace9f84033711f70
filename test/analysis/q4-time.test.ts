import { describe, expect, test } from 'vitest';
import type { AlertPlace, PanelPlace, RecordPlace } from '../../src/analysis/subject.ts';
import { parse } from '../../src/promql/parse.ts';
import { analyseCatalogue, analyseQuery } from '../../src/analysis/analyse.ts';
import { APP, closedWorld, metric, OPEN_WORLD, returns, right, shown, subject, wrong } from './harness.ts';

const errors = metric('errors_total', 'counter');
const world = closedWorld([errors, metric('free_bytes', 'gauge', { unit: 'bytes', range: { min: 0 } })], {
  rules: [
    {
      name: 'job:errors:rate5m',
      expr: parse('sum by (job) (rate(errors_total[5m]))'),
      text: 'sum by (job) (rate(errors_total[5m]))',
      intervalSeconds: 300,
    },
  ],
});
const alert = (more: Partial<AlertPlace> = {}): AlertPlace => ({
  type: 'alert',
  name: 'A',
  labels: {},
  annotations: {},
  ...more,
});
const record: RecordPlace = { type: 'record', name: 'job:x:y', labels: {} };
const graph: PanelPlace = { type: 'panel', title: 'P', panelType: 'timeseries' };

describe('Q402 range-below-rule-interval', () => {
  test('a range over a recorded series must hold a sample, and two where samples are compared', () => {
    wrong('max_over_time(job:errors:rate5m[1m])', 'Q402', '1m', { world });
    wrong('1 + sum(deriv(job:errors:rate5m{job="app"}[5m]))', 'Q402', '5m', { world });
    wrong('avg_over_time(job:errors:rate5m[2m]) > 3 or vector(1)', 'Q402', '2m', { world }, ['Q311']);
    right('max_over_time(job:errors:rate5m[5m])', { world });
    right('deriv(job:errors:rate5m[10m])', { world });
    right('max_over_time(free_bytes[1m])', { world });
  });

  test('Prometheus: a range shorter than the interval is empty between two evaluations', async () => {
    const [short, long] = await returns(
      { 'job:errors:rate5m': '1 _x4 1 _x4 1 _x4 1' },
      ['max_over_time(job:errors:rate5m[1m])', 'max_over_time(job:errors:rate5m[10m])'],
      '13m',
    );
    expect(short?.samples).toEqual([]);
    expect(long?.samples).toHaveLength(1);
  });
});

describe('Q403 subquery-step', () => {
  test('a step as long as the range is pointed at', () => {
    wrong('max_over_time(rate(errors_total[5m])[5m:10m])', 'Q403', '10m', { world });
    wrong('sum(avg_over_time(free_bytes[1h:1h])) / 2', 'Q403', '1h', { world: OPEN_WORLD });
    wrong('quantile_over_time(0.9, (free_bytes * 2)[1m:1h])', 'Q403', '1h', { world });
    right('max_over_time(rate(errors_total[5m])[1h:1m])', { world });
    right('max_over_time(rate(errors_total[5m])[1h:])', { world });
    right('present_over_time((free_bytes > 0)[5m:5m])', { world });
  });

  test('Prometheus: such a subquery looks at one moment, or at none', async () => {
    const [one, none, many] = await returns(
      { errors_total: '0+1x60' },
      [
        'count_over_time(rate(errors_total[5m])[5m:10m])',
        'count_over_time(rate(errors_total[5m])[5m:10m] offset 2m)',
        'count_over_time(rate(errors_total[5m])[30m:1m])',
      ],
      '34m',
    );
    expect(one?.samples?.[0]?.value).toBe(1);
    expect(none?.samples?.[0]?.value ?? 0).toBeLessThanOrEqual(1);
    expect(many?.samples?.[0]?.value).toBeGreaterThan(25);
  });
});

describe('Q404 for-outlives-condition', () => {
  const place = alert({ forSeconds: 600 });

  test('a condition that one event cannot hold as long as `for` is explained', () => {
    const text = 'increase(errors_total[5m]) > 0';
    wrong(text, 'Q404', text, { world, place }, ['Q212']);
    wrong(`${text} and on (job) free_bytes > 1e6`, 'Q404', text, { world, place }, ['Q212', 'Q310', 'Q305']);
    wrong('sum by (job) (rate(errors_total[1m])) > 0.01', 'Q404', 'sum by (job) (rate(errors_total[1m])) > 0.01', {
      world,
      place,
    });
  });

  test('longer ranges, larger limits and shorter waits are left alone', () => {
    const advice = ['Q212'];
    right('increase(errors_total[15m]) > 0', { world, place }, advice);
    right('increase(errors_total[5m]) > 100', { world, place }, advice);
    right('rate(errors_total[5m]) > 0.1', { world, place }, advice);
    right('increase(errors_total[5m]) > 0', { world, place: alert({ forSeconds: 60 }) }, advice);
    right('increase(errors_total[5m]) > 0', { world, place: alert() }, advice);
  });
});

test('Q405: a wait that is no multiple of the interval is advised against, where the interval is known', () => {
  const found = (more: Partial<AlertPlace>): readonly string[] =>
    shown(analyseQuery(subject('free_bytes < 1e6', alert(more)), world)).filter((code) => code.startsWith('Q405'));
  expect(found({ forSeconds: 10, intervalSeconds: 60 })).toHaveLength(1);
  expect(found({ forSeconds: 90, intervalSeconds: 60 })).toHaveLength(1);
  expect(found({ forSeconds: 60, keepFiringForSeconds: 30, intervalSeconds: 60 })).toHaveLength(1);
  expect(found({ forSeconds: 120, keepFiringForSeconds: 60, intervalSeconds: 60 })).toEqual([]);
  expect(found({ forSeconds: 10 })).toEqual([]);
  expect(found({ intervalSeconds: 60 })).toEqual([]);
});

test('Q406: irate() in a rule is replaced by rate(); on a dashboard it is fine', () => {
  const { replacement } = wrong('irate(errors_total[5m]) > 10', 'Q406', 'irate', { world, place: alert() });
  expect(replacement?.text).toBe('rate');
  wrong('sum by (job) (irate(errors_total[5m]))', 'Q406', 'irate', { world, place: record });
  wrong('max_over_time(irate(errors_total[5m])[1h:1m])', 'Q406', 'irate', { world, place: record });
  right('irate(errors_total[$__rate_interval])', { world, place: graph });
  right('sum by (job) (irate(errors_total[5m]))', { world, place: { ...record, name: 'job:errors:sum_irate5m' } });
});

describe('Q407 variable-in-rule', () => {
  test('variables in rules are errors wherever they stand', () => {
    wrong('rate(errors_total[$__rate_interval]) > 1', 'Q407', '$__rate_interval', { world, place: alert() });
    wrong('sum(rate(errors_total{job=~"$job"}[5m]))', 'Q407', '$job', { world, place: record });
    wrong('topk(${n}, free_bytes)', 'Q407', '${n}', { world, place: record });
    wrong('sum by ([[label]]) (free_bytes)', 'Q407', '[[label]]', { world, place: record });
  });

  test('a group of a regular expression is no variable, and dashboards may use variables', () => {
    const replace = (to: string): string =>
      `label_replace(free_bytes, "short", "${to}", "instance", "(?P<host>.*):.*")`;
    right(replace('${host}'), { world, place: record });
    right(replace('$1'), { world, place: record });
    right('rate(errors_total[$__rate_interval])', { world, place: graph });
  });
});

describe('Q408 fixed-range-in-panel', () => {
  test('$__interval and short fixed ranges under rate() are replaced', () => {
    const { replacement } = wrong('rate(errors_total[$__interval])', 'Q408', '$__interval', { world, place: graph });
    expect(replacement?.text).toBe('$__rate_interval');
    const counted = wrong('sum(increase(errors_total[$__interval]))', 'Q408', '$__interval', { world, place: graph });
    expect([counted.replacement, counted.fix]).toEqual([undefined, expect.stringContaining('Min interval')]);
    wrong('sum by (job) (rate(errors_total[1m]))', 'Q408', '1m', { world, place: graph });
    wrong('sum by (job) (rate(errors_total[5m]))', 'Q413', '5m', { world, place: graph });
  });

  test('ranges that are part of what the panel says are left alone', () => {
    right('rate(errors_total[$__rate_interval])', { world, place: graph });
    right('rate(errors_total[1h])', { world, place: graph });
    right('rate(errors_total[5m])', { world, place: { ...graph, title: 'Errors [5m]' } });
    right('increase(errors_total[$__interval])', { world, place: { ...graph, title: 'Errors / $__interval' } });
    right('increase(errors_total[5m])', { world, place: graph });
    right('irate(errors_total[5m])', { world, place: graph });
    right('rate(errors_total[5m])', { world, place: { ...graph, panelType: 'stat' } });
    right('rate(errors_total[5m])', { world, place: { ...graph, instant: true } });
    right('max_over_time(free_bytes[$__interval])', { world, place: graph });
  });

  test('$__interval is long enough where the shortest step holds two scrapes', () => {
    right('rate(errors_total[$__interval])', { world, place: { ...graph, minIntervalSeconds: 120 } });
    right('rate(x[$__interval])', { world: OPEN_WORLD, place: { ...graph, minIntervalSeconds: 30 } });
    const short = { ...graph, minIntervalSeconds: 30 };
    wrong('rate(errors_total[$__interval])', 'Q408', '$__interval', { world, place: short });
  });
});

test('Q409: a prediction far beyond its samples is a warning', () => {
  const far = 'predict_linear(free_bytes[10m], 4 * 86400)';
  wrong(`${far} < 0`, 'Q409', far, { world });
  wrong(`sum(${far}) < 0 and sum(free_bytes) < 1e9`, 'Q409', far, { world });
  const subquery = 'predict_linear(max_over_time(free_bytes[5m])[1h:1m], 172800)';
  wrong(subquery, 'Q409', subquery, { world });
  right('predict_linear(free_bytes[6h], 4 * 86400) < 0', { world });
  right('predict_linear(free_bytes[1h], 86400) < 0', { world });
});

describe('Q410 modifier-in-rule', () => {
  test('the future and the ends of the range mean nothing in a rule', () => {
    wrong('free_bytes offset -5m', 'Q410', '-5m', { world, place: record });
    wrong('avg_over_time(free_bytes[1h:1m] offset -1h) < 10', 'Q410', '-1h', { world, place: alert() });
    wrong('sum(rate(errors_total[5m] @ end()))', 'Q410', '@ end()', { world, place: record });
    right('free_bytes offset 1h', { world, place: record });
    right('free_bytes offset -5m', { world, place: graph });
    right('free_bytes @ start()', { world, place: graph });
  });

  test('Prometheus: the future holds no samples', async () => {
    const [future, now] = await returns({ x: '1x30 _x30' }, ['x offset -10m', 'x']);
    expect(future?.samples).toEqual([]);
    expect(now?.samples).toHaveLength(1);
  });
});

describe('Q411 interval-above-lookback', () => {
  const text = 'sum by (job) (free_bytes)';

  test('a rule that records too seldom is an error', () => {
    wrong(text, 'Q411', text, { world, place: { ...record, intervalSeconds: 600 } });
    right(text, { world, place: { ...record, intervalSeconds: 300 } });
    right(text, { world, place: record });
    const patient = closedWorld([metric('free_bytes', 'gauge')], { server: { lookbackSeconds: 900 } });
    right(text, { world: patient, place: { ...record, intervalSeconds: 600 } });
  });

  test('so is a metric that is scraped too seldom', () => {
    const seldom = metric('cost_usd', 'gauge', { help: 'Cost.', exporter: { ...APP, scrapeIntervalSeconds: 3600 } });
    expect(shown(analyseCatalogue(closedWorld([seldom])))).toContain('Q411');
    expect(shown(analyseCatalogue(closedWorld([{ ...seldom, exporter: APP }])))).not.toContain('Q411');
  });
});

describe('Q412 counter-minus-offset', () => {
  test('a difference of raw values of one counter is a warning', () => {
    const text = 'errors_total - errors_total offset 1h';
    wrong(text, 'Q412', text, { world }, ['Q201']);
    wrong(`sum(${text}) > 5`, 'Q412', text, { world }, ['Q201']);
    const pinned = 'errors_total{job="app"} offset 5m - errors_total{job="app"} offset 1h';
    wrong(`(${pinned}) / 2`, 'Q412', pinned, { world }, ['Q201']);
    right('increase(errors_total[1h])', { world });
    right('free_bytes - free_bytes offset 1h', { world });
    right('errors_total unless errors_total offset 1h', { world }, ['Q201']);
  });

  test('Prometheus: the difference is negative after a restart', async () => {
    const [difference, increase] = await returns(
      { x_total: '0+10x40 0+10x30' },
      ['x_total - x_total offset 30m', 'increase(x_total[30m])'],
      '50m',
    );
    expect(difference?.samples?.[0]?.value).toBeLessThan(0);
    expect(increase?.samples?.[0]?.value).toBeGreaterThan(0);
  });
});
