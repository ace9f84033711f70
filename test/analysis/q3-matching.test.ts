import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseQuery } from '../../src/analysis/analyse.ts';
import { contradictingMatchers } from '../../src/analysis/checks/q322-contradicting-matchers.ts';
import type { RecordPlace } from '../../src/analysis/subject.ts';
import { closedWorld, exporter, metric, OPEN_WORLD, returns, right, wrong } from './harness.ts';

const node = exporter('node');
const state = exporter('kube-state-metrics');
const kubelet = exporter('kubelet');
const world = closedWorld([
  metric('requests_total', 'counter', { labels: { code: ['200', '404', '500'], path: 'any' } }),
  metric('cpu_seconds_total', 'counter', {
    unit: 'seconds',
    labels: { cpu: 'any', mode: ['idle', 'user', 'system'] },
    exporter: node,
  }),
  metric('cores', 'gauge', { exporter: node }),
  metric('pod_info', 'info', {
    labels: { namespace: 'any', pod: 'any', node: 'any' },
    key: ['namespace', 'pod'],
    exporter: state,
  }),
  metric('pod_phase', 'stateset', {
    labels: { namespace: 'any', pod: 'any', phase: ['Pending', 'Running'] },
    exporter: state,
  }),
  metric('pod_deleted', 'gauge', { labels: { namespace: 'any', pod: 'any' }, exporter: state }),
  metric('memory_bytes', 'gauge', {
    unit: 'bytes',
    labels: { namespace: 'any', pod: 'any', container: 'any' },
    exporter: kubelet,
  }),
  metric('visits_total', 'counter', {
    labels: {
      path: { values: { type: 'any' }, cardinality: 500 },
      user: { values: { type: 'any' }, cardinality: 10_000 },
    },
  }),
]);
const check = { world };

describe('Q302 pinned-apart', () => {
  test('sides that are pinned to different values never match', () => {
    const errors = 'rate(requests_total{code="500"}[5m])';
    const fine = 'rate(requests_total{code="200"}[5m])';
    wrong(`${errors} / ${fine}`, 'Q302', `${errors} / ${fine}`, check);
    wrong(`sum(${errors} / ignoring (path) ${fine}) > 1`, 'Q302', `${errors} / ignoring (path) ${fine}`, check, [
      'Q305',
      'Q243',
    ]);
    wrong('x{a=~"b|c"} - x{a="d"}', 'Q302', 'x{a=~"b|c"} - x{a="d"}', { world: OPEN_WORLD });
    wrong('x{a="b"} and x{a="d"} > 2', 'Q302', 'x{a="b"} and x{a="d"} > 2', { world: OPEN_WORLD });
    right(`${errors} / ignoring (code) ${fine}`, check);
    right('x{a="b"} or x{a="d"}', { world: OPEN_WORLD });
    right('x{a=~"b|c"} - y{a="c"}', { world: OPEN_WORLD });
  });

  test('Prometheus: the result is empty', async () => {
    const [never, matches] = await returns({ 'x{a="b"}': '1x60', 'x{a="d"}': '1x60' }, [
      'x{a="b"} / x{a="d"}',
      'x{a="b"} / ignoring (a) x{a="d"}',
    ]);
    expect([never?.samples?.length, matches?.samples?.length]).toEqual([0, 1]);
  });
});

test('Q304: the labels of the scrape differ between exporters', () => {
  const join = 'memory_bytes * ignoring (container, node) group_left () pod_info';
  const { fix } = wrong(join, 'Q304', join, check);
  expect(fix).toContain('on (namespace, pod)');
  wrong(
    'sum(memory_bytes * ignoring (container) pod_deleted) > 1',
    'Q304',
    'memory_bytes * ignoring (container) pod_deleted',
    check,
    ['Q501'],
  );
  wrong('pod_deleted and cores', 'Q304', 'pod_deleted and cores', check);
  right('memory_bytes * on (namespace, pod) group_left (node) pod_info', check);
  right('sum by (pod) (memory_bytes) / sum by (pod) (pod_deleted)', check);
});

describe('Q306 one-side-not-unique', () => {
  test('the one side must be one', () => {
    wrong('memory_bytes * on (namespace) group_left () pod_info', 'Q306', 'pod_info', check);
    wrong(
      'sum(pod_info * on (node) group_right () label_replace(memory_bytes, "node", "$1", "instance", "(.+)"))',
      'Q306',
      'pod_info',
      check,
    );
    wrong(
      'cores * on (instance) group_left () rate(cpu_seconds_total{mode="idle"}[5m]) > 1',
      'Q306',
      'rate(cpu_seconds_total{mode="idle"}[5m])',
      check,
    );
    right('memory_bytes * on (namespace, pod) group_left (node) pod_info', check);
    right('memory_bytes * on (namespace, pod) group_left (node) max by (namespace, pod, node) (pod_info)', check);
    right('memory_bytes * on (namespace) group_left () count by (namespace) (pod_info)', check);
  });

  test('Prometheus refuses duplicates on the one side', async () => {
    const series = { 'm{ns="x",pod="a"}': '1x60', 'info{ns="x",pod="a"}': '1x60', 'info{ns="x",pod="b"}': '1x60' };
    const [refused, matches] = await returns(series, [
      'm * on (ns) group_left () info',
      'm * on (ns, pod) group_left () info',
    ]);
    expect(refused?.error).toContain('duplicate series');
    expect(matches?.samples).toHaveLength(1);
  });
});

test('Q307: group_left() cannot copy what the one side does not have', () => {
  const near = wrong('memory_bytes * on (namespace, pod) group_left (nodename) pod_info', 'Q307', 'nodename', check);
  // not `job` and `instance`, which both sides have
  expect(near.fix).toBe('Write `memory_bytes * on (namespace, pod) group_left (node) pod_info`.');
  const far = wrong('memory_bytes * on (namespace, pod) group_left (region) pod_info', 'Q307', 'region', check);
  expect(far.fix).toBe('Copy `node`, or join with a metric that has `region`.');
  wrong(
    'sum by (node) (memory_bytes * on (namespace, pod) group_left (node) max by (namespace, pod) (pod_info))',
    'Q307',
    'node',
    check,
    ['Q312'],
  );
  wrong('max by (a) (y) * on (a) group_right (b) x', 'Q307', 'b', { world: OPEN_WORLD });
  right('memory_bytes * on (namespace, pod) group_left (node) pod_info', check);
  right('x * on (a) group_left (b) y', { world: OPEN_WORLD });
});

test('Q308: group_left() must not overwrite a label that means something else', () => {
  const join = (label: string): string => `memory_bytes * on (namespace, pod) group_left (${label}) pod_info`;
  wrong(join('instance'), 'Q308', 'instance', check);
  wrong(`max(${join('job')}) > 1`, 'Q308', 'job', check);
  wrong('x{a="b"} * on (c) group_left (a) y{a="d"}', 'Q308', 'a', { world: OPEN_WORLD });
  right(join('node'), check);
  right('x{a="b"} * on (c) group_left (a) y', { world: OPEN_WORLD });
});

describe('Q309 on-unknown-label', () => {
  test('a label to match on must be there', () => {
    const { message } = wrong('cpu_seconds_total * on (instanc) group_left () cores', 'Q309', 'instanc', check, [
      'Q306',
    ]);
    expect(message).toContain('Did you mean `instance`');
    wrong('requests_total{path="/"} and on (hostname) visits_total', 'Q309', 'hostname', check, ['Q201']);
    wrong('sum by (a) (x) / on (b) sum by (a) (y) > 1', 'Q309', 'b', { world: OPEN_WORLD }, ['Q305']);
    right('cpu_seconds_total * on (instance) group_left () cores', check);
    right('x * on (a) group_left () y', { world: OPEN_WORLD });
  });

  test('Prometheus: everything meets everything', async () => {
    const [wrongLabel] = await returns({ 'up{instance="a"}': '1x60', 'info{instance="b"}': '7x60' }, [
      'up * on (clustr) group_left () info',
    ]);
    expect(wrongLabel?.samples?.[0]?.value).toBe(7);
  });
});

describe('Q310 set-operator-never-matches', () => {
  test('and and unless compare all labels', () => {
    wrong('pod_phase{phase="Pending"} == 1 unless pod_deleted > 0', 'Q310', 'unless', check);
    wrong('count(pod_phase == 1 and pod_deleted) > 5', 'Q310', 'and', check);
    wrong('sum by (a, b) (x{b="c"}) and max by (a) (y)', 'Q310', 'and', { world: OPEN_WORLD });
    right('pod_phase{phase="Pending"} == 1 unless on (namespace, pod) pod_deleted > 0', check);
    right('pod_phase or pod_deleted', check);
    right('x and y', { world: OPEN_WORLD });
  });

  test('what is scraped has a job, and absent() has none', () => {
    const open = { world: OPEN_WORLD };
    const { fix } = wrong('started_seconds > 0 and absent(finished_seconds)', 'Q310', 'and', open);
    expect(fix).toContain('and on ()');
    wrong('count(absent(y) and rate(x_total[5m])) > 1', 'Q310', 'and', open);
    wrong('x unless absent(y)', 'Q310', 'unless', open);
    right('x and sum(y)', open);
    right('started_seconds > 0 and on () absent(finished_seconds)', open);
    right('sum by (zone) (x) and absent(y)', open);
    right('zone:x:sum and absent(y)', open);
    right('sum(x) and absent(y)', open);
    right('x{job=""} and absent(y)', open);
    right('ALERTS and absent(y)', open);
    right('label_replace(x, "job", "", "", "") and absent(y)', open);
    right('x and absent(y{job="a"})', open);
  });

  test('Prometheus: unless takes nothing away', async () => {
    const series = { 'phase{pod="a",phase="Pending"}': '1x60', 'deleted{pod="a"}': '1x60' };
    const [all, on] = await returns(series, ['phase unless deleted', 'phase unless on (pod) deleted']);
    expect([all?.samples?.length, on?.samples?.length]).toEqual([1, 0]);
  });
});

describe('Q311 zero-beside-labels', () => {
  test('vector(0) fills no gap of labelled series', () => {
    wrong('sum by (path) (rate(requests_total[5m])) or vector(0)', 'Q311', 'vector(0)', check);
    wrong('(count by (a) (x{a="b"}) or vector(0)) > 1', 'Q311', 'vector(0)', { world: OPEN_WORLD });
    // there may be no `a`, and then the count has no labels either
    right('(count by (a) (x) or vector(0)) > 1', { world: OPEN_WORLD });
    wrong('max(cores or vector(1))', 'Q311', 'vector(1)', check);
    right('sum(rate(requests_total[5m])) or vector(0)', check);
    right('sum by (path) (rate(requests_total[5m])) or on () vector(0)', check);
    right('sum(cores or vector(0))', check);
    right('sum by (zone) (x{code="500"} or vector(0))', { world: OPEN_WORLD });
    wrong('sum by (zone) (x{zone="a"} or vector(0))', 'Q311', 'vector(0)', { world: OPEN_WORLD });
    right('x or vector(0)', { world: OPEN_WORLD });
  });

  test('or binds looser than +', () => {
    const open = { world: OPEN_WORLD };
    const tail = 'vector(0) + sum(y)';
    const { fix } = wrong(`sum(x) or ${tail}`, 'Q311', tail, open);
    expect(fix).toContain('`(sum(x) or vector(0)) + sum(y)`');
    wrong(`max(x) or ${tail} or vector(0)`, 'Q311', tail, open);
    wrong('(count(x) or vector(0) - count(y)) > 3', 'Q311', 'vector(0) - count(y)', open);
    right('(sum(x) or vector(0)) + (sum(y) or vector(0))', open);
    right('sum(x) or (vector(0) + sum(y))', open);
    right('sum(x) or vector(0) + 1', open);
  });

  test('Prometheus: the sum is never formed', async () => {
    const series = { x: '3x60', y: '4x60' };
    const [swallowed, apart] = await returns(series, [
      'sum(x) or vector(0) + sum(y)',
      '(sum(x) or vector(0)) + (sum(y) or vector(0))',
    ]);
    expect([swallowed?.samples?.[0]?.value, apart?.samples?.[0]?.value]).toEqual([3, 7]);
  });

  test('Prometheus: it is one more series, always', async () => {
    const [beside, alone] = await returns({ 'x{a="b"}': '5x60' }, [
      'sum by (a) (x) or vector(0)',
      'sum(x) or vector(0)',
    ]);
    expect([beside?.samples?.length, alone?.samples?.length]).toEqual([2, 1]);
  });
});

test('Q313: without() of a label that is not there aggregates nothing', () => {
  wrong('sum without (hostname) (requests_total)', 'Q313', 'hostname', check);
  wrong('max(sum without (instance, cod) (rate(requests_total[5m]))) > 1', 'Q313', 'cod', check);
  wrong('sum without (a) (sum by (b) (x))', 'Q313', 'a', { world: OPEN_WORLD });
  right('sum without (instance) (requests_total)', check);
  right('sum without (a) (x)', { world: OPEN_WORLD });
});

test('Q315: a matcher must be able to match', () => {
  const { message } = wrong('rate(cpu_seconds_total{mode="idel"}[5m])', 'Q315', '"idel"', check);
  expect(message).toContain('Did you mean `idle`');
  const half = wrong('sum(rate(cpu_seconds_total{mode=~"usr|kernel"}[5m])) > 1', 'Q315', '"usr|kernel"', check);
  expect(half.fix).toContain('No value is like `kernel`');
  wrong('cores and on (instance) pod_phase{phase="Failed"}', 'Q315', '"Failed"', check);
  const shutOut = wrong('count(pod_phase{phase!~"Pending|Running"} == 1)', 'Q315', '"Pending|Running"', check);
  expect(shutOut.message).not.toContain('Did you mean');
  expect(shutOut.fix).toContain('shut out fewer, such as `phase!="Pending"`');
  wrong('max by (mode) (rate(cpu_seconds_total{mode!~".*[erm]|x"}[5m]))', 'Q315', '".*[erm]|x"', check);
  const only = wrong('requests_total{job!="app"} offset 5m', 'Q315', '"app"', check, ['Q201']);
  expect(only.fix).toContain('delete the matcher');
  right('rate(cpu_seconds_total{mode!~"idle|user"}[5m])', check);
  right('rate(cpu_seconds_total{mode=~"idle|steal"}[5m])', check);
  right('rate(requests_total{path="/new"}[5m])', check);
  right('rate(cpu_seconds_total{mode=~"$mode"}[5m])', check);
});

test('Q316: a negative matcher must be able to exclude', () => {
  wrong('sum(rate(cpu_seconds_total{mode!="ilde"}[5m]))', 'Q316', '"ilde"', check);
  wrong('rate(cpu_seconds_total{mode!~"nice|steal"}[5m]) * 100', 'Q316', '"nice|steal"', check);
  wrong('count(pod_phase{phase!="Done"} == 1)', 'Q316', '"Done"', check);
  right('sum(rate(cpu_seconds_total{mode!="idle"}[5m]))', check);
  right('sum(rate(cpu_seconds_total{mode!=""}[5m]))', check);
  right('sum(rate(requests_total{path!="/x"}[5m]))', check);
});

test('Q317: patterns are anchored', async () => {
  wrong('rate(requests_total{code=~"5"}[5m])', 'Q317', '"5"', check);
  wrong('sum(rate(cpu_seconds_total{mode!~"sys|us"}[5m])) > 1', 'Q317', '"sys|us"', check);
  wrong('count(pod_phase{phase=~"end"} == 1)', 'Q317', '"end"', check);
  right('rate(requests_total{code=~"5.."}[5m])', check);
  right('rate(requests_total{code=~"5.*|200"}[5m])', check);
  const [anchored, open] = await returns({ 'x{code="500"}': '1x60' }, ['x{code=~"5"}', 'x{code=~"5.*"}']);
  expect([anchored?.samples?.length, open?.samples?.length]).toEqual([0, 1]);
});

test('Q318: a replacement needs the groups that it uses', async () => {
  const replace = (to: string, pattern: string): string =>
    `label_replace(x, "host", "${to}", "instance", "${pattern}")`;
  wrong(replace('$1', '.*:.*'), 'Q318', '"$1"', { world: OPEN_WORLD });
  wrong(`sum by (host) (${replace('${2}', '(.*):.*')})`, 'Q318', '"${2}"', { world: OPEN_WORLD });
  wrong(`${replace('a-$1-$3', '(.*):(.*)')} > 1`, 'Q318', '"a-$1-$3"', { world: OPEN_WORLD });
  right(replace('$1', '(.*):.*'), { world: OPEN_WORLD });
  right(replace('plain', '.*'), { world: OPEN_WORLD });
  const [missing] = await returns({ 'x{instance="a:1"}': '1x60' }, [replace('$1', '.*:.*')]);
  expect(missing?.samples?.[0]?.labels).not.toHaveProperty('host');
});

test('Q319: a pattern that matches no value replaces nothing', () => {
  const replace = (label: string, pattern: string, of = 'cpu_seconds_total'): string =>
    `label_replace(${of}, "kind", "$1", "${label}", "${pattern}")`;
  wrong(replace('mode', '(id)'), 'Q319', '"(id)"', check);
  wrong(`sum by (kind) (${replace('hostname', '(.+)')})`, 'Q319', '"(.+)"', check, ['Q312']);
  wrong(`${replace('a', '(c.*)', 'x{a=~"b|d"}')} > 1`, 'Q319', '"(c.*)"', { world: OPEN_WORLD });
  const { fix } = wrong(replace('zone', '(.+)', 'sum by (job) (x)'), 'Q319', '"(.+)"', { world: OPEN_WORLD });
  expect(fix).toContain('label_replace(sum by (job, zone) (x), ');
  right(replace('mode', '(id).*'), check);
  right(replace('cpu', '(x)'), check);
  right(replace('a', '(c)', 'x'), { world: OPEN_WORLD });
});

test('Q320: relabelling must not make series equal', async () => {
  const merged = 'label_replace(requests_total, "code", "any", "code", ".*")';
  wrong(merged, 'Q320', merged, check);
  wrong(
    'sum(label_replace(rate(cpu_seconds_total[5m]), "mode", "", "mode", ".*")) > 1',
    'Q320',
    'label_replace(rate(cpu_seconds_total[5m]), "mode", "", "mode", ".*")',
    check,
  );
  wrong(
    'label_join(requests_total, "code", "-", "job", "instance")',
    'Q320',
    'label_join(requests_total, "code", "-", "job", "instance")',
    check,
  );
  right('label_replace(requests_total, "class", "${1}xx", "code", "(.)..")', check);
  right('label_join(requests_total, "code", "-", "code", "job")', check);
  right('label_replace(requests_total{code="500"}, "code", "any", "code", ".*")', check);
  right('label_replace(x, "code", "any", "code", ".*")', { world: OPEN_WORLD });
  const [refused] = await returns({ 'x{code="200"}': '1x60', 'x{code="500"}': '1x60' }, [
    'label_replace(x, "code", "any", "code", ".*")',
  ]);
  expect(refused?.error).toContain('same labelset');
});

test('Q321: scalar() needs exactly one series', async () => {
  wrong('rate(cpu_seconds_total[5m]) / scalar(cores)', 'Q321', 'scalar(cores)', check);
  wrong('vector(scalar(sum by (a) (x))) > 1', 'Q321', 'scalar(sum by (a) (x))', { world: OPEN_WORLD });
  wrong('clamp_max(cores, scalar(requests_total{code="200"}))', 'Q321', 'scalar(requests_total{code="200"})', check);
  right('cores / scalar(sum(cores))', check);
  right('cores / scalar(cores{instance="a"})', check);
  right('x / scalar(y)', { world: OPEN_WORLD });
  const [several] = await returns({ 'x{a="1"}': '1x60', 'x{a="2"}': '1x60' }, ['vector(scalar(x))']);
  expect(several?.samples?.[0]?.value).toBeNaN();
});

test('Q331: a recorded without() keeps labels of many values', () => {
  const place: RecordPlace = { type: 'record', name: 'visits:rate5m', labels: {} };
  const { fix } = wrong('sum without (instance) (rate(visits_total[5m]))', 'Q331', 'without (instance)', {
    world,
    place,
  });
  expect(fix).toContain('`sum by (job, path) (rate(visits_total[5m]))`, which is up to 500 series');
  wrong('max without () (rate(visits_total{job="app"}[5m])) * 60', 'Q331', 'without ()', { world, place });
  wrong('100 * 2 * sum without (job) (rate(visits_total[5m])) / 5', 'Q331', 'without (job)', { world, place });
  right('sum by (path) (rate(visits_total[5m]))', { world, place });
  right('sum without (user, path) (rate(visits_total[5m]))', { world, place });
  right('sum without (instance) (rate(visits_total[5m]))', check);
});

test('Q332: a selector names its metric', () => {
  wrong('{job="app"}', 'Q332', '{job="app"}', { world: OPEN_WORLD });
  wrong('sum(rate({__name__=~"http_.*"}[5m])) > 1', 'Q332', '__name__=~"http_.*"', { world: OPEN_WORLD });
  wrong('count by (__name__) ({__name__!=""})', 'Q332', '__name__!=""', { world: OPEN_WORLD });
  right('{__name__="x"}', { world: OPEN_WORLD });
  right('{"x.y"}', { world: OPEN_WORLD });
});

test('Q333: a pattern of one word is a comparison', () => {
  const { replacement } = wrong('x{job=~"app"}', 'Q333', 'job=~"app"', { world: OPEN_WORLD });
  expect(replacement).toEqual({ span: { start: 5, end: 7 }, text: '=' });
  wrong('sum(rate(x{a="b", job!~"app"}[5m]))', 'Q333', 'job!~"app"', { world: OPEN_WORLD });
  wrong('x{path=~".*"} > 1', 'Q333', 'path=~".*"', { world: OPEN_WORLD });
  right('x{job=~"a.b"}', { world: OPEN_WORLD });
  right('x{job=~"a|b"}', { world: OPEN_WORLD });
  right('x{job=~".+"}', { world: OPEN_WORLD });
  right('x{job=~"$job"}', { world: OPEN_WORLD });
});

describe('Q322 contradicting-matchers', () => {
  const open = { world: OPEN_WORLD };
  const series = {
    x: '1x60',
    'x{a="b"}': '1x60',
    'x{a="c"}': '1x60',
    'x{a="bc"}': '1x60',
    'y{a="b"}': '1x60',
  };
  const WRONG: readonly [query: string, at: string][] = [
    ['x{a="b",a="c"}', 'a="c"'],
    ['x{a!~"b|c",a="b"}', 'a="b"'],
    ['x{a=~"b.*",a="c"}', 'a="c"'],
    ['x{a="",a=~".+"}', 'a=~".+"'],
    ['x{a!="",a=""}', 'a=""'],
    ['x{a!~".+",a!=""}', 'a!=""'],
    ['x{a=~"b|c",a!~"[bc]"}', 'a!~"[bc]"'],
    ['x{a=~"b.+",a!~"b.+"}', 'a!~"b.+"'],
    ['x{a=~"b|",a!~"b|"}', 'a!~"b|"'],
    ['x{a=~"b|c",a!="b",a!="c"}', 'a!="c"'],
    ['x{a="b",job="api",a="c"}', 'a="c"'],
    ['sum by (job) (rate(x{a="b",a!="b"}[5m])) > 1', 'a!="b"'],
    ['max_over_time(x{a=~"(b|c)",a=~"d|e"}[1h:5m]) or y', 'a=~"d|e"'],
    ['y unless on (a) x{a="b",a=~"c|d"}', 'a=~"c|d"'],
    ['{__name__="x",__name__="y"}', '__name__="y"'],
  ];
  const RIGHT = [
    'x{a=~"b|c",a!="b"}',
    'x{a=~"b.*",a=~".*c"}',
    'x{a=~"b.*",a!~"b|c"}',
    'x{a!="b",a!="c"}',
    'x{a=~"b|",a!="b"}',
    'x{a!~".+",a=""}',
    'sum(x{a=~"b|c",a=~"c|d"}) > 0',
    'x{a="b"} or x{a="c"}',
    'x{a="b",job!="b"}',
  ];

  test('matchers of one label must let a value through', () => {
    for (const [query, at] of WRONG) wrong(query, 'Q322', at, open, query.startsWith('{') ? ['Q332'] : []);
    for (const query of RIGHT) right(query, open);
    right('x{a=~".*",a="b"}', open, ['Q333']);
    const { message, why, fix } = wrong('x{a="",a=~".+"}', 'Q322', 'a=~".+"', open);
    expect(message).toBe('No value of `a` passes both `a=""` and `a=~".+"`.');
    expect(why).toContain('A missing label counts as an empty one.');
    expect(fix).not.toContain('write');
    expect(wrong('x{a="b",a=~"c|d"}', 'Q322', 'a=~"c|d"', open).fix).toContain('`{a=~"b|c|d"}`');
  });

  test('a metric has one name', () => {
    wrong('{"x","y"}', 'Q322', '"y"', open);
    const { message, fix } = wrong('{__name__="x",__name__="y"}', 'Q322', '__name__="y"', open);
    expect(message).toContain('No metric name passes both');
    expect(fix).toContain('`x or y`');
    expect(wrong('{"x-1","y"}', 'Q322', '"y"', open).fix).toContain('`{"x-1"} or y`');
    wrong('count({__name__=~"x|y",__name__="z"})', 'Q322', '__name__="z"', open, ['Q332']);
    wrong('{"x",__name__!="x"} > 1', 'Q322', '__name__!="x"', open);
    right('{__name__=~"x.*",__name__!="x"}', open, ['Q332']);
  });

  test('the values of the catalogue are tried', () => {
    const { why, fix } = wrong(
      'sum(rate(cpu_seconds_total{mode=~"i.+",mode!="idle"}[5m]))',
      'Q322',
      'mode!="idle"',
      check,
    );
    expect(fix).toContain('add the values of `mode` that pass them to the catalogue');
    expect(why).toContain('`idle`, `user` and `system`');
    wrong('pod_phase{phase=~".*ing",phase!~"P.+",phase!~"R.+"} == 1', 'Q322', 'phase!~"R.+"', check);
    wrong('cores and on (instance) pod_phase{phase!="Running",phase!="Pending"}', 'Q322', 'phase!="Pending"', check);
    right('rate(cpu_seconds_total{mode=~".+e.*",mode!="idle"}[5m])', check);
    right('rate(requests_total{path=~"/a.+",path!="/abc"}[5m])', check);
  });

  test('what another check says of one matcher is not said again', () => {
    wrong('rate(cpu_seconds_total{mode="idel",mode!="user"}[5m])', 'Q315', '"idel"', check);
    wrong('rate(cpu_seconds_total{mode="idel",mode="idle"}[5m])', 'Q315', '"idel"', check);
    right('x{a!~".*",a="b"}', open, ['Q333']);
  });

  test('what Grafana fills in is not known', () => {
    for (const variable of ['$a', '[[a]]', '${a:regex}', 'b$a']) {
      right(`x{a=~"${variable}",a="c"}`, open);
      right(`x{a!="${variable}",a=~"${variable}"}`, open);
    }
    right('x{$label="b",$label="c"}', open);
    wrong('x{a=~"$a",a="b",a="c"}', 'Q322', 'a="c"', open);
  });

  test('Prometheus: the wrong ones select nothing, the right ones something', async () => {
    const selectors = WRONG.map(([query]) => /x?\{.*\}/.exec(query)?.[0] ?? query);
    const results = await returns(series, [...selectors, ...RIGHT]);
    const counts = results.map(({ samples }) => samples?.length);
    expect(counts.slice(0, selectors.length)).toEqual(selectors.map(() => 0));
    for (const [index, query] of RIGHT.entries()) expect(counts[selectors.length + index], query).toBeGreaterThan(0);
  });

  test('where it speaks no value passes all matchers', () => {
    const value = fc.stringMatching(/^[ab]{0,2}$/);
    const values = ['', ...['a', 'b'].flatMap((one) => [one, `${one}a`, `${one}b`]), 'aaa', 'aba', 'bab'];
    const literals = fc.array(value, { minLength: 1, maxLength: 3 }).map((words) => words.join('|'));
    const pattern = fc.oneof(
      literals,
      literals.map((words) => `(${words})`),
      fc.stringMatching(/^(?:[ab.]|[ab.][*+?]){0,3}$/),
      fc.constantFrom('.*', '.+', '[ab]+', '[^a]', 'a|b.*', '^a$', '(?i:A)', 'a{1,2}'),
    );
    const matcher = fc.oneof(
      fc.tuple(fc.constantFrom('=', '!='), value),
      fc.tuple(fc.constantFrom('=~', '!~'), pattern),
    );
    let spoken = 0;
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 2, maxLength: 4 }), (matchers) => {
        const text = `x{${matchers.map(([op, to]) => `l${op}"${to}"`).join(',')}}`;
        const codes = analyseQuery(text, OPEN_WORLD, { checks: [contradictingMatchers] });
        if (codes.length === 0) return;
        spoken += 1;
        const passing = values.filter((one) => matchers.every(([op, to]) => passes(op, to, one)));
        expect({ text, passing }).toEqual({ text, passing: [] });
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(spoken).toBeGreaterThan(300);
  });
});

/** What Prometheus does with a matcher, without any of the reasoning of the analysis. */
function passes(op: string, to: string, value: string): boolean {
  if (op === '=' || op === '!=') return (value === to) === (op === '=');
  return new RegExp(`^(?:${to.replace('(?i:A)', '[aA]')})$`, 's').test(value) === (op === '=~');
}
