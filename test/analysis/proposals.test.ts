/** What messages say of the queries that they propose, held against Prometheus. */
import { expect, test } from 'vitest';
import { returns } from './harness.ts';

/** Samples come every minute; a scrape and a query seldom fall on the same second. */
const BETWEEN_SAMPLES = '30m30s';

const values = async (series: Readonly<Record<string, string>>, queries: readonly string[]): Promise<unknown> => {
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
