import { describe, expect, test } from 'vitest';
import type { AlertPlace, PanelPlace } from '../../src/analysis/subject.ts';
import { parse } from '../../src/promql/parse.ts';
import { closedWorld, metric, OPEN_WORLD, returns, right, wrong } from './harness.ts';

const recorded = (name: string, text: string): { name: string; text: string; expr: ReturnType<typeof parse> } => ({
  name,
  text,
  expr: parse(text),
});

const world = closedWorld(
  [
    metric('errors_total', 'counter', { labels: { code: 'any' } }),
    metric('late_total', 'counter', { labels: { code: 'any' }, appearsOnFirstUse: true }),
    metric('queue_depth', 'gauge', { range: { min: 0 } }),
    metric('up', 'gauge', { boolean: true }),
    metric('wait_seconds', 'histogram', { unit: 'seconds', buckets: [1, 2] }),
    metric('pod_phase', 'stateset', { labels: { pod: 'any', phase: ['Running', 'Failed'] } }),
    metric('build_info', 'info', { labels: { version: { values: { type: 'any' }, mutable: true } } }),
    metric('host_info', 'info', { labels: { kernel: 'any' } }),
  ],
  {
    rules: [
      recorded('job:errors:rate5m', 'sum by (job) (rate(errors_total[5m]))'),
      recorded('job:errors:sum', 'sum by (job) (errors_total)'),
    ],
  },
);
const panel: PanelPlace = { type: 'panel', title: 'P', panelType: 'timeseries' };
const alert: AlertPlace = { type: 'alert', name: 'A', labels: {}, annotations: {} };

describe('Q201 raw-counter', () => {
  test('limits on a raw counter, and raw counters in a panel, are warnings', () => {
    wrong('errors_total > 10', 'Q201', 'errors_total', { world });
    wrong('sum by (job) (errors_total{code="500"}) >= 5', 'Q201', 'sum by (job) (errors_total{code="500"})', { world });
    wrong('up == 1 and on (job) 100 < errors_total', 'Q201', 'errors_total', { world }, ['Q305', 'Q310']);
    wrong('sum(errors_total)', 'Q201', 'sum(errors_total)', { world, place: panel });
    wrong('wait_seconds_count > 100', 'Q201', 'wait_seconds_count', { world });
  });

  test('rates, questions about existence and unknown metrics are left alone', () => {
    right('increase(errors_total[1h]) > 10', { world });
    right('errors_total == 0', { world });
    right('(errors_total unless errors_total offset 5m) > 0', { world });
    right('count(errors_total) > 10', { world });
    right('sum by (job) (errors_total)', { world });
    right('queue_depth > 10', { world });
    right('errors_total > 10', { world: OPEN_WORLD });
  });
});

describe('Q202 gauge-function-on-counter', () => {
  test('functions for gauges are errors on counters', () => {
    wrong('delta(errors_total[5m])', 'Q202', 'delta(errors_total[5m])', { world });
    wrong('sum(deriv(wait_seconds_sum[5m])) > 1', 'Q202', 'deriv(wait_seconds_sum[5m])', { world });
    wrong('quantile_over_time(0.9, errors_total[1h])', 'Q202', 'quantile_over_time(0.9, errors_total[1h])', { world });
    wrong('avg_over_time(job:errors:sum[1h])', 'Q202', 'avg_over_time(job:errors:sum[1h])', { world });
  });

  test('functions that do not look at the value are fine, and so are gauges', () => {
    right('count_over_time(errors_total[5m])', { world });
    right('max_over_time(rate(errors_total[5m])[1h:1m])', { world });
    right('delta(queue_depth[5m])', { world });
    right('changes(errors_total[5m])', { world });
    right('avg_over_time(anything[5m])', { world: OPEN_WORLD });
  });

  test('Prometheus: delta() of a counter goes below zero at a restart', async () => {
    const [delta, increase] = await returns({ errors_total: '0+10x27 0+10x3' }, [
      'delta(errors_total[5m])',
      'increase(errors_total[5m])',
    ]);
    expect(delta?.samples?.[0]?.value).toBeLessThan(0);
    expect(increase?.samples?.[0]?.value).toBeGreaterThan(0);
  });
});

describe('Q204 aggregated-before-rate', () => {
  test('a recorded sum is written anew only where its expression can be read and reads no other rule', () => {
    const fixOf = (text: string): string => {
      const expr = parse('sum by (job) (errors_total)');
      const world = closedWorld([metric('errors_total', 'counter')], { rules: [{ name: 'job:e:sum', expr, text }] });
      return wrong('rate(job:e:sum[5m])', 'Q204', 'rate(job:e:sum[5m])', { world }).fix;
    };
    expect(fixOf('sum by (job) (errors_total)')).toContain('`sum by (job) (rate(errors_total[5m]))`');
    expect(fixOf('sum by (job) ({{ metric }})')).not.toContain('`sum');
    expect(fixOf('sum by (job) (errors_total + job:e:sum)')).not.toContain('`sum');
  });

  test('adding up first is an error, in a subquery and through a recording rule', () => {
    wrong('rate(sum(errors_total)[5m:1m])', 'Q204', 'rate(sum(errors_total)[5m:1m])', { world });
    wrong('max(increase(job:errors:sum[1h])) / 2', 'Q204', 'increase(job:errors:sum[1h])', { world });
    wrong('rate(avg by (job) (x)[5m:])', 'Q204', 'rate(avg by (job) (x)[5m:])', { world: OPEN_WORLD });
  });

  test('one of several copies, and sums of rates, are fine', () => {
    right('rate(max by (job, code) (errors_total)[5m:1m])', { world });
    right('sum(rate(errors_total[5m]))', { world });
    right('max_over_time(sum(rate(errors_total[5m]))[1h:1m])', { world });
  });

  test('Prometheus: the restart of one instance becomes a spike of the sum', async () => {
    const [wrongWay, rightWay] = await returns(
      { 'errors_total{instance="a"}': '1000+10x26 0+10x3', 'errors_total{instance="b"}': '100000+10x30' },
      ['rate(sum(errors_total)[5m:1m])', 'sum(rate(errors_total[5m]))'],
    );
    expect(wrongWay?.samples?.[0]?.value).toBeGreaterThan(4 * (rightWay?.samples?.[0]?.value ?? NaN));
  });
});

test('Q205: the rate of a rate is an error, recorded or not', () => {
  wrong('rate(job:errors:rate5m[5m])', 'Q205', 'rate(job:errors:rate5m[5m])', { world });
  wrong('max(increase(rate(errors_total[5m])[1h:1m]))', 'Q205', 'increase(rate(errors_total[5m])[1h:1m])', { world });
  wrong('irate(sum(increase(x[5m]))[1h:])', 'Q205', 'irate(sum(increase(x[5m]))[1h:])', { world: OPEN_WORLD });
  right('avg_over_time(job:errors:rate5m[5m])', { world });
  right('rate(errors_total[5m])', { world });
});

describe('Q206 equality-on-estimate', () => {
  test('an estimate is hardly ever exactly a number', () => {
    wrong('increase(errors_total[5m]) == 1', 'Q206', '==', { world });
    wrong('sum by (job) (rate(x[5m])) != 3 or up', 'Q206', '!=', { world: OPEN_WORLD });
    wrong('2 == avg(increase(errors_total[1h]))', 'Q206', '==', { world });
    right('increase(errors_total[5m]) == 0', { world });
    right('round(increase(errors_total[5m])) == 1', { world });
    right('up == 1', { world });
  });

  test('Prometheus: one event is an increase of more than 1', async () => {
    const [equal, above] = await returns({ x: '0x27 1x5' }, ['increase(x[5m]) == 1', 'increase(x[5m]) > 0']);
    expect(above?.samples).toHaveLength(1);
    expect(equal?.samples?.length ?? 0).toBeLessThanOrEqual(1);
  });
});

describe('Q207 states-counted', () => {
  test('count() of a state set counts the zeros too', () => {
    const { replacement } = wrong('count(pod_phase{phase="Failed"})', 'Q207', 'count(pod_phase{phase="Failed"})', {
      world,
    });
    expect(replacement?.text).toBe('sum');
    wrong('count by (phase) (pod_phase) > 5', 'Q207', 'count by (phase) (pod_phase)', { world });
    wrong('count(pod_phase{phase="Failed"}) / count(up)', 'Q207', 'count(pod_phase{phase="Failed"})', { world });
    right('count(pod_phase{phase="Failed"} == 1)', { world });
    right('sum(pod_phase{phase="Failed"}) / count(pod_phase{phase="Failed"})', { world });
    right('count(up)', { world });
  });

  test('Prometheus: the count is that of all things', async () => {
    const [count, sum] = await returns(
      { 'pod_phase{pod="a",phase="Failed"}': '0', 'pod_phase{pod="b",phase="Failed"}': '1' },
      ['count(pod_phase{phase="Failed"})', 'sum(pod_phase{phase="Failed"})'],
      '1m',
    );
    expect([count?.samples?.[0]?.value, sum?.samples?.[0]?.value]).toEqual([2, 1]);
  });
});

test('Q209: == 0 cannot see what has no series yet', () => {
  wrong('sum(rate(late_total{code="200"}[5m])) == 0', 'Q209', 'sum(rate(late_total{code="200"}[5m])) == 0', { world });
  wrong('increase(late_total[1h]) < 1', 'Q209', 'increase(late_total[1h]) < 1', { world });
  wrong(
    'up == 1 and on (job) (sum by (job) (rate(late_total[5m])) <= 0)',
    'Q209',
    'sum by (job) (rate(late_total[5m])) <= 0',
    { world },
    ['Q305'],
  );
  right('sum(rate(late_total[5m])) == 0 or absent(late_total)', { world });
  right('sum(rate(errors_total[5m])) == 0', { world });
  right('(sum(rate(late_total[5m])) or vector(0)) == 0', { world });
});

test('Q210: absent() of a comparison fires also when the comparison is false', async () => {
  const { fix } = wrong('absent(queue_depth > 0)', 'Q210', 'queue_depth > 0', { world });
  expect(fix).toContain('for both `queue_depth <= 0 or absent(queue_depth)`');
  wrong('sum(absent(x{job="a"} < 5)) > 0', 'Q210', 'x{job="a"} < 5', { world: OPEN_WORLD });
  wrong('absent_over_time((queue_depth >= 10)[1h:1m])', 'Q210', 'queue_depth >= 10', { world });
  right('absent(up == 1)', { world });
  right('absent(queue_depth)', { world });
  right('absent(queue_depth and on (job) up)', { world });
  const [filtered, plain] = await returns({ queue_depth: '0x60' }, ['absent(queue_depth > 0)', 'absent(queue_depth)']);
  expect([filtered?.samples?.length, plain?.samples?.length]).toEqual([1, 0]);
});

test('Q211: absent() of an aggregation loses the labels that its selector knows', async () => {
  wrong('absent(sum by (job) (up{job="api"}))', 'Q211', 'sum by (job) (up{job="api"})', {
    world: OPEN_WORLD,
    place: alert,
  });
  wrong('absent(rate(x{job="api", code=~"5.."}[5m]))', 'Q211', 'rate(x{job="api", code=~"5.."}[5m])', {
    world: OPEN_WORLD,
  });
  wrong('absent_over_time(sum(x{a="b"})[1h:])', 'Q211', 'sum(x{a="b"})[1h:]', { world: OPEN_WORLD });
  right('absent(up{job="api"})', { world: OPEN_WORLD });
  right('absent(up{job="api"} == 1)', { world: OPEN_WORLD });
  right('absent(sum(up))', { world: OPEN_WORLD });
  const [sum, plain] = await returns({ x: '1' }, ['absent(sum(up{job="api"}))', 'absent(up{job="api"})'], '1m');
  expect(sum?.samples?.[0]?.labels).toEqual({});
  expect(plain?.samples?.[0]?.labels).toEqual({ job: 'api' });
});

describe('Q212 first-increment-missed', () => {
  test('the first event of a new series gives no increase', () => {
    const text = 'increase(late_total{code="500"}[5m]) > 0';
    wrong(text, 'Q212', text, { world });
    wrong('sum by (job) (rate(late_total[5m])) > 0', 'Q212', 'sum by (job) (rate(late_total[5m])) > 0', { world });
    wrong(`(${text}) * 2`, 'Q212', text, { world });
    right('increase(errors_total[5m]) > 0', { world });
    right('increase(errors_total[5m]) / (increase(late_total[5m]) > 0)', { world });
    right(`${text} or (late_total{code="500"} unless late_total{code="500"} offset 5m) > 0`, { world });
  });

  test('Prometheus: a series born with 1 has no increase, but is new', async () => {
    const [increase, born] = await returns({ x: '_x28 1x5' }, ['increase(x[5m]) > 0', '(x unless x offset 5m) > 0']);
    expect(increase?.samples).toEqual([]);
    expect(born?.samples).toHaveLength(1);
  });
});

test('Q213: the value of an info metric says nothing', () => {
  wrong('sum(host_info) > 100', 'Q213', 'sum(host_info)', { world });
  wrong('host_info > 2', 'Q213', 'host_info', { world }, ['Q508']);
  wrong('queue_depth - on (instance) host_info', 'Q213', 'host_info', { world }, ['Q305', 'Q306', 'Q501']);
  right('count(host_info) > 100', { world });
  right('sum by (kernel) (host_info)', { world });
  right('queue_depth * on (instance) group_left (kernel) host_info', { world });
  right('host_info == 1', { world });
});

describe('Q214 info-join-changes', () => {
  const join = 'queue_depth * on (instance) group_left (version) build_info';

  test('a join with labels that change fails while both versions live', () => {
    wrong(join, 'Q214', 'build_info', { world });
    wrong(`sum by (version) (${join}) > 5`, 'Q214', 'build_info', { world });
    wrong('build_info * on (instance) group_right (version) queue_depth', 'Q214', 'build_info', { world });
    right('queue_depth * on (instance) group_left (version) topk by (instance) (1, build_info)', { world });
    right('queue_depth * on (instance) group_left (kernel) host_info', { world });
    right('count by (instance, version) (build_info) * on (instance, version) group_left () build_info', { world });
  });

  test('Prometheus: the join fails, picking one does not', async () => {
    const series = {
      'q{instance="a"}': '1x60',
      'build_info{instance="a",version="1"}': '1x60',
      'build_info{instance="a",version="2"}': '1x60',
    };
    const [fails, picks] = await returns(series, [
      'q * on (instance) group_left (version) build_info',
      'q * on (instance) group_left (version) topk by (instance) (1, build_info)',
    ]);
    expect(fails?.error).toContain('duplicate series');
    expect(picks?.samples).toHaveLength(1);
  });
});
