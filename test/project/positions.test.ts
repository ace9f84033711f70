/** Where a fault of a query in a definition is shown: at the author's innermost call around it. */
import { readFileSync } from 'node:fs';
import { labelValues, rate, sum, timeseries, variable } from 'dashwright';
import { expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import { createWorld } from '../../src/analysis/world.ts';
import { dashboardSubject } from '../../src/project/subjects.ts';
import { dashboardOf, memory, runs } from '../grafana/pack.ts';

const world = createWorld({ catalogue: { metrics: [memory.model, runs.model] }, closed: true });

/** The text from each fault's place to the end of its line. */
function places(dashboard: ReturnType<typeof dashboardOf>): readonly string[] {
  const text = readFileSync(import.meta.filename, 'utf8').split('\n');
  const subject = dashboardSubject(dashboard, new Map());
  return analyseProject({ groups: [], dashboards: [subject], queries: [] }, world).map(({ code, position }) => {
    const { file = '', line = 0, column = 0 } = position ?? {};
    const found = file.endsWith(import.meta.filename) ? text[line - 1]?.slice(column - 1) : file;
    return `${code} ${found}`;
  });
}

test('a metric taken as it is is at fault where it is used, not where it is declared', () => {
  const panels = [
    timeseries('Raw', runs),
    timeseries('Raw sum', [sum(runs)]),
    timeseries('Rate of a gauge', [sum(rate(memory as never))]),
  ];
  expect(places(dashboardOf(panels))).toEqual([
    "Q201 timeseries('Raw', runs),",
    'Q201 sum(runs)]),',
    'Q203 rate(memory as never))]),',
  ]);
});

test('so is the metric of a variable', () => {
  const variables = [variable('colour', labelValues(runs, 'colour' as never))];
  expect(places(dashboardOf([timeseries('x', sum(rate(runs)))], { variables }))).toContain(
    "D609 variable('colour', labelValues(runs, 'colour' as never))];",
  );
});
