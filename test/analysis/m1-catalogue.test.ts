import { describe, expect, test } from 'vitest';
import { analyseCatalogue } from '../../src/analysis/analyse.ts';
import type { MetricModel } from '../../src/metrics/model.ts';
import { APP, closedWorld, exporter, metric, OPEN_WORLD, right, shown, wrong } from './harness.ts';

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
  const whole = wrong('max by (job) (node_old) > 1', 'M112', 'node_old', { world });
  expect(whole.fix).toContain('Delete the query');
  const part = wrong('node_cpu_seconds_total or node_old', 'M112', 'node_old', { world }, ['Q201']);
  expect(part.fix).toContain('Take this part out of the query');
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
  wrong('rate({"http.server.request.duration_count"}[5m]) > 100', 'M122', '"http.server.request.duration_count"', {
    world,
  });
  right('sum(rate(http_server_request_duration_seconds_count[5m]))', { world });
  right('rate({"http_server_request_duration_seconds_count"}[5m])', { world });
});

interface Cases {
  readonly wrong: Readonly<Record<string, MetricModel>>;
  readonly right: Readonly<Record<string, MetricModel>>;
}

const m = metric;
const recordedBy = { expr: 'x' };
const nameAsExposed = true;

/** By code: definitions that give it and nothing else, and some that give nothing. */
const DEFINITIONS: Readonly<Record<string, Cases>> = {
  M102: {
    wrong: {
      'a counter without _total': m('jobs', 'counter'),
      'a gauge with _total': m('jobs_total', 'gauge'),
      'a histogram with _total': m('wait_seconds_total', 'histogram', { unit: 'seconds' }),
      '_total in the middle': m('jobs_total_failed', 'counter'),
      'a library that adds nothing': m('runs', 'counter', { exporter: GO }),
    },
    right: {
      'a counter with _total': m('jobs_total', 'counter'),
      'what is not known to be no counter': m('jobs_total', 'untyped'),
      'a name as exposed': m('jobs', 'counter', { nameAsExposed }),
      'what a rule records': m('job:jobs:sum', 'counter', { recordedBy }),
    },
  },
  M103: {
    wrong: {
      'an empty help': m('jobs_total', 'counter', { help: '' }),
      blanks: m('wait_seconds', 'histogram', { unit: 'seconds', help: ' \n\t' }),
      'a name as exposed is no help': m('jobs', 'counter', { nameAsExposed, help: '' }),
    },
    right: {
      'one word': m('jobs_total', 'counter', { help: 'Jobs' }),
      'what a rule records': m('job:jobs:sum', 'gauge', { recordedBy, help: '' }),
    },
  },
  M104: {
    wrong: {
      milliseconds: m('wait_milliseconds', 'gauge', { unit: 'milliseconds' }),
      'hours of a counter': m('run_hours_total', 'counter', { unit: 'hours' }),
      percent: m('disk_used_percent', 'gauge', { unit: 'percent' }),
      'a unit that the catalogue does not have': m('parcel_pounds', 'gauge'),
      'in the middle of the name': m('sent_megabytes_by_peer', 'gauge'),
    },
    right: {
      seconds: m('wait_seconds', 'gauge', { unit: 'seconds' }),
      'seconds since 1970': m('start_timestamp_seconds', 'gauge', { unit: 'timestamp_seconds' }),
      'a name as exposed': m('waitMs', 'gauge', { unit: 'milliseconds', nameAsExposed }),
      'a word that every object has': m('object_constructor_calls_total', 'counter'),
    },
  },
  M105: {
    wrong: {
      'the suffix of a histogram': m('files_count', 'gauge'),
      'the suffix of a sum': m('cost_sum', 'summary'),
      'the suffix of info metrics': m('app_info', 'gauge'),
      'the suffix of creation': m('session_created', 'gauge'),
      'a bucket': m('rain_bucket', 'stateset'),
    },
    right: {
      'an info metric': m('app_info', 'info'),
      'the word at the beginning': m('count_of_files', 'gauge'),
      'what is not known': m('files_count', 'untyped'),
      'a name as exposed': m('files_count', 'gauge', { nameAsExposed }),
    },
  },
  M106: {
    wrong: {
      'the label of buckets': m('limit', 'gauge', { labels: { le: 'any' } }),
      'the label of buckets on a histogram': m('wait_seconds', 'histogram', { unit: 'seconds', labels: { le: 'any' } }),
      'the label of quantiles': m('jobs_total', 'counter', { labels: { quantile: ['0.5'] } }),
      'a label of Prometheus itself': m('app_info', 'info', { labels: { __address__: 'any' } }),
    },
    right: {
      'longer words': m('depth', 'gauge', { labels: { level: 'any', quantiles: 'any', _hidden: 'any' } }),
      'what is not known': m('wait', 'untyped', { labels: { le: 'any' } }),
      'what a rule records': m('job:wait:rate5m', 'gauge', { recordedBy, labels: { le: 'any' } }),
      'a word that every object has': m('wins_total', 'counter', { labels: { constructor: ['red'] } }),
    },
  },
  M107: {
    wrong: {
      'a gauge': m('depth_gauge', 'gauge'),
      'a counter before _total': m('jobs_counter_total', 'counter'),
      'before the unit': m('wait_histogram_seconds', 'histogram', { unit: 'seconds' }),
      'another kind than it is': m('queue_summary_depth', 'gauge'),
    },
    right: {
      'the first word': m('gauge_pressure', 'gauge'),
      'a longer word': m('open_counters', 'gauge'),
      'what is not known': m('depth_gauge', 'untyped'),
      'a name as exposed': m('depth_gauge', 'gauge', { nameAsExposed }),
    },
  },
  M108: {
    wrong: {
      'a dot': m('queue.depth', 'gauge'),
      'a digit at the beginning': m('5xx_total', 'counter'),
      'a blank': m('queue depth', 'gauge'),
      'no name at all': m('', 'gauge'),
      'a dash in a label': m('depth', 'gauge', { labels: { 'queue-name': 'any' } }),
      'a colon in a label': m('depth', 'gauge', { labels: { 'a:b': 'any' } }),
      'a letter with an accent': m('größe', 'gauge'),
    },
    right: {
      'capitals, digits and underscores': m('_CPU_2', 'gauge', { labels: { _x9: 'any' } }),
    },
  },
  M109: {
    wrong: {
      'a label': m('depth', 'gauge', { labels: { queueName: 'any' } }),
      'a metric': m('queueDepth', 'gauge'),
      'one word of several': m('node_memory_MemFree_bytes', 'gauge', { unit: 'bytes' }),
      'a metric and a label': m('queueDepth', 'gauge', { labels: { queueName: 'any' } }),
    },
    right: {
      capitals: m('HTTP_requests_total', 'counter', { labels: { CODE: 'any' } }),
      'a name as exposed': m('queueDepth', 'gauge', { labels: { queueName: 'any' }, nameAsExposed }),
      'what a rule records': m('job:queueDepth:max', 'gauge', { recordedBy }),
    },
  },
  M110: {
    wrong: {
      'in the middle': m('wait_ms_sum_of_all', 'gauge'),
      'at the end': m('cache_kb', 'gauge'),
      'before _total': m('sent_mb_total', 'counter'),
      'with the unit beside it': m('wait_s', 'gauge', { unit: 'seconds' }),
    },
    right: {
      'the first word': m('s_curve', 'gauge'),
      'part of a word': m('kbytes_free', 'gauge'),
      'a name as exposed': m('wait_ms', 'gauge', { nameAsExposed }),
      'a word that every object has': m('class_constructor', 'gauge'),
    },
  },
  M113: {
    wrong: {
      seconds: m('wait', 'gauge', { unit: 'seconds' }),
      'bytes of a counter': m('sent_total', 'counter', { unit: 'bytes' }),
      'a moment': m('last_run', 'gauge', { unit: 'timestamp_seconds' }),
      'a ratio': m('disk_full', 'gauge', { unit: 'ratio' }),
      'a word that every object has': m('object_constructor', 'gauge', { unit: 'seconds' }),
    },
    right: {
      'the unit in the middle': m('wait_seconds_of_all', 'gauge', { unit: 'seconds' }),
      'a moment': m('start_timestamp_seconds', 'gauge', { unit: 'timestamp_seconds' }),
      'an amount per second': m('network_speed_bytes', 'gauge', { unit: 'bytes/second' }),
      'a number': m('depth', 'gauge', { unit: 'count' }),
      'a name as exposed': m('wait', 'gauge', { unit: 'seconds', nameAsExposed }),
    },
  },
  M114: {
    wrong: {
      'two units': m('wait_seconds', 'gauge', { unit: 'bytes' }),
      'a unit, and one by a label': m('size_bytes', 'gauge', {
        unit: 'bytes',
        labels: { of: 'any' },
        unitByLabel: { label: 'of', units: { disk: 'bytes' } },
      }),
      'a unit by a label that it does not have': m('size', 'gauge', {
        unitByLabel: { label: 'constructor', units: { disk: 'bytes' } },
      }),
      'a key that is no label': m('depth', 'gauge', { labels: { queue: 'any' }, key: ['queue', 'pod'] }),
      'a range without values': m('depth', 'gauge', { range: { min: 2, max: 1 } }),
      'a counter below zero': m('jobs_total', 'counter', { range: { max: -1 } }),
      'yes and no in seconds': m('wait_seconds', 'gauge', { boolean: true, unit: 'seconds' }),
      'yes and no above 1': m('ready', 'gauge', { boolean: true, range: { min: 2 } }),
      'yes and no of a histogram': m('wait_seconds', 'histogram', { boolean: true }),
      'buckets of a gauge': m('depth', 'gauge', { buckets: [1, 2] }),
      'buckets in disorder': m('wait_seconds', 'histogram', { unit: 'seconds', buckets: [1, 5, 5] }),
      'quantiles of a histogram': m('wait_seconds', 'histogram', { unit: 'seconds', quantiles: [0.5] }),
      'renamed to itself': m('depth', 'gauge', { renamedTo: 'depth' }),
      'removed before it came': m('depth', 'gauge', { since: '2.0', removed: '1.9' }),
    },
    right: {
      'yes and no': m('ready', 'gauge', { boolean: true, unit: 'count', range: { min: 0, max: 1 } }),
      'a key of labels of the scrape': m('depth', 'gauge', { labels: { queue: 'any' }, key: ['queue', 'instance'] }),
      'a key of labels that every scrape attaches': m('depth', 'gauge', {
        key: ['job', 'instance'],
        exporter: { ...APP, targetLabels: {} },
      }),
      'a value that is always the same': m('limit', 'gauge', { range: { min: 1, max: 1 } }),
      'removed after it came': m('depth', 'gauge', { since: '1.9', removed: '1.10' }),
      'buckets and quantiles where they belong': m('wait_seconds', 'summary', { unit: 'seconds', quantiles: [0.5] }),
      'what a rule records': m('job:wait_seconds:max', 'gauge', { recordedBy, unit: 'bytes' }),
    },
  },
  M115: {
    wrong: {
      'between words': m('queue:depth', 'gauge'),
      'of a counter': m('queue:jobs_total', 'counter'),
      'the name of a rule that nobody wrote': m('job:depth:max', 'untyped'),
      'at the beginning': m(':depth', 'gauge'),
    },
    right: {
      'what a rule records': m('job:jobs:rate5m', 'gauge', { recordedBy }),
      'a name as exposed': m('queue:depth', 'gauge', { nameAsExposed }),
    },
  },
  M121: {
    wrong: {
      'Python and a counter': m('jobs', 'counter', { exporter: PYTHON }),
      'Python and an info metric': m('build', 'info', { exporter: PYTHON }),
      Java: m('jobs', 'counter', { exporter: exporter('shop', { clientLibrary: 'client_java' }) }),
      Micrometer: m('jobs', 'counter', { exporter: exporter('shop', { clientLibrary: 'micrometer' }) }),
    },
    right: {
      'the suffix is there': m('jobs_total', 'counter', { exporter: PYTHON }),
      'a gauge': m('depth', 'gauge', { exporter: PYTHON }),
      'Micrometer leaves info metrics alone': m('build', 'info', {
        exporter: exporter('shop', { clientLibrary: 'micrometer' }),
      }),
      'a name as exposed': m('jobs', 'counter', { exporter: PYTHON, nameAsExposed }),
    },
  },
};

describe('the catalogue itself', () => {
  const codes = (metrics: readonly MetricModel[], options?: Parameters<typeof closedWorld>[1]): readonly string[] =>
    shown(
      analyseCatalogue(
        closedWorld(
          metrics.map((one) => ({ help: 'Something.', ...one })),
          options,
        ),
      ),
    );

  describe.each(Object.entries(DEFINITIONS))('%s', (code, cases) => {
    test.each(Object.entries(cases.wrong))('wrong: %s', (_what, model) => {
      expect(codes([model])).toEqual([code]);
    });

    test.each(Object.entries(cases.right))('right: %s', (_what, model) => {
      expect(codes([model])).toEqual([]);
    });
  });

  test('M103: no help at all', () => {
    expect(shown(analyseCatalogue(closedWorld([m('jobs_total', 'counter')])))).toEqual(['M103']);
  });

  test('M108: Prometheus 3 takes every name in UTF-8 but an empty one', () => {
    const server = { version: '3.1' };
    expect(codes([m('queue.depth', 'gauge', { labels: { 'queue-name': 'any' } })], { server })).toEqual([]);
    expect(codes([m('', 'gauge')], { server })).toEqual(['M108']);
    expect(codes([m('depth', 'gauge', { labels: { '': 'any' } })], { server })).toEqual(['M108']);
  });

  test('M111: two metrics that expose one name', () => {
    const wait = m('wait_seconds', 'histogram', { unit: 'seconds' });
    expect(codes([wait, m('wait_seconds_count', 'untyped')])).toEqual(['M111']);
    expect(codes([m('wait_seconds_sum', 'untyped'), wait])).toEqual(['M111']);
    expect(codes([wait, m('wait_seconds', 'summary', { unit: 'seconds' })])).toEqual(['M111']);
    expect(codes([m('depth', 'gauge'), m('depth', 'gauge'), m('depth', 'untyped')])).toEqual(['M111', 'M111']);
    expect(codes([wait, m('wait_seconds_max', 'gauge', { unit: 'seconds' }), m('wait', 'untyped')])).toEqual([]);
  });

  test('M112: a new name that the catalogue does not have', () => {
    const old = m('depth', 'gauge', { renamedTo: 'queue_depht' });
    const queue = m('queue_depth', 'gauge');
    expect(codes([old])).toEqual(['M112']);
    expect(codes([old, queue])).toEqual(['M112']);
    expect(codes([m('wait', 'untyped', { renamedTo: 'wait_seconds' }), m('waits_seconds', 'untyped')])).toEqual([
      'M112',
    ]);
    expect(codes([{ ...old, renamedTo: 'queue_depth' }, queue])).toEqual([]);
    const histogram = m('wait_seconds', 'histogram', { unit: 'seconds' });
    expect(codes([m('waits_count', 'untyped', { renamedTo: 'wait_seconds_count' }), histogram])).toEqual([]);
    expect(codes([old], { closed: false })).toEqual([]);
  });
});

test('names that every object of JavaScript has are names like others', () => {
  const closed = closedWorld([
    metric('wins_total', 'counter', { labels: { constructor: ['red', 'green'] } }),
    metric('capacity', 'gauge', {
      labels: { resource: 'any' },
      unitByLabel: { label: 'resource', units: { cpu: 'cores', memory: 'bytes' } },
    }),
  ]);
  right('sum by (constructor) (rate(wins_total{constructor="red"}[5m]))', { world: closed });
  wrong('sum(rate(wins_total{constructor="blue"}[5m]))', 'Q315', '"blue"', { world: closed });
  wrong('wins_total{toString="x"} offset 5m', 'Q314', 'toString="x"', { world: closed });
  right('sum(capacity{resource="constructor"}) > 1', { world: closed });
  wrong('constructor > 1', 'M101', 'constructor', { world: closed });
});
