/** Definitions of metrics: what they say of themselves and what they refuse. */
import {
  any,
  catalogue,
  counter,
  exporter,
  gauge,
  histogram,
  info,
  label,
  matching,
  nativeHistogram,
  oneOf,
  pattern,
  stateset,
  summary,
  untyped,
} from 'dashwright';
import { describe, expect, test } from 'vitest';

const app = exporter('app', { scrapeInterval: '1m30s', targetLabels: { zone: oneOf('a', 'b') }, version: '1.2' });

describe('a definition', () => {
  test('is plain data', () => {
    const runs = counter('runs_total', {
      help: 'Runs.',
      unit: 'count',
      labels: {
        status: oneOf('success', 'failure'),
        version: label(any, { mutable: true, cardinality: 3, presence: 'sometimes', help: 'Version.' }),
        host: pattern(/[a-z]+\d/),
      },
      key: ['status', 'host', 'instance'],
      appearsOnFirstUse: true,
      since: '1.0',
      from: app,
    });
    const { position, ...model } = runs.model;
    expect(model).toEqual({
      name: 'runs_total',
      kind: 'counter',
      help: 'Runs.',
      unit: 'count',
      labels: {
        host: { values: { type: 'pattern', regex: '[a-z]+\\d' } },
        status: { values: { type: 'oneOf', values: ['success', 'failure'] } },
        version: { values: { type: 'any' }, mutable: true, cardinality: 3, presence: 'sometimes', help: 'Version.' },
      },
      key: ['status', 'host', 'instance'],
      appearsOnFirstUse: true,
      since: '1.0',
      exporter: {
        name: 'app',
        job: 'app',
        scrapeIntervalSeconds: 90,
        version: '1.2',
        targetLabels: {
          instance: { values: { type: 'any' } },
          job: { values: { type: 'oneOf', values: ['app'] } },
          zone: { values: { type: 'oneOf', values: ['a', 'b'] } },
        },
      },
    });
    expect(position?.file).toMatch(/define\.test\.ts$/);
    expect(Object.isFrozen(runs.model.labels)).toBe(true);
  });

  test('knows what its kind implies', () => {
    expect(info('build_info').model).toMatchObject({ range: { min: 1, max: 1 }, unit: 'count' });
    expect(stateset('phase').model).toMatchObject({ range: { min: 0, max: 1 }, unit: 'count' });
    expect(nativeHistogram('x_seconds').model.kind).toBe('nativeHistogram');
  });

  test('keeps the name that an exporter really exposes', () => {
    expect(counter('kubelet_evictions', { nameAsExposed: true }).model).toHaveProperty('nameAsExposed', true);
    expect(gauge('alerts_total', { nameAsExposed: true }).model.kind).toBe('gauge');
    expect(untyped('anything_total').model.kind).toBe('untyped');
  });

  test('may have a label that every object of JavaScript has', () => {
    const wins = counter('wins_total', { labels: { constructor: oneOf('red', 'green') }, from: app });
    expect(Object.keys(wins.model.labels)).toEqual(['constructor']);
  });

  test('takes the exporter’s own job where its labels win', () => {
    const push = exporter('pushgateway', { scrapeInterval: '15s', honorLabels: true });
    expect(gauge('x', { labels: { job: any }, from: push }).model.labels).toHaveProperty('job');
  });

  test('gives series for the tests of rules', () => {
    const runs = counter('runs_total', { labels: { status: oneOf('success') }, from: app });
    const { bucket } = histogram('x_seconds', { buckets: [0.5, 1] });
    expect(runs.series({ status: 'success', job: 'app' }, ' 0+10x60 ')).toEqual({
      series: 'runs_total{status="success", job="app"}',
      values: '0+10x60',
    });
    expect(bucket.series({ le: 1 }, '1 2 _ stale')).toEqual({
      series: 'x_seconds_bucket{le="1"}',
      values: '1 2 _ stale',
    });
    expect(bucket.series({ le: '+Inf' }, '_x3 1.5x2 -1-0.5x3 1e3').series).toBe('x_seconds_bucket{le="+Inf"}');
    expect(gauge('x').series({}, '{{schema:0 sum:5 count:4 buckets:[1 2 1]}}x5')).toMatchObject({ series: 'x' });
  });
});

const REFUSED: Readonly<Record<string, readonly [() => unknown, string]>> = {
  'a name with a hyphen': [() => gauge('a-b'), '"a-b" is no metric name'],
  'a name that begins with a digit': [() => gauge('9x'), 'does not begin with a digit'],
  'a counter without _total': [
    () => counter('runs'),
    'The counter "runs" must end in "_total", as client libraries expose it. If an exporter really exposes this name, say so with nameAsExposed: true.',
  ],
  'a gauge with _total': [() => gauge('runs_total'), 'which is for counters, but it is declared as gauge'],
  'an info metric without _info': [() => info('build'), 'must end in "_info"'],
  'a histogram under the name of its buckets': [
    () => histogram('x_seconds_bucket'),
    '"x_seconds_bucket" ends in "_bucket", which histograms and summaries add by themselves: declare the metric under the name before it.',
  ],
  'a gauge with the name of a count': [() => gauge('x_count'), 'ends in "_count"'],
  'a label with a hyphen': [() => gauge('x', { labels: { 'a-b': any } }), '"a-b" of metric "x" is no label name'],
  'a label of Prometheus’ own': [() => gauge('x', { labels: { __name__: any } }), 'which Prometheus keeps for itself'],
  'le on a histogram': [
    () => histogram('x', { labels: { le: any } }),
    '"le" of metric "x" is added by every histogram',
  ],
  'quantile on a summary': [
    () => summary('x', { labels: { quantile: any } }),
    '"quantile" of metric "x" is added by every summary',
  ],
  'a label of the target': [
    () => gauge('x', { labels: { instance: any }, from: app }),
    'Prometheus would store it as "exported_instance"',
  ],
  'something that is no label': [
    () => gauge('x', { labels: { a: 'any' as never } }),
    'The label "a" must be any, oneOf(…), pattern(…) or label(…).',
  ],
  'buckets that fall': [() => histogram('x', { buckets: [1, 0.5] }), 'must ascend, but 0.5 follows 1'],
  'buckets that repeat': [() => histogram('x', { buckets: [1, 1] }), 'must ascend, but 1 follows 1'],
  'no buckets': [() => histogram('x', { buckets: [] }), 'The buckets of metric "x" are empty'],
  'an infinite bucket': [() => histogram('x', { buckets: [1, Infinity] }), '+Inf is added by itself'],
  'quantiles in percent': [() => summary('x', { quantiles: [50, 99] }), 'lie between 0 and 1: 0.95, not 95'],
  'an unknown unit': [
    () => gauge('x', { unit: 'parsecs' as never }),
    '"parsecs" of metric "x" is no unit. Units are whole words, such as seconds, bytes, ratio or bytes/second.',
  ],
  'an unknown unit of a label': [
    () => gauge('x', { labels: { r: any }, unitByLabel: { label: 'r', units: { cpu: 'cpus' as never } } }),
    '"cpus" of metric "x" is no unit. Units are whole words',
  ],
  'the name of an exporter': [
    () => gauge('x', { from: 'node' as never }),
    'What metric "x" comes from must be an exporter: from: exporter(',
  ],
  'a unit by a label that is not there': [
    () => gauge('x', { unitByLabel: { label: 'resource', units: { cpu: 'cores' } } }),
    'depends on the label "resource", which it does not have',
  ],
  'a unit by a label that only every object has': [
    () => gauge('x', { unitByLabel: { label: 'constructor', units: { cpu: 'cores' } } }),
    'depends on the label "constructor", which it does not have',
  ],
  'a unit by a value that is not there': [
    () => gauge('x', { labels: { r: oneOf('cpu') }, unitByLabel: { label: 'r', units: { gpu: 'count' } } }),
    'names "gpu", which is no value of the label "r"',
  ],
  'two units': [
    () => gauge('x', { unit: 'bytes', labels: { r: any }, unitByLabel: { label: 'r', units: {} } }),
    'has unit and unitByLabel',
  ],
  'a key of an unknown label': [() => gauge('x', { key: ['pod'] }), 'names the label "pod", which it does not have'],
  'an empty range': [() => gauge('x', { range: { min: 1, max: 0 } }), 'is empty: from 1 to 0'],
  'a yes-or-no counter': [() => counter('x_total', { boolean: true }), 'boolean is for gauges'],
  'an empty set of values': [() => oneOf(), 'oneOf() needs at least one value'],
  'a value twice': [() => oneOf('a', 'a'), 'oneOf() names "a" twice'],
  'an empty value': [() => oneOf(''), 'an empty label is a label that is not there'],
  'a cardinality of nothing': [() => label(any, { cardinality: 0 }), 'is a positive number, but it is 0'],
  'a pattern that RE2 cannot read': [() => pattern(/(?!x)/), 'It uses RE2, which has no look-around'],
  'a matcher that RE2 cannot read': [
    () => matching('a(b'),
    'Prometheus cannot read the regular expression "a(b" of matching()',
  ],
  'a pattern with flags': [() => pattern(/x/i), 'has flags, which Prometheus does not know: write (?i)'],
  'a misspelt option': [
    () => gauge('x', { hlep: 'x' } as never),
    'The metric "x" has no option "hlep": the options are help, unit, unitByLabel, labels,',
  ],
  'a misspelt option of an exporter': [
    () => exporter('x', { scrapeInterval: '1m', target: [] } as never),
    'The exporter "x" has no option "target": the options are scrapeInterval, job,',
  ],
  'an exporter without a name': [
    () => exporter('', { scrapeInterval: '1m' }),
    'needs a name and a job that are not empty',
  ],
  'an exporter that is never scraped': [
    () => exporter('x', { scrapeInterval: '0s' }),
    'write a length of time such as "30s"',
  ],
  'a single target': [
    () => exporter('x', { scrapeInterval: '1m', targets: 'a:1' as never }),
    `The targets of exporter "x" are no list: write ['host:port'].`,
  ],
  'the address of a target’s metrics': [
    () => exporter('x', { scrapeInterval: '1m', targets: ['a:1', 'http://b:1/metrics'] }),
    'The target "http://b:1/metrics" of exporter "x" is no host:port: write it without http:// and without a path, which is metricsPath.',
  ],
  'an empty target': [() => exporter('x', { scrapeInterval: '1m', targets: [''] }), 'The target "" of exporter "x"'],
  'an exporter with a bad label': [
    () => exporter('x', { scrapeInterval: '1m', targetLabels: { 'a.b': any } }),
    '"a.b" of exporter "x" is no label name',
  ],
  'samples that promtool cannot read': [
    () => gauge('x').series({}, '1 two 3'),
    '"two" in the samples of x is not promtool’s notation',
  ],
  'no samples': [() => gauge('x').series({}, ' '), 'A series of x has no samples'],
  'a series with a label that is no text': [
    () => gauge('x', { labels: { a: any } }).series({ a: {} as never }, '1'),
    'The label "a" of a series of x must be a text or a number',
  ],
  'two metrics of one name': [() => catalogue([gauge('x'), gauge('x')]), 'Two metrics expose "x": "x" ('],
  'a gauge with the name of a summary’s quantiles': [
    () => catalogue([summary('x'), gauge('x')]),
    'Define it once and import it where it is used.',
  ],
};

describe('what is refused', () => {
  test.each(Object.entries(REFUSED))('%s', (_name, [define, message]) => {
    expect(define).toThrow(message.replaceAll('promtool’s', "promtool's"));
  });
});
