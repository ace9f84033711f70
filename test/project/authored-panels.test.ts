/** What a panel in TypeScript does with its queries, as the analysis sees it: the same as that of the file made of it. */
import { gauge, override, promql, rate, stat, target, timeseries, type Panel } from 'dashwright';
import { expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import { createWorld } from '../../src/analysis/world.ts';
import { subjectsOf } from '../../src/lint/subjects.ts';
import { dashboardSubject } from '../../src/project/subjects.ts';
import { compiled, dashboardOf, memory, runs } from '../grafana/pack.ts';
import { readJson } from '../lint/read.ts';

const celsius = gauge('outside_celsius', { help: 'How warm it is.', unit: 'celsius', labels: {} });
const done = gauge('done_ratio', { help: 'How much is done.', unit: 'ratio', range: { min: 0, max: 1 }, labels: {} });
const metrics = [memory, done, runs, celsius].map(({ model }) => model);
const world = createWorld({ catalogue: { metrics } });

/** What is wrong with a panel, read from its definition; it has to be the same when it is read from its file. */
async function faults(panel: Panel): Promise<readonly string[]> {
  const model = dashboardOf([panel]);
  const codes = [
    dashboardSubject(model, new Map()),
    ...subjectsOf([readJson(await compiled(model))]).project.dashboards,
  ].map((dashboard) =>
    analyseProject({ groups: [], dashboards: [dashboard], queries: [] }, world).map(({ code }) => code),
  );
  expect(codes[0]).toEqual(codes[1]);
  return codes[0] ?? [];
}

const calculate = { id: 'calculateField', options: { mode: 'unary' } };

test('a unit is held against the query', async () => {
  expect(await faults(stat('Memory', memory, { unit: 's' }))).toEqual(['Q504']);
  expect(await faults(timeseries('Runs', rate(runs), { unit: 'bytes' }))).toEqual(['Q504']);
  expect(await faults(stat('Memory', memory, { unit: 'bytes' }))).toEqual([]);
});

test('a unit that overrides change for some series is not the unit of the queries', async () => {
  const two = [memory, celsius] as const;
  const other = override({ refId: 'B' }, { unit: 'celsius' });
  expect(await faults(timeseries('Both', [...two], { unit: 'bytes', overrides: [other] }))).toEqual([]);
  expect(await faults(stat('Memory', memory, { unit: 's', overrides: [override('x', { unit: 'bytes' })] }))).toEqual(
    [],
  );
  expect(await faults(stat('Memory', memory, { unit: 's', overrides: [override('x', { min: 0 })] }))).toEqual(['Q504']);
});

test('a panel that rearranges its data shows something else than its queries', async () => {
  expect(await faults(stat('Memory', memory, { unit: 's', transformations: [calculate] }))).toEqual([]);
  expect(await faults(timeseries('Runs', runs, { transformations: [calculate] }))).toEqual([]);
  expect(await faults(timeseries('Runs', runs, { transformations: [] }))).toEqual(['Q201']);
  const off = { ...calculate, disabled: true };
  expect(await faults(stat('Memory', memory, { unit: 's', transformations: [off] }))).toEqual(['Q504']);
});

test('limits in percent of a range are no values', async () => {
  const thresholds = { base: 'green', 80: 'red' } as const;
  expect(await faults(stat('Done', done, { thresholds }))).toEqual(['Q508']);
  expect(await faults(stat('Done', done, { thresholds, thresholdsMode: 'percentage' }))).toEqual([]);
});

test('the shortest step of a query wins over that of its panel', async () => {
  const query = promql`sum by (pipeline_name) (rate(${runs}[$__interval]))`;
  expect(await faults(timeseries('Runs', query))).toEqual(['Q408']);
  expect(await faults(timeseries('Runs', query, { interval: '2m' }))).toEqual([]);
  expect(await faults(timeseries('Runs', target(query, { interval: '1s' }), { interval: '2m' }))).toEqual(['Q408']);
  expect(await faults(timeseries('Runs', target(query, { interval: '2m' })))).toEqual([]);
});
