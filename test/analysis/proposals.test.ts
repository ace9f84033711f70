/** What messages say of the queries that they propose, held against Prometheus. */
import { describe, expect, test } from 'vitest';
import { returns } from './harness.ts';

/** Samples come every minute; a scrape and a query seldom fall on the same second. */
const BETWEEN_SAMPLES = '30m30s';

const values = async (
  series: Readonly<Record<string, string>>,
  queries: readonly string[],
): Promise<readonly (readonly number[] | undefined)[]> => {
  const results = await returns(series, queries, BETWEEN_SAMPLES);
  return results.map(({ samples }) => samples?.map(({ value }) => Number(value.toFixed(3))));
};

test('Q206: an increase of one event is not 1, but rounds to 1 and is at least 1', async () => {
  const series = { x_total: '0x29 1x30' };
  const found = await values(series, [
    'increase(x_total[5m]) == 1',
    'round(increase(x_total[5m])) == 1',
    'increase(x_total[5m]) >= 1',
  ]);
  expect(found).toEqual([[], [1], [1.125]]);
});

test('Q208: a sum of zeros and ones is 0 where a count of the ones is empty', async () => {
  const down = { 'up{job="app",i="1"}': '0x60', 'up{job="app",i="2"}': '0x60' };
  const queries = ['count(up == 1) < 2', 'sum(up) < 2', 'sum(up) < 2 or absent(up{job="app"})', 'sum(up > bool 5) < 2'];
  expect(await values(down, queries)).toEqual([[], [0], [0], [0]]);
  expect(await values({ other: '1x60' }, queries)).toEqual([[], [], [1], []]);
});

test('Q209: without a series only absent() tells that there was no event', async () => {
  expect(
    await values({ other: '1x60' }, ['sum(rate(x_total[5m])) == 0', 'sum(rate(x_total[5m])) == 0 or absent(x_total)']),
  ).toEqual([[], [1]]);
});

test('Q210: absent() of a comparison fires for a metric that is missing, too; with or there is one query for both', async () => {
  const queries = ['absent(x > 0)', 'x <= 0', 'absent(x)', 'x <= 0 or absent(x)'];
  expect(await values({ x: '5x60' }, queries)).toEqual([[], [], [], []]);
  expect(await values({ x: '0x60' }, queries)).toEqual([[1], [0], [], [0]]);
  expect(await values({ y: '0x60' }, queries)).toEqual([[1], [], [1], [1]]);
});

test('Q214: a series that its target replaces ends at once, any other lives on for five minutes', async () => {
  const join = 'x * on (i) group_left (v) b';
  const picked = 'x * on (i) group_left (v) topk by (i) (1, b)';
  const series = (old: string): Record<string, string> => ({
    'x{i="a"}': '2x60',
    'b{i="a",v="1"}': old,
    'b{i="a",v="2"}': '_x29 1x30',
  });
  const marked = await returns(series('1x28 stale'), [join, picked], BETWEEN_SAMPLES);
  expect(marked.map(({ samples }) => samples?.length)).toEqual([1, 1]);
  const unmarked = await returns(series('1x28'), [join, picked], BETWEEN_SAMPLES);
  expect(unmarked.map(({ samples }) => samples?.length)).toEqual([undefined, 1]);
  expect(unmarked[0]?.error).toContain('duplicate series');
  const [later] = await returns(series('1x28'), [join], '35m');
  expect(later?.samples).toHaveLength(1);
});

describe('Q223: what other aggregations than sum make of buckets', () => {
  const quantiles = (ops: readonly string[]): readonly string[] =>
    ops.map((op) => `histogram_quantile(0.9, ${op} by (le) (rate(x_bucket[5m])))`);
  const buckets = (i: string, bounds: Readonly<Record<string, number>>): Record<string, string> =>
    Object.fromEntries(Object.entries(bounds).map(([le, each]) => [`x_bucket{i="${i}",le="${le}"}`, `0+${each}x60`]));
  const quick = buckets('a', { '0.1': 100, '1': 100, '+Inf': 100 });

  test('the mean is as good as the sum where all series have the same buckets', async () => {
    const slow = buckets('b', { '0.1': 0, '1': 20, '+Inf': 20 });
    const [mean, sum] = await values({ ...quick, ...slow }, quantiles(['avg', 'sum']));
    expect(mean).toEqual(sum);
  });

  test('the mean is another quantile where some series have fewer buckets', async () => {
    const coarse = buckets('b', { '1': 100, '+Inf': 100 });
    expect(await values({ ...quick, ...coarse }, quantiles(['avg', 'sum']))).toEqual([[0.09], [0.82]]);
    const slow = buckets('b', { '0.1': 0, '1': 20, '+Inf': 20 });
    const filtered = quantiles(['avg', 'sum']).map((text) => text.replace('[5m])', '[5m]) > 0'));
    expect(await values({ ...quick, ...slow }, filtered)).toEqual([[0.09], [0.46]]);
  });

  test('the largest of each bucket is the quantile of neither series, nor of both', async () => {
    const slow = buckets('b', { '0.1': 0, '1': 200, '+Inf': 200 });
    const [max, sum] = await values({ ...quick, ...slow }, quantiles(['max', 'sum']));
    const [each] = await values({ ...quick, ...slow }, ['histogram_quantile(0.9, rate(x_bucket[5m]))']);
    expect([max, sum, each]).toEqual([[0.82], [0.865], [0.09, 0.91]]);
  });
});

test('Q303 and Q305: a sum is one result, group_left one for each series', async () => {
  const series = { 'a{job="x",reason="p"}': '1x60', 'a{job="x",reason="q"}': '3x60', 'b{job="x"}': '8x60' };
  const found = await values(series, [
    'a / b',
    'sum without (reason) (a) / b',
    'a / ignoring (reason) group_left () b',
    'sum by (job) (a) / on (job) b',
  ]);
  expect(found).toEqual([[], [0.5], [0.125, 0.375], [0.5]]);
});

test('Q303: the part of one instance is divided by that instance only where both sides keep it', async () => {
  const series = {
    'a{j="x",i="1"}': '1x60',
    'a{j="x",i="2"}': '3x60',
    'b{j="x",i="1"}': '10x60',
    'b{j="x",i="2"}': '10x60',
  };
  const found = await values(series, [
    'sum by (j) (a) / sum by (j, i) (b)',
    'sum by (j) (a) / ignoring (i) group_right () sum by (j, i) (b)',
    'sum by (j, i) (a) / sum by (j, i) (b)',
    'sum by (j) (a) / sum by (j) (b)',
  ]);
  expect(found).toEqual([[], [0.4, 0.4], [0.1, 0.3], [0.2]]);
});

test('Q308: a label is copied under another name', async () => {
  const [joined] = await returns({ 'a{pod="p",instance="i"}': '2x60', 'b{pod="p",instance="j"}': '1x60' }, [
    'a * on (pod) group_left (other_instance) label_replace(b, "other_instance", "$1", "instance", "(.*)")',
  ]);
  expect(joined?.samples?.map(({ labels }) => labels)).toEqual([{ pod: 'p', instance: 'i', other_instance: 'j' }]);
});

test('Q321: scalar() of several is NaN, a join takes the series of the same instance', async () => {
  const series = { 'a{i="1",m="x"}': '2x60', 'a{i="2",m="x"}': '6x60', 'b{i="1"}': '2x60', 'b{i="2"}': '3x60' };
  expect(await values(series, ['a / scalar(b)', 'a / on (i) group_left () b', 'a / scalar(sum(b))'])).toEqual([
    [NaN, NaN],
    [1, 2],
    [0.4, 1.2],
  ]);
});

test('Q401: a range of one interval between samples holds too few for a rate', async () => {
  expect(await values({ x_total: '0+1x60' }, ['rate(x_total[1m])', 'rate(x_total[4m])'])).toEqual([[], [0.017]]);
});

test('R714: a limit on each side of or is held against both, one on the whole only against the first', async () => {
  const series = { 'a{i="1"}': '1x60', 'b{i="1"}': '9x60' };
  const queries = ['a or b > 5', '(a or b) > 5', 'a > 5 or b > 5'];
  expect(await values(series, queries)).toEqual([[1], [], [9]]);
});
