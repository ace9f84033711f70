/**
 * Queries and series at random, over a small catalogue, for holding the facts against what Prometheus returns.
 *
 * The series keep what the catalogue says of them (labels, values, kinds, key), and nothing more.
 */
import fc from 'fast-check';
import type { MetricModel } from '../../src/metrics/model.ts';
import { exporter, labels, metric } from './harness.ts';

const NODE = exporter('node', { targets: ['a:1', 'b:1'] });
const API = exporter('api', { targetLabels: labels({ zone: ['z1', 'z2'] }) });

export const METRICS: readonly MetricModel[] = [
  metric('requests_total', 'counter', { exporter: API, labels: { code: ['200', '404', '500'], method: 'any' } }),
  metric('errors_total', 'counter', { exporter: API, labels: { code: ['404', '500'] } }),
  metric('req_seconds', 'histogram', {
    exporter: API,
    unit: 'seconds',
    buckets: [0.1, 1, 5],
    labels: { method: 'any' },
  }),
  metric('load', 'gauge', { exporter: NODE, range: { min: 0 } }),
  metric('temperature_celsius', 'gauge', {
    exporter: NODE,
    unit: 'celsius',
    labels: { sensor: { values: { type: 'any' }, presence: 'sometimes' } },
  }),
  metric('free_ratio', 'gauge', {
    exporter: NODE,
    unit: 'ratio',
    range: { min: 0, max: 1 },
    labels: { disk: ['sda', 'sdb'] },
  }),
  metric('build_info', 'info', {
    exporter: NODE,
    labels: { version: { values: { type: 'any' }, mutable: true } },
    key: ['instance'],
  }),
  metric('phase', 'stateset', { exporter: NODE, labels: { phase: ['Running', 'Failed'] } }),
  metric('up', 'gauge', { exporter: NODE }),
];

/** Recorded beside the series, and read by the queries as any other metric. */
export const RULES: readonly {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}[] = [
  { record: 'code:requests:rate5m', expr: 'sum by (code, zone) (rate(requests_total[5m]))' },
  {
    record: 'code:failures:ratio',
    expr: 'code:requests:rate5m{code!="200"} / ignoring (code) group_left () sum without (code) (code:requests:rate5m)',
  },
  { record: 'node:load:max', expr: 'max without (instance) (load) or vector(-1)', labels: { zone: 'none' } },
  {
    record: 'node:phases:sum',
    expr: 'label_replace(sum by (phase) (phase), "state", "$1", "phase", "(.).*")',
    labels: { phase: '' },
  },
];

/** One minute apart; some series begin late, end early or have holes. */
const POINTS = 40;

const instance: readonly Record<string, readonly string[]>[] = [{ instance: ['a:1', 'b:1'] }];
const TARGETS: Readonly<Record<string, Record<string, readonly string[]>>> = {
  node: { job: ['node'], ...instance[0] },
  api: { job: ['api'], instance: ['x:1'], zone: ['z1'] },
};

const OWN: Readonly<Record<string, readonly string[]>> = {
  method: ['GET', 'PUT'],
  sensor: ['cpu', ''],
  version: ['1', '2'],
};

function combinations(of: Readonly<Record<string, readonly string[]>>): readonly Record<string, string>[] {
  return Object.entries(of).reduce<readonly Record<string, string>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

const text = (name: string, labelled: Record<string, string>): string =>
  `${name}{${Object.entries(labelled)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;

/** Values of one series in promtool's notation. */
function valuesOf(kind: 'counter' | 'gauge' | 'ratio' | 'bit' | 'one' | 'signed'): fc.Arbitrary<string> {
  const amount = fc.integer({ min: 0, max: 20 });
  switch (kind) {
    case 'counter':
      return fc
        .tuple(amount, amount, fc.integer({ min: 5, max: POINTS }), amount)
        .map(([start, step, reset, again]) => `${start}+${step}x${reset} 0+${again}x${POINTS}`);
    case 'one':
      return fc.constant(`1x${POINTS}`);
    case 'bit':
      return fc.integer({ min: 0, max: 1 }).map((bit) => `${bit}x${POINTS}`);
    case 'ratio':
      return fc.integer({ min: 0, max: 8 }).map((eighths) => `${eighths / 8}x${POINTS}`);
    case 'gauge':
      return fc.tuple(amount, amount).map(([low, high]) => `${low}x20 ${high}x20`);
    case 'signed':
      return fc
        .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -3, max: 3 }))
        .map(([start, step]) => `${start}${step < 0 ? step : `+${step}`}x${POINTS}`);
  }
}

const VALUE_KINDS: Readonly<Record<string, Parameters<typeof valuesOf>[0]>> = {
  requests_total: 'counter',
  errors_total: 'counter',
  load: 'gauge',
  temperature_celsius: 'signed',
  free_ratio: 'ratio',
  build_info: 'one',
  phase: 'bit',
  up: 'bit',
};

/** Some of the series that the catalogue allows. */
export const anySeries: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(...METRICS.flatMap(seriesOf))
  .map((parts) => Object.assign({}, ...parts) as Record<string, string>);

function seriesOf(model: MetricModel): readonly fc.Arbitrary<Record<string, string>>[] {
  const target = TARGETS[model.exporter?.name ?? ''] ?? {};
  const own = Object.fromEntries(
    Object.entries(model.labels).map(([name, { values: set }]) => [
      name,
      set.type === 'oneOf' ? set.values : (OWN[name] ?? ['v']),
    ]),
  );
  const all = combinations({ ...target, ...own });
  const some = model.key ? firstOfKey(all, model.key) : all;
  return some.map((labelled) => {
    const one =
      model.kind === 'histogram'
        ? histogramSeries(model, labelled)
        : valuesOf(VALUE_KINDS[model.name] ?? 'gauge').map((v) => ({ [text(model.name, labelled)]: v }));
    return fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: fc.constant({}) });
  });
}

function firstOfKey(all: readonly Record<string, string>[], key: readonly string[]): readonly Record<string, string>[] {
  const seen = new Map<string, Record<string, string>>();
  for (const one of all) {
    const id = key.map((name) => one[name]).join('|');
    if (!seen.has(id)) seen.set(id, one);
  }
  return [...seen.values()];
}

function histogramSeries(model: MetricModel, labelled: Record<string, string>): fc.Arbitrary<Record<string, string>> {
  const bounds = [...(model.buckets ?? []).map(String), '+Inf'];
  return fc
    .array(fc.integer({ min: 0, max: 5 }), { minLength: bounds.length, maxLength: bounds.length })
    .map((steps) => {
      let total = 0;
      const series: Record<string, string> = {};
      for (const [index, le] of bounds.entries()) {
        total += steps[index] ?? 0;
        series[text(`${model.name}_bucket`, { ...labelled, le })] = `0+${total}x${POINTS}`;
      }
      series[text(`${model.name}_count`, labelled)] = `0+${total}x${POINTS}`;
      series[text(`${model.name}_sum`, labelled)] = `0+${total / 2}x${POINTS}`;
      return series;
    });
}

const LABELS = ['job', 'instance', 'zone', 'code', 'method', 'sensor', 'disk', 'version', 'phase', 'le', 'nowhere'];
const VALUES = [
  'api',
  'node',
  'a:1',
  'z1',
  '200',
  '500',
  'GET',
  'cpu',
  'sda',
  'Running',
  '0.1',
  '',
  '5..',
  '.+',
  '.*',
  '200|500',
  'GET|',
];

const label = fc.constantFrom(...LABELS);
const labelList = fc.uniqueArray(label, { maxLength: 3 }).map((names) => `(${names.join(', ')})`);
const sampleName = fc.constantFrom(
  ...METRICS.flatMap(({ name, kind }) =>
    kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
  ...RULES.map(({ record }) => record),
  'missing_metric',
);
const matcher = fc
  .tuple(label, fc.constantFrom('=', '!=', '=~', '!~'), fc.constantFrom(...VALUES))
  .map(([name, op, value]) => `${name}${op}"${value}"`);
const selector = fc
  .tuple(
    sampleName,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(matcher, { minLength: 1, maxLength: 2 }) },
    ),
  )
  .map(([name, matchers]) => (matchers.length > 0 ? `${name}{${matchers.join(',')}}` : name));

const grouping = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: labelList.map((names) => ` by ${names} `) },
  { weight: 2, arbitrary: labelList.map((names) => ` without ${names} `) },
);

const number = fc.constantFrom('0', '1', '2', '-3', '0.5', '100', '1000');
const wrap = (before: string) => (inner: string) => `${before}(${inner})`;

const rangeCall = (range: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom(
          'rate',
          'increase',
          'irate',
          'delta',
          'idelta',
          'deriv',
          'changes',
          'resets',
          'avg_over_time',
          'min_over_time',
          'max_over_time',
          'sum_over_time',
          'count_over_time',
          'last_over_time',
          'present_over_time',
          'stddev_over_time',
          'stdvar_over_time',
          'absent_over_time',
        ),
        range,
      )
      .map(([func, of]) => `${func}(${of})`),
    range.map((of) => `quantile_over_time(0.5, ${of})`),
    range.map((of) => `predict_linear(${of}, 600)`),
  );

const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='];
const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'];

/** An instant vector. */
export const anyQuery: fc.Arbitrary<string> = fc.letrec<{ vector: string; scalar: string }>((tie) => {
  const vector = tie('vector');
  const scalar = tie('scalar');
  const matching = fc.oneof(
    { weight: 3, arbitrary: fc.constant(' ') },
    { weight: 3, arbitrary: labelList.map((names) => ` on ${names} `) },
    { weight: 2, arbitrary: labelList.map((names) => ` ignoring ${names} `) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.uniqueArray(label, { minLength: 1, maxLength: 3 }),
          fc.constantFrom('group_left', 'group_right'),
          fc.uniqueArray(label, { maxLength: 1 }),
        )
        .map(
          ([names, group, include]) =>
            ` on (${names.join(', ')}) ${group} (${include.filter((name) => !names.includes(name)).join(', ')}) `,
        ),
    },
  );
  const range = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(selector, fc.constantFrom('2m', '5m', '10m')).map(([of, length]) => `${of}[${length}]`),
    },
    { weight: 1, arbitrary: vector.map((of) => `(${of})[10m:1m]`) },
  );
  const paren = vector.map((inner) => `(${inner})`);
  return {
    scalar: fc.oneof(
      { weight: 6, arbitrary: number },
      { weight: 1, arbitrary: vector.map(wrap('scalar')) },
      { weight: 1, arbitrary: fc.constantFrom('time()', 'pi()') },
    ),
    vector: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      { weight: 4, arbitrary: selector },
      { weight: 5, arbitrary: rangeCall(range) },
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.constantFrom('sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar'), grouping, vector)
          .map(([op, by, of]) => `${op}${by}(${of})`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom('topk', 'bottomk', 'quantile'),
            grouping,
            fc.constantFrom('0', '1', '2', '0.5'),
            vector,
          )
          .map(([op, by, k, of]) => `${op}${by}(${k}, ${of})`),
      },
      { weight: 1, arbitrary: fc.tuple(grouping, vector).map(([by, of]) => `count_values${by}("value", ${of})`) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            fc.constantFrom(
              'abs',
              'ceil',
              'floor',
              'sgn',
              'sqrt',
              'exp',
              'ln',
              'round',
              'timestamp',
              'sort',
              'absent',
              'hour',
              'day_of_week',
              'month',
              'cos',
              '-',
            ),
            vector,
          )
          .map(([func, of]) => `${func}(${of})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('clamp_min', 'clamp_max', 'round'), vector, number)
          .map(([func, of, n]) => `${func}(${of}, ${n})`),
      },
      { weight: 1, arbitrary: fc.tuple(vector, number, number).map(([of, a, b]) => `clamp(${of}, ${a}, ${b})`) },
      { weight: 2, arbitrary: vector.map((of) => `histogram_quantile(0.9, ${of})`) },
      { weight: 1, arbitrary: scalar.map(wrap('vector')) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            vector,
            label,
            fc.constantFrom('x', '$1', '', '$1-y', '$2'),
            label,
            fc.constantFrom('.*', '(.*)', '(.+)', '5..', '(.):1', 'nothing'),
          )
          .map(
            ([of, to, replacement, from, pattern]) =>
              `label_replace(${of}, "${to}", "${replacement}", "${from}", "${pattern}")`,
          ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(vector, label, fc.constantFrom('', '-'), label, label)
          .map(([of, to, by, a, b]) => `label_join(${of}, "${to}", "${by}", "${a}", "${b}")`),
      },
      { weight: 4, arbitrary: fc.tuple(paren, fc.constantFrom(...ARITHMETIC), scalar).map((parts) => parts.join(' ')) },
      { weight: 1, arbitrary: fc.tuple(scalar, fc.constantFrom(...ARITHMETIC), paren).map((parts) => parts.join(' ')) },
      {
        weight: 4,
        arbitrary: fc
          .tuple(paren, fc.constantFrom(...COMPARISONS, ...COMPARISONS.map((op) => `${op} bool`)), scalar)
          .map((parts) => parts.join(' ')),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(scalar, fc.constantFrom(...COMPARISONS), paren).map((parts) => parts.join(' ')),
      },
      {
        weight: 5,
        arbitrary: fc
          .tuple(paren, fc.constantFrom(...ARITHMETIC, ...COMPARISONS, '== bool', '> bool'), matching, paren)
          .map(([l, op, how, r]) => `${l} ${op}${how}${r}`),
      },
      {
        weight: 4,
        arbitrary: fc
          .tuple(
            paren,
            fc.constantFrom('and', 'or', 'unless'),
            fc.oneof(
              fc.constant(' '),
              labelList.map((names) => ` on ${names} `),
              labelList.map((names) => ` ignoring ${names} `),
            ),
            paren,
          )
          .map(([l, op, how, r]) => `${l} ${op}${how}${r}`),
      },
    ),
  };
}).vector;
