/** Raw PromQL with metrics, queries and variables in it; and arguments that are no queries. */
import {
  clampMin,
  countValues,
  div,
  doubleExponentialSmoothing,
  gt,
  histogramQuantile,
  histogramQuantiles,
  labelJoin,
  mul,
  percentile,
  promql,
  quantile,
  range,
  rate,
  ratio,
  scalar,
  selector,
  sortByLabel,
  sum,
  time,
  not,
} from 'dashwright';
import { parse, equal, print } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';
import { duration, memory, native, runs, team } from './metrics.ts';

const failures = sum(rate(runs({ status: 'failure' }), '5m'), { by: ['pipeline_name'] });

describe('raw PromQL', () => {
  test.each([
    [promql`up`, 'up'],
    [promql`topk(5, ${failures})`, 'topk(5, sum by (pipeline_name) (rate(runs_total{status="failure"}[5m])))'],
    [promql`rate(${runs}[5m])`, 'rate(runs_total[5m])'],
    [promql`${runs({ status: 'failure' })}{job="app"} offset 1d`, 'runs_total{status="failure",job="app"} offset 1d'],
    [promql`rate(${duration}_bucket[5m])`, 'rate(duration_seconds_bucket[5m])'],
    [promql`${duration.bucket}{le="1"}`, 'duration_seconds_bucket{le="1"}'],
    [promql`${runs}{pipeline_name=~"${team}"}`, 'runs_total{pipeline_name=~"$team"}'],
    [promql`up{job=~"${team}_x"}`, 'up{job=~"${team}_x"}'],
    [promql`rate(up[${team}])`, 'rate(up[$team])'],
    [promql`${memory} > ${team}`, 'memory_bytes > $team'],
    [promql`${memory} > ${1e9} * ${-2}`, 'memory_bytes > 1000000000 * -2'],
    [promql`${memory} < ${Infinity}`, 'memory_bytes < +Inf'],
    [promql`sum by (${'job'}) (rate(${runs}[${'5m'}]))`, 'sum by (job) (rate(runs_total[5m]))'],
    [promql`(${div(memory, 2)}) * 2`, 'memory_bytes / 2 * 2'],
    [promql`${div(memory, 2)} ^ 2`, '(memory_bytes / 2) ^ 2'],
    [promql`${scalar(memory)} + ${time()}`, 'scalar(memory_bytes) + time()'],
    [
      promql`max_over_time(${failures}[1h:])`,
      'max_over_time(sum by (pipeline_name) (rate(runs_total{status="failure"}[5m]))[1h:])',
    ],
    [promql`up{x="a\\b"}`, 'up{x="a\\\\b"}'],
  ])('%#: reads as it is written', (query, text) => {
    expect(print(query.expr)).toBe(text);
    expect(equal(parse(text, { variables: true }), query.expr)).toBe(true);
  });

  test('keeps the call sites of the queries in it', () => {
    const query = promql`topk(5, ${failures})`;
    if (query.expr.type !== 'AggregateExpr') throw new Error('not an aggregation');
    expect(query.origins.get(query.expr.expr)).toBe(failures.position);
    expect(query.origins.get(query.expr)?.resolve()?.file).toMatch(/raw\.test\.ts$/);
  });

  test('has no places of a text that nobody sees', () => {
    expect(JSON.stringify(promql`sum by (job) (rate(${runs}{status="a"}[5m])) > bool on (job) (up)`.expr)).not.toMatch(
      /[sS]pan|parens/,
    );
  });

  test('shows where Prometheus stops reading', () => {
    expect(() => promql`sum(rate(${runs}[5m]) by (job)`).toThrow(
      'Prometheus does not accept this query: unexpected <by> in aggregation\n  sum(rate(${…}[5m]) ⟵ here ⟶ by (job)',
    );
  });

  test('refuses text directly behind a metric', () => {
    expect(() => promql`rate(${runs}_bucket[5m])`).toThrow('promql got a metric with more text directly behind it');
  });

  test('refuses parentheses', () => {
    expect(() => promql('sum(up) > 1' as never)).toThrow(
      'promql is written before backticks, without parentheses: promql`sum(up) > 1`.',
    );
    expect(() => promql(memory as never)).toThrow('promql is written before backticks');
  });

  test('refuses values that are none of its own', () => {
    expect(() => promql`up == ${undefined as never}`).toThrow('but got undefined');
    expect(() => promql`up == ${null as never}`).toThrow('but got null');
  });
});

const REFUSED: Readonly<Record<string, readonly [() => unknown, string]>> = {
  'a histogram instead of one of its series': [
    () => rate(duration as never),
    'rate() needs a query. This metric exposes several series: name one of them, such as .bucket, .sum or .count.',
  ],
  'a text instead of a query': [
    () => sum('up' as never),
    'sum() needs a query, a number or a variable, but got string. PromQL of your own is written promql`up`, with backticks.',
  ],
  'nothing instead of a query': [() => sum(undefined as never), 'but got undefined'],
  'by and without': [
    () => sum(memory, { by: ['job'], without: ['instance'] } as never),
    'The grouping of sum() is either { by: […] } or { without: […] }.',
  ],
  'one label to aggregate by': [
    () => sum(memory, { by: 'instance' } as never),
    `by of sum() takes a list of labels: write ['instance'].`,
  ],
  'one label to aggregate without': [
    () => sum(memory, { without: 'instance' } as never),
    `without of sum() takes a list of labels: write ['instance'].`,
  ],
  'a label that is a number': [() => sum(memory, { by: [5] } as never), `takes a list of labels: write ['job'].`],
  'one label to match on': [
    () => div(memory, memory, { on: 'job' } as never),
    `on of div() takes a list of labels: write ['job'].`,
  ],
  'one label to copy': [
    () => mul(memory, memory, { on: ['job'], groupLeft: 'version' } as never),
    `groupLeft of mul() takes a list of labels: write ['version'].`,
  ],
  'one label of a pattern': [
    () => ratio(runs, runs, { by: 'job' } as never),
    `by takes a list of labels: write ['job'].`,
  ],
  'one label of a percentile': [
    () => percentile(0.9, duration, { by: 'job' } as never),
    `by of percentile() takes a list of labels: write ['job'].`,
  ],
  'one label to join': [
    () => labelJoin(memory, { target: 'x', separator: '', sources: 'job' } as never),
    `sources of labelJoin() takes a list of labels: write ['job'].`,
  ],
  'on and ignoring': [
    () => div(memory, memory, { on: [], ignoring: [] } as never),
    'div() takes on or ignoring, not both',
  ],
  'groupLeft and groupRight': [
    () => div(memory, memory, { on: [], groupLeft: [], groupRight: [] }),
    'takes groupLeft or groupRight, not both: one side must be unique',
  ],
  'groupLeft alone': [
    () => div(memory, memory, { groupLeft: [] } as never),
    'groupLeft and groupRight of div() need on or ignoring',
  ],
  'a label matched and copied': [
    () => mul(memory, memory, { on: ['job'], groupLeft: ['job'] }),
    'The label "job" of mul() is in on, so it cannot be copied as well.',
  ],
  'matching with a scalar': [
    () => div(memory, 2, { on: ['job'] as never }),
    'div() matches labels only between two vectors, but one side is a scalar',
  ],
  'a filter of two scalars': [() => gt(time(), 5), 'gt() of two scalars needs { bool: true }'],
  'a quantile of 95': [() => quantile(95, memory), 'lies between 0 and 1, but it is 95. Did you mean 0.95?'],
  'a quantile of -1': [() => histogramQuantile(-1, duration.bucket), 'lies between 0 and 1, but it is -1.'],
  'no quantiles': [() => histogramQuantiles(native, 'q', []), 'takes one to ten quantiles'],
  'a smoothing factor above 1': [() => doubleExponentialSmoothing(memory, 2, 0.1), 'lie between 0 and 1, but one is 2'],
  'a range of an expression': [() => range(sum(memory)), 'range() is for selectors; use subquery() for expressions'],
  'sorting by nothing': [() => sortByLabel(memory), 'sort_by_label() needs the name of at least one label'],
  'a label that is no text': [() => countValues(5 as never, memory), 'countValues() needs a text'],
  'a selector of everything': [() => selector({}), 'selector() needs the name of a metric or at least one matcher'],
  'an empty list of values': [
    () => runs({ status: [] }),
    'The matcher of the label "status" must be a text, a list of texts that is not empty, matching(…), not(…) or a variable.',
  ],
  'a matcher that is none': [
    () => runs({ status: not(5 as never) }),
    'The matcher of the label "status" must be a text',
  ],
  'a bound that is no number': [
    () => clampMin(memory, '5' as never),
    'clamp_min() needs a query, a number or a variable',
  ],
};

describe('what is refused at run time, where no compiler looked', () => {
  test.each(Object.entries(REFUSED))('%s', (_name, [write, message]) => {
    expect(write).toThrow(message);
  });
});
