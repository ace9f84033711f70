import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExposition } from '../../src/lint/scrape/exposition.ts';
import { metricModels } from '../../src/lint/scrape/metric-models.ts';
import type { ModelOptions } from '../../src/lint/scrape/metric-models.ts';
import type { MetricModel } from '../../src/metrics/model.ts';
import { parseSampleLine } from '../../src/lint/scrape/sample-line.ts';

const models = (text: string, options: ModelOptions = {}): readonly MetricModel[] =>
  metricModels(parseExposition(text), options);
const only = (text: string, options?: ModelOptions): MetricModel | undefined => models(text, options)[0];
const ANY = { type: 'any' };

describe('the text format 0.0.4', () => {
  test('counters, gauges and untyped metrics', () => {
    const text = `# HELP http_requests_total Requests \\\\ by \\n code.
# TYPE http_requests_total counter
http_requests_total{code="200",method="get"} 1027 1395066363000
http_requests_total{code="500",method="get",} 3
# a comment
# TYPE queue_length gauge

queue_length 3.5e1
  spaced   {  a = "b" , c="d" }   -Inf\t
`;
    expect(models(text)).toEqual([
      {
        name: 'http_requests_total',
        kind: 'counter',
        help: 'Requests \\ by \n code.',
        labels: { code: { values: ANY, cardinality: 2 }, method: { values: ANY, cardinality: 1 } },
      },
      { name: 'queue_length', kind: 'gauge', labels: {} },
      {
        name: 'spaced',
        kind: 'untyped',
        labels: { a: { values: ANY, cardinality: 1 }, c: { values: ANY, cardinality: 1 } },
      },
    ]);
  });

  test('histograms and summaries, with buckets and quantiles', () => {
    const text = `# TYPE rpc_seconds histogram
rpc_seconds_bucket{job="a",le="0.1"} 1
rpc_seconds_bucket{job="a",le="1"} 2
rpc_seconds_bucket{job="a",le="+Inf"} 2
rpc_seconds_sum{job="a"} 1.5
rpc_seconds_count{job="a"} 2
# TYPE rpc_size_bytes summary
rpc_size_bytes{quantile="0.5"} 10
rpc_size_bytes{quantile="0.99"} NaN
rpc_size_bytes_sum 20
rpc_size_bytes_count 2
`;
    expect(models(text)).toEqual([
      {
        name: 'rpc_seconds',
        kind: 'histogram',
        unit: 'seconds',
        labels: { job: { values: ANY, cardinality: 1 } },
        buckets: [0.1, 1],
      },
      { name: 'rpc_size_bytes', kind: 'summary', unit: 'bytes', labels: {}, quantiles: [0.5, 0.99] },
    ]);
  });

  test('series of one histogram with different buckets leave the buckets open', () => {
    const text = '# TYPE a histogram\na_bucket{x="1",le="1"} 1\na_bucket{x="2",le="2"} 1\n';
    expect(only(text)).not.toHaveProperty('buckets');
  });

  test('a gauge of ones that is named _info is an info metric', () => {
    expect(only('# TYPE go_info gauge\ngo_info{version="go1.22"} 1\n')?.kind).toBe('info');
    expect(only('# TYPE a_info gauge\na_info 2\n')?.kind).toBe('gauge');
  });

  test('times of creation are no metrics of their own', () => {
    const text =
      '# TYPE a_total counter\na_total 1\n# TYPE a_created gauge\na_created 1.7e9\n# TYPE b_created gauge\nb_created 1\n';
    expect(models(text).map(({ name }) => name)).toEqual(['a_total', 'b_created']);
  });

  test('seconds that are moments, and those that are not', () => {
    const unit = (name: string, value: string): string | undefined =>
      only(`# TYPE ${name} gauge\n${name} ${value}\n`)?.unit;
    expect(unit('process_start_time_seconds', '1.7e9')).toBe('timestamp_seconds');
    expect(unit('last_success_timestamp_seconds', '0')).toBe('timestamp_seconds');
    expect(unit('response_time_seconds', '0.2')).toBe('seconds');
    expect(unit('temperature_celsius', '20')).toBe('celsius');
    expect(unit('temperature', '20')).toBeUndefined();
  });

  test('a label that some series lack', () => {
    expect(only('a{x="1"} 1\na{y=""} 1\n')?.labels).toEqual({
      x: { values: ANY, presence: 'sometimes', cardinality: 1 },
      y: { values: ANY, presence: 'sometimes' },
    });
  });
});

describe('OpenMetrics', () => {
  const TEXT = `# TYPE foo_seconds counter
# UNIT foo_seconds seconds
# HELP foo_seconds Time \\"spent\\".
foo_seconds_total{a="b"} 17.0 1520879607.789 # {trace_id="a\\"b"} 0.67 1520879607.789
foo_seconds_created{a="b"} 1520430000.123
# TYPE build info
build_info{version="1"} 1
# TYPE state stateset
state{state="starting",node="a"} 0
state{state="running",node="a"} 1
# TYPE lat histogram
lat_bucket{le="0.5"} 1 # {} 0.4
lat_bucket{le="+Inf"} 2
lat_count 2
lat_sum 3
lat_created 1520430000.123
# TYPE depth gaugehistogram
depth_bucket{le="+Inf"} 2
depth_gcount 2
depth_gsum 3
# TYPE odd unknown
odd 1
# EOF
`;

  test('every type, with exemplars, times of creation and units', () => {
    expect(models(TEXT)).toEqual([
      { name: 'build_info', kind: 'info', labels: { version: { values: ANY, cardinality: 1 } } },
      { name: 'depth_bucket', kind: 'untyped', labels: { le: { values: ANY, cardinality: 1 } } },
      { name: 'depth_gcount', kind: 'untyped', labels: {} },
      { name: 'depth_gsum', kind: 'untyped', labels: {} },
      {
        name: 'foo_seconds_total',
        kind: 'counter',
        help: 'Time "spent".',
        unit: 'seconds',
        labels: { a: { values: ANY, cardinality: 1 } },
      },
      { name: 'lat', kind: 'histogram', labels: {}, buckets: [0.5] },
      { name: 'odd', kind: 'untyped', labels: {} },
      {
        name: 'state',
        kind: 'stateset',
        labels: {
          node: { values: ANY, cardinality: 1 },
          state: { values: { type: 'oneOf', values: ['running', 'starting'] }, cardinality: 2 },
        },
      },
    ]);
  });

  test('nothing may come after its end', () => {
    expect(() => parseExposition('a 1\n# EOF\nb 1\n')).toThrow('after "# EOF" comes another line');
  });
});

test('names with any character stand in quotes', () => {
  const text = `# HELP "http.server.duration" Time.
# TYPE "http.server.duration" counter
{"http.server.duration","server.address"="a b",x="y"} 1
`;
  expect(models(text)).toEqual([
    {
      name: 'http.server.duration',
      kind: 'counter',
      help: 'Time.',
      labels: { 'server.address': { values: ANY, cardinality: 1 }, x: { values: ANY, cardinality: 1 } },
    },
  ]);
});

test('label values are closed only where somebody says so', () => {
  const text = 'a{code="500",path="/"} 1\na{code="200",path="/x"} 1\n';
  expect(only(text, { closedLabels: ['code'] })?.labels).toEqual({
    code: { values: { type: 'oneOf', values: ['200', '500'] }, cardinality: 2 },
    path: { values: ANY, cardinality: 2 },
  });
});

test.each([
  ['1', 1],
  ['+1.5E-3', 0.0015],
  ['.5', 0.5],
  ['5.', 5],
  ['0x1p-2', 0.25],
  ['0xFF', 255],
  ['1_000', 1000],
  ['inf', Infinity],
  ['+Inf', Infinity],
  ['-INFINITY', -Infinity],
  ['nan', Number.NaN],
])('the value %s', (word, value) => {
  expect(parseSampleLine(`a ${word}`).value).toBe(value);
});

test.each([
  ['a', 1, 'after the name "a" comes the end of the line: a space and a value were expected'],
  ['a b', 1, 'a value was expected, but "b" is no number'],
  ['a 1 x', 1, 'a time stamp was expected, but "x" is no number'],
  ['a 1 2 3', 1, 'after the sample comes "3"'],
  ['a{b=c} 1', 1, 'the value of label "b" must stand in double quotes, but here is "c} 1"'],
  ['a{b="c" d="e"} 1', 1, 'a comma or "}" was expected, but here is "d=\\"e\\"} 1"'],
  ['a{b="c",b="d"} 1', 1, 'the label "b" stands twice'],
  ['a{"b"} 1', 1, 'the line has two names, "a" and "b"'],
  ['a{b="c', 1, 'the value of label "b" must stand in double quotes, but here is "\\"c"'],
  ['ok 1\n{} 1', 2, 'a metric name was expected, but here is " 1"'],
  ['# TYPE a counters', 1, '"counters" is no type of metric'],
  ['<html>', 1, 'a metric name was expected, but here is "<html>"'],
  ['a 1 # x', 1, "an exemplar's labels in braces were expected"],
])('what is no metrics text: %s', (text, line, message) => {
  expect(() => parseExposition(text)).toThrow(
    expect.objectContaining({ line, message: expect.stringContaining(message) as unknown }) as Error,
  );
});

test('any label value comes back as it was, whatever characters it holds', () => {
  const escaped = (value: string): string =>
    value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.double(), (a, b, value) => {
      const printed = Number.isFinite(value)
        ? String(value)
        : { NaN: 'NaN', Infinity: '+Inf', '-Infinity': '-Inf' }[String(value)];
      const { labels, value: read } = parseSampleLine(`x{a="${escaped(a)}", b="${escaped(b)}"} ${printed}`);
      expect([...labels]).toEqual([
        ['a', a],
        ['b', b],
      ]);
      expect(read + 0).toBe(value + 0);
    }),
    { seed: 20261123, numRuns: 2000 },
  );
});
