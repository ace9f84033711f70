import { describe, expect, test } from 'vitest';
import { analyseCatalogue } from '../../src/analysis/analyse.ts';
import type { MetricModel } from '../../src/metrics/model.ts';
import { closedWorld, exporter, metric, OPEN_WORLD, right, shown, wrong } from './harness.ts';

const PYTHON = exporter('worker', { clientLibrary: 'client_python' });
const GO = exporter('daemon', { clientLibrary: 'client_golang' });
const NODE = exporter('node', { version: '1.8.0' });
const world = closedWorld([
  metric('requests_total', 'counter'),
  metric('wait_seconds', 'histogram', { unit: 'seconds', buckets: [1, 5] }),
  metric('jobs_total', 'counter', { exporter: PYTHON }),
  metric('build_info', 'info', { exporter: PYTHON }),
  metric('runs', 'counter', { exporter: GO }),
  metric('node_cpu_seconds_total', 'counter', { exporter: NODE, unit: 'seconds', renamedFrom: ['node_cpu'] }),
  metric('node_old', 'gauge', { exporter: NODE, removed: '1.5.0' }),
  metric('node_later', 'gauge', { exporter: NODE, since: '1.9.0' }),
  metric('node_leaving', 'gauge', { exporter: NODE, removed: '2.0' }),
  metric('http_server_request_duration_seconds', 'histogram', { unit: 'seconds', buckets: [1] }),
]);

test('M101: a name that a closed world does not have is an error', () => {
  const { message, fix } = wrong('rate(request_total[5m])', 'M101', 'request_total', { world });
  expect(fix).toContain('export it from a file in metrics/');
  expect(message).toContain('Did you mean `requests_total`?');
  wrong('sum(rate(requests_total[5m])) / sum(rate(other_total[5m])) > 2', 'M101', 'other_total', { world });
  wrong('{__name__="nothing"} > 1', 'M101', '{__name__="nothing"}', { world });
  expect(wrong('max(wait_seconds)', 'M101', 'wait_seconds', { world }).fix).toContain('wait_seconds_bucket');
  right('up == 0', { world });
  right('ALERTS{alertstate="firing"}', { world });
  right('anything > 1', { world: OPEN_WORLD });
});

test('M112: names of other versions of the exporter are errors, and `new or old` is none', () => {
  const { replacement } = wrong('sum(rate(node_cpu[5m]))', 'M112', 'node_cpu', { world });
  expect(replacement).toEqual({ span: { start: 9, end: 17 }, text: 'node_cpu_seconds_total' });
  wrong('max by (job) (node_old) > 1', 'M112', 'node_old', { world });
  wrong('avg(node_later)', 'M112', 'node_later', { world });
  right('rate(node_cpu_seconds_total[5m]) or rate(node_cpu[5m])', { world });
  right('node_leaving > 1', { world });
});

test('M121: client libraries add `_total` and `_info`, or leave names as they are', () => {
  wrong('rate(jobs[5m])', 'M121', 'jobs', { world });
  wrong('sum by (job) (increase(jobs[1h])) / 60', 'M121', 'jobs', { world });
  wrong('count(build)', 'M121', 'build', { world });
  wrong('rate(runs_total[5m])', 'M121', 'runs_total', { world });
  right('rate(jobs_total[5m])', { world });
  right('rate(runs[5m])', { world });
});

test('M122: names of OpenTelemetry are stored with their unit', () => {
  const name = '{"http.server.request.duration"}';
  wrong(`rate(${name}[5m])`, 'M122', '"http.server.request.duration"', { world });
  wrong('sum(rate(http_server_request_duration_count[5m]))', 'M122', 'http_server_request_duration_count', { world });
  const quantile = 'histogram_quantile(0.9, sum by (le) (rate(http_server_request_duration_bucket[5m])))';
  wrong(quantile, 'M122', 'http_server_request_duration_bucket', { world });
  right('sum(rate(http_server_request_duration_seconds_count[5m]))', { world });
});

describe('the catalogue itself', () => {
  const codes = (model: MetricModel): readonly string[] =>
    shown(analyseCatalogue(closedWorld([{ help: 'Something.', ...model }])));
  const m = metric;

  test.each<[string, MetricModel, readonly string[]]>([
    ['a counter without _total', m('jobs', 'counter'), ['M102']],
    ['a gauge with _total', m('jobs_total', 'gauge'), ['M102']],
    ['no help', { ...m('jobs_total', 'counter'), help: ' ' }, ['M103']],
    ['milliseconds', m('wait_milliseconds', 'gauge', { unit: 'milliseconds' }), ['M104']],
    ['the suffix of a histogram', m('files_count', 'gauge'), ['M105']],
    ['the suffix of info metrics', m('app_info', 'gauge'), ['M105']],
    ['the label of buckets', m('limit', 'gauge', { labels: { le: 'any' } }), ['M106']],
    ['the kind', m('depth_gauge', 'gauge'), ['M107']],
    ['a dot', m('queue.depth', 'gauge'), ['M108']],
    ['camelCase in a label', m('depth', 'gauge', { labels: { queueName: 'any' } }), ['M109']],
    ['an abbreviation', m('wait_ms_sum_of_all', 'gauge'), ['M110']],
    ['no unit', m('wait', 'gauge', { unit: 'seconds' }), ['M113']],
    ['two units', m('wait_seconds', 'gauge', { unit: 'bytes' }), ['M114']],
    ['a range without values', m('depth', 'gauge', { range: { min: 2, max: 1 } }), ['M114']],
    ['removed before it came', m('depth', 'gauge', { since: '2.0', removed: '1.9' }), ['M114']],
    ['a colon', m('queue:depth', 'gauge'), ['M115']],
    ['the library adds _total', m('jobs', 'counter', { exporter: PYTHON }), ['M121']],
  ])('%s', (_what, model, expected) => {
    expect(codes(model)).toEqual(expected);
  });

  test('says nothing of names as exposed, of what rules record, and of good definitions', () => {
    expect(codes(m('jobs', 'counter', { nameAsExposed: true }))).toEqual([]);
    expect(codes(m('waitMs', 'gauge', { unit: 'milliseconds', nameAsExposed: true }))).toEqual([]);
    expect(codes(m('job:jobs:rate5m', 'gauge', { recordedBy: { expr: 'x' } }))).toEqual([]);
    expect(codes(m('start_timestamp_seconds', 'gauge', { unit: 'timestamp_seconds' }))).toEqual([]);
    expect(codes(m('network_speed_bytes', 'gauge', { unit: 'bytes/second' }))).toEqual([]);
    expect(codes(m('anything_total', 'untyped'))).toEqual([]);
  });

  test('M111: two metrics that expose one name', () => {
    const twice = [m('wait_seconds', 'histogram', { help: 'A' }), m('wait_seconds_count', 'untyped', { help: 'B' })];
    expect(shown(analyseCatalogue(closedWorld(twice)))).toEqual(['M111']);
  });
});
