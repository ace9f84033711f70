import { describe, expect, test } from 'vitest';
import { parse } from '../../src/promql/parse.ts';
import type { Expr } from '../../src/promql/ast.ts';
import { describe as describeFacts, type QueryDescription } from '../../src/analysis/describe.ts';
import { infer } from '../../src/analysis/facts/infer.ts';
import type { NodeFacts, Source } from '../../src/analysis/facts/facts.ts';
import { isClosed, labelFact, possibleLabels } from '../../src/analysis/facts/labels.ts';
import { constantOf, labelsOf, presenceOf, uniqueOf, valueOf } from '../../src/analysis/facts/source.ts';
import type { World } from '../../src/analysis/facts/world.ts';
import { createWorld, type RecordedRule } from '../../src/analysis/world.ts';
import { closedWorld, exporter, labels, metric, OPEN_WORLD } from './harness.ts';

const NODE = exporter('node', { scrapeIntervalSeconds: 60 });
const KSM = exporter('ksm', { targets: ['ksm:8080'] });

const METRICS = [
  metric('http_requests_total', 'counter', { labels: { code: ['200', '404', '500'], method: 'any' }, unit: 'count' }),
  metric('sent_bytes_total', 'counter', { unit: 'bytes', exporter: NODE }),
  metric('busy_seconds_total', 'counter', { unit: 'seconds', exporter: NODE }),
  metric('memory_bytes', 'gauge', { unit: 'bytes', range: { min: 0 }, exporter: NODE }),
  metric('started_timestamp_seconds', 'gauge', { unit: 'timestamp_seconds' }),
  metric('req_seconds', 'histogram', { unit: 'seconds', buckets: [0.5, 1] }),
  metric('native_seconds', 'nativeHistogram', { unit: 'seconds' }),
  metric('rpc_seconds', 'summary', { unit: 'seconds', quantiles: [0.5, 0.9] }),
  metric('kube_pod_status_phase', 'stateset', {
    exporter: KSM,
    labels: { pod: 'any', phase: ['Pending', 'Running', 'Failed'] },
    key: ['pod', 'phase'],
  }),
  metric('kube_pod_info', 'info', { exporter: KSM, labels: { pod: 'any', node: 'any' }, key: ['pod'] }),
  metric('capacity', 'gauge', {
    labels: { resource: ['cpu', 'memory'], node: 'any' },
    unitByLabel: { label: 'resource', units: { cpu: 'cores', memory: 'bytes' } },
  }),
  metric('up', 'gauge'),
];

const world = closedWorld(METRICS);

function rootOf(text: string, of: World = world): NodeFacts {
  return infer(parse(text, { variables: true }), of).root;
}

function sourceOf(text: string, of: World = world): Source {
  const { sources } = rootOf(text, of);
  expect(sources).toHaveLength(1);
  return sources[0] as Source;
}

/** `label` guaranteed, `label?` possible; `…` for a set that is not closed. */
function shown(text: string, of: World = world): string {
  const all = labelsOf(rootOf(text, of));
  const names = possibleLabels(all).map((name) => (labelFact(all, name).presence === 'guaranteed' ? name : `${name}?`));
  return [...names.toSorted(), ...(isClosed(all) ? [] : ['…'])].join(' ');
}

describe('labels', () => {
  test.each([
    ['http_requests_total', 'code instance job method'],
    ['req_seconds_bucket', 'instance job le'],
    ['rpc_seconds', 'instance job quantile'],
    ['rpc_seconds_sum', 'instance job'],
    ['http_requests_total{method=~".*"}', 'code instance job method'],
    ['sum(http_requests_total)', ''],
    ['sum by (job, code) (http_requests_total)', 'code job'],
    ['sum without (code, method) (http_requests_total)', 'instance job'],
    ['topk(3, http_requests_total)', 'code instance job method'],
    ['count_values by (job) ("v", up)', 'job v'],
    ['absent(up{job="x",instance=~"y"})', 'job'],
    ['absent(sum(up{job="x"}))', ''],
    ['histogram_quantile(0.9, req_seconds_bucket)', 'instance job'],
    ['vector(1)', ''],
    ['label_replace(up, "host", "$1", "instance", "(.*):.*")', 'host? instance job'],
    ['label_replace(up, "host", "x", "job", "app")', 'host instance job'],
    ['label_replace(up, "job", "", "instance", ".*")', 'instance'],
    ['label_join(up, "both", "-", "job", "instance")', 'both instance job'],
    ['up * on (job) group_left (code) sum by (job, code) (http_requests_total)', 'code instance job'],
    ['sum by (job) (up) / on (job) up', 'job'],
    ['http_requests_total and on (job) up', 'code instance job method'],
    ['up or sum by (job) (up)', 'instance? job'],
    ['http_requests_total - ignoring (code, method) up', 'instance job'],
  ])('%s → %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    ['x', '…'],
    ['x{a="1",b!="",c=~".+",d=~".*",e!~"|z"}', 'a b c d? e …'],
    ['sum by (a) (x)', 'a?'],
    ['sum by (a) (x{a="1"})', 'a'],
    ['x{a=~"1|2"} * on (a) y', 'a'],
    ['info(sum by (a) (x{a="1"}))', 'a …'],
    ['sum by ($labels) (x)', '…'],
    ['x and ignoring (b) sum by (zone) (y)', 'b? zone?'],
  ])('nothing is known of %s → %s', (text, expected) => {
    expect(shown(text, OPEN_WORLD)).toBe(expected);
  });

  test('a label that is gone says why, and where', () => {
    const text = 'sum by (job) (up) * on (job) (up and up)';
    const { reason } = labelFact(sourceOf(text).labels, 'instance');
    expect(reason?.text).toMatch(/keeps only/);
    expect(reason?.node.span).toBeDefined();
  });

  test('values follow from lists, patterns and both sides of a match', () => {
    const values = (text: string, name: string): readonly string[] | undefined =>
      labelFact(sourceOf(text).labels, name).values.oneOf;
    expect(values('http_requests_total', 'code')).toEqual(['200', '404', '500']);
    expect(values('http_requests_total{code=~"[45].."}', 'code')).toEqual(['404', '500']);
    expect(values('http_requests_total{code!~"2..|404"}', 'code')).toEqual(['500']);
    expect(values('up * on (job) group_left () sum by (job) (up{job="app"})', 'job')).toEqual(['app']);
    expect(values('label_replace(http_requests_total, "class", "${1}xx", "code", "(.)..")', 'class')).toEqual([
      '2xx',
      '4xx',
      '5xx',
    ]);
  });

  test('target labels of a clash are kept, and the exposed one is renamed', () => {
    const clash = closedWorld([metric('cadvisor_usage', 'gauge', { labels: { instance: 'any', pod: 'any' } })]);
    expect(shown('cadvisor_usage', clash)).toBe('exported_instance instance job pod');
  });
});

describe('what is always empty', () => {
  test.each([
    'http_requests_total{code="418"}',
    'http_requests_total{nowhere="x"}',
    'http_requests_total{code="200",code="500"}',
    'missing_metric',
    'up{job="a"} and up{job="b"}',
    'sum(up) * up{job="app",instance="a"}',
    'histogram_quantile(0.9, sum(req_seconds_bucket))',
    'histogram_quantile(0.9, rate(req_seconds_count[5m]))',
    'max(native_seconds)',
    'native_seconds > 1',
    'memory_bytes < 0',
    'absent(vector(1))',
    'clamp(up, 2, 1)',
    'histogram_count(up)',
  ])('%s', (text) => {
    const facts = rootOf(text);
    expect(presenceOf(facts)).toBe('never');
    expect(facts.sources[0]?.emptyBecause?.text).toMatch(/\w{3}/);
  });

  test('and what never is', () => {
    const presences = (texts: readonly string[]): readonly string[] => [
      ...new Set(texts.map((text) => presenceOf(rootOf(text)))),
    ];
    expect(presences(['vector(1)', 'sum(up) or vector(0)', 'absent(missing_metric)', 'sum(vector(3))'])).toEqual([
      'always',
    ]);
    expect(presences(['up', 'up > 0', 'absent(up)', 'sum(up)'])).toEqual(['maybe']);
  });
});

describe('units', () => {
  test.each([
    ['rate(sent_bytes_total[5m])', 'bytes/second'],
    ['rate(sent_bytes_total[5m]) * 8', 'bits/second'],
    ['8 * rate(sent_bytes_total[5m])', 'bits/second'],
    ['rate(sent_bytes_total[5m]) * 8 / 1000', undefined],
    ['increase(sent_bytes_total[5m])', 'bytes'],
    ['memory_bytes / 1024 / 1024', 'mebibytes'],
    ['memory_bytes / 1024 ^ 3', 'gibibytes'],
    ['memory_bytes * 0.9', 'bytes'],
    ['rate(busy_seconds_total[5m])', 'ratio'],
    ['100 * rate(busy_seconds_total[5m])', 'percent'],
    ['100 * (1 - rate(busy_seconds_total[5m]))', 'percent'],
    ['100 * rate(http_requests_total{code="500"}[5m]) / rate(http_requests_total[5m])', 'percent'],
    ['sum(rate(sent_bytes_total[5m]) * 1000) / 1000', 'bytes/second'],
    ['memory_bytes / 8 * 1024', undefined],
    ['time() - started_timestamp_seconds', 'seconds'],
    ['(time() - started_timestamp_seconds) / 86400', 'days'],
    ['started_timestamp_seconds * 1000', 'timestamp_milliseconds'],
    ['rate(http_requests_total[5m])', 'count/second'],
    ['rate(http_requests_total{code="500"}[5m]) / rate(http_requests_total[5m])', 'ratio'],
    ['histogram_quantile(0.9, sum by (le) (rate(req_seconds_bucket[5m])))', 'seconds'],
    ['rate(req_seconds_sum[5m]) / rate(req_seconds_count[5m])', 'seconds'],
    ['rate(req_seconds_count[5m])', 'count/second'],
    ['histogram_quantile(0.9, rate(native_seconds[5m]))', 'seconds'],
    ['rpc_seconds{quantile="0.9"}', 'seconds'],
    ['count(memory_bytes)', 'count'],
    ['sum(memory_bytes) by (job)', 'bytes'],
    ['memory_bytes > 5', 'bytes'],
    ['memory_bytes > bool 5', undefined],
    ['memory_bytes * on () group_left () busy_seconds_total', undefined],
    ['capacity', undefined],
    ['capacity{resource="memory"}', 'bytes'],
    ['sum by (node) (capacity{resource="cpu"})', 'cores'],
    ['timestamp(up)', 'timestamp_seconds'],
    ['deriv(memory_bytes[1h])', 'bytes/second'],
  ])('%s → %s', (text, unit) => {
    expect(sourceOf(text).unit).toBe(unit);
  });
});

describe('values', () => {
  test.each([
    ['2 * 3 + 1', 7, 7],
    ['rate(http_requests_total[5m])', 0, Infinity],
    ['deriv(memory_bytes[5m])', -Infinity, Infinity],
    ['sum(memory_bytes)', 0, Infinity],
    ['count(up)', 1, Infinity],
    ['avg(up)', 0, 1],
    ['up == 1', 1, 1],
    ['1 - avg(up)', 0, 1],
    ['100 * avg(up)', 0, 100],
    ['clamp_max(memory_bytes, 5)', 0, 5],
    ['histogram_quantile(0.9, rate(req_seconds_bucket[5m]))', 0, 1],
    ['histogram_quantile(9, rate(req_seconds_bucket[5m]))', -Infinity, Infinity],
    ['sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))', 0, 1],
    ['sum by (job) (memory_bytes > 3)', 3, Infinity],
    ['count(up == 0) / count(up)', 0, 1],
    ['day_of_week()', 0, 6],
  ])('%s lies between %d and %d', (text, min, max) => {
    expect(valueOf(rootOf(text))).toMatchObject({ min, max });
  });

  test('a constant is known through arithmetic, and a scalar() is none', () => {
    expect(constantOf(rootOf('-(60 * 5) ^ 2'))).toBe(-90000);
    expect(constantOf(rootOf('scalar(up)'))).toBeUndefined();
  });

  test('the division that can give NaN is remembered', () => {
    const node = sourceOf('sum(memory_bytes / memory_bytes)').nanFrom as Expr & { op?: string };
    expect(node.op).toBe('/');
    expect(sourceOf('memory_bytes / (memory_bytes > 0)').nanFrom).toBeUndefined();
  });
});

describe('what tells series apart', () => {
  const per = (text: string, ...names: readonly string[]): string =>
    uniqueOf(rootOf(text), (name) => names.includes(name));

  test.each([
    ['kube_pod_status_phase', ['pod'], 'several'],
    ['kube_pod_status_phase', ['pod', 'phase'], 'unique'],
    ['kube_pod_status_phase{phase="Failed"}', ['pod'], 'unique'],
    ['kube_pod_status_phase == 1', ['pod'], 'unique'],
    ['kube_pod_info', ['pod'], 'unique'],
    ['kube_pod_info', ['node'], 'several'],
    ['max by (node) (kube_pod_info)', ['node'], 'unique'],
    ['topk by (node) (1, kube_pod_info)', ['node'], 'unique'],
    ['label_replace(kube_pod_info, "host", "$1", "node", "(.+)")', ['host'], 'several'],
    ['label_replace(kube_pod_info, "host", "$1", "pod", "(.+)")', ['host'], 'unknown'],
    ['sum(kube_pod_info)', [], 'unique'],
    ['sum by (code) (http_requests_total)', [], 'several'],
    ['http_requests_total', ['job', 'instance', 'code', 'method'], 'unique'],
    // whether the exporter has several targets is not said
    ['memory_bytes', [], 'unknown'],
    ['memory_bytes or up', ['instance', 'job'], 'unknown'],
  ])('%s per (%s): %s', (text, names, expected) => {
    expect(per(text, ...names)).toBe(expected);
  });
});

describe('kinds', () => {
  test('a counter stays one until it is rated, and an aggregation of counters is known as such', () => {
    expect(sourceOf('http_requests_total').counter).toBe('raw');
    expect(sourceOf('sum(http_requests_total)').counter).toBe('aggregated');
    expect(sourceOf('http_requests_total * 2').counter).toBe('raw');
    expect(sourceOf('sum(rate(http_requests_total[5m]))').counter).toBeUndefined();
    expect(sourceOf('resets(http_requests_total[5m])').counter).toBeUndefined();
    expect(sourceOf('rate(sum(http_requests_total)[5m:])').ranges).toMatchObject([{ func: 'rate', seconds: 300 }]);
  });

  test('conditions are comparisons, set operators and absent()', () => {
    expect(sourceOf('up > 0').conditions).toHaveLength(1);
    expect(sourceOf('up > bool 0').conditions).toHaveLength(0);
    expect(sourceOf('up unless memory_bytes').conditions).toHaveLength(0);
    expect(sourceOf('up unless on (instance) memory_bytes').conditions).toHaveLength(1);
    expect(sourceOf('sum(absent(up)) * 2').conditions).toHaveLength(1);
  });
});

describe('recording rules', () => {
  const rule = (name: string, text: string, more: Partial<RecordedRule> = {}): RecordedRule => ({
    name,
    text,
    expr: parse(text),
    ...more,
  });
  const recorded = createWorld({
    closed: true,
    catalogue: { metrics: METRICS },
    rules: [
      rule('job:http_requests:ratio', 'job:http_errors:rate5m / job:http_requests:rate5m'),
      rule('job:http_requests:rate5m', 'sum by (job) (rate(http_requests_total[5m]))', {
        intervalSeconds: 30,
        labels: { team: 'a' },
      }),
      rule('job:http_errors:rate5m', 'sum by (job) (rate(http_requests_total{code="500"}[5m]))', {
        labels: { team: 'a' },
      }),
      rule('job:http_requests:sum', 'sum by (job) (http_requests_total)'),
      rule('both', 'up', { labels: { from: 'x' } }),
      rule('both', 'sum(memory_bytes)', { labels: { from: 'y' } }),
      rule('loop:a', 'loop:b + 1'),
      rule('loop:b', 'loop:a + 1'),
    ],
  });

  test('are metrics with the labels, unit and kind of what they record, in any order', () => {
    expect(shown('job:http_requests:ratio', recorded)).toBe('job team');
    expect(sourceOf('job:http_requests:ratio', recorded).unit).toBe('ratio');
    expect(sourceOf('job:http_requests:rate5m', recorded)).toMatchObject({
      kind: 'gauge',
      unit: 'count/second',
      resolutionSeconds: 30,
    });
    expect(sourceOf('job:http_requests:sum', recorded).counter).toBe('aggregated');
    expect(recorded.metric('job:http_requests:rate5m')).toMatchObject({
      kind: 'gauge',
      key: ['job'],
      recordedBy: { intervalSeconds: 30 },
    });
  });

  test('that record one name are alternatives', () => {
    const { sources } = rootOf('both{from="y"}', recorded);
    expect(sources.map(({ presence }) => presence)).toEqual(['never', 'maybe']);
    expect(shown('both', recorded)).toBe('from instance? job?');
  });

  test('that read each other in a circle are read as far as they are known', () => {
    expect(presenceOf(rootOf('loop:a', recorded))).not.toBe('always');
  });
});

describe('for other rooms', () => {
  const describeQuery = (expr: Expr): QueryDescription => describeFacts(infer(expr, world));

  test('a query is described by its unit and the labels that tell its series apart', () => {
    expect(describeQuery(parse('sum by (code) (rate(http_requests_total[5m]))'))).toEqual({
      unit: 'count/second',
      labels: ['code'],
    });
    expect(describeQuery(parse('sum(rate(http_requests_total[5m]))'))).toEqual({ unit: 'count/second', labels: [] });
    expect(describeQuery(parse('kube_pod_info'))).toEqual({ unit: 'count', labels: ['pod'] });
    expect(describeFacts(infer(parse('rate(x[5m])'), OPEN_WORLD))).toEqual({});
  });

  test('metrics without an exporter are closed only in a closed world', () => {
    const metrics = [metric('own', 'gauge', { labels: { a: 'any' } })].map(({ exporter: _none, ...rest }) => rest);
    expect(shown('own', createWorld({ closed: true, catalogue: { metrics } }))).toBe('a instance? job?');
    expect(shown('own', createWorld({ closed: false, catalogue: { metrics } }))).toBe('a …');
    expect(
      shown('own', createWorld({ closed: true, catalogue: { metrics, externalLabels: labels({ cluster: ['c'] }) } })),
    ).toBe('a cluster? instance? job?');
  });
});

test('a part of a metric by the whole is a ratio, even where the metric has no unit', () => {
  const runs = closedWorld([metric('runs_total', 'counter', { labels: { status: 'any' } })]);
  const unit = (text: string): string | undefined => infer(parse(text), runs).root.sources[0]?.unit;
  expect(unit('sum(increase(runs_total{status="ok"}[7d])) / sum(increase(runs_total[7d]))')).toBe('ratio');
  expect(unit('runs_total{status="ok"} / ignoring (status) runs_total')).toBe('ratio');
  expect(unit('rate(runs_total[5m]) / runs_total')).toBeUndefined();
  expect(unit('rate(runs_total[5m]) / rate(other_total[5m])')).toBeUndefined();
});
