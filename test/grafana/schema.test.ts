/** The validators that are generated from the SDK's types. */
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { generateValidators } from '../../scripts/generate-schema.ts';
import { PANEL_TYPES } from '../../src/grafana/panel-types.ts';
import type { PanelType } from '../../src/grafana/panel-builders.ts';
import { dashboardProblems, panelProblems, rowProblems } from '../../src/grafana/schema/problems.ts';
import { loadValidators } from '../../src/grafana/schema/validators.ts';

const folder = new URL('../../src/grafana/schema/generated/', import.meta.url);

describe('the committed validators', () => {
  test('are those of the installed SDK: else run "npm run generate:schema"', async () => {
    const generated = await generateValidators();
    expect((await readdir(folder)).toSorted()).toEqual([...generated.keys()].toSorted());
    const stale: string[] = [];
    for (const [name, text] of generated)
      if ((await readFile(new URL(name, folder), 'utf8')) !== text) stale.push(name);
    expect(stale).toEqual([]);
  });

  test('exist for every kind of panel', async () => {
    const types = Object.keys(PANEL_TYPES) as PanelType[];
    expect([...(await loadValidators(types)).keys()].toSorted()).toEqual(
      ['dashboard', 'panel', 'row', 'target', ...types].toSorted(),
    );
  });
});

describe('problems', async () => {
  const validators = await loadValidators(['stat', 'timeseries']);
  const panel = { type: 'timeseries', options: { legend: legend('list'), tooltip: { mode: 'single', sort: 'none' } } };
  function legend(displayMode: string) {
    return { displayMode, placement: 'bottom', showLegend: true, calcs: [] };
  }

  test('are none of what fits', () => {
    expect(panelProblems(panel, 'timeseries', validators)).toEqual([]);
    expect(dashboardProblems({ schemaVersion: 42, templating: { list: [] }, annotations: {} }, validators)).toEqual([]);
    expect(rowProblems({ type: 'row', collapsed: false, id: 1, panels: [] }, validators)).toEqual([]);
  });

  test('name the option and what it may be', () => {
    const wrong = { ...panel, options: { ...panel.options, legend: legend('grid') } };
    expect(panelProblems(wrong, 'timeseries', validators)).toEqual([
      { path: 'options.legend.displayMode', message: 'must be one of ["list","table","hidden"]' },
    ]);
  });

  test('name a key that nobody knows', () => {
    expect(panelProblems({ ...panel, hight: 8 }, 'timeseries', validators)).toEqual([
      { path: '', message: 'must not have the key "hight"' },
    ]);
  });

  test('name the query, of Prometheus alone', () => {
    const target = (type: string) => ({ datasource: { type, uid: 'x' }, expr: 1, unknown: true });
    const wrong = { ...panel, targets: [target('loki'), target('prometheus')] };
    const [problem] = panelProblems(wrong, 'timeseries', validators);
    expect(problem?.path).toMatch(/^targets\[1\]/);
  });

  test('of a dashboard and a row', () => {
    expect(dashboardProblems({ schemaVersion: 42, templating: {}, annotations: {}, tags: [1] }, validators)).toEqual([
      { path: 'tags[0]', message: 'must be string' },
    ]);
    expect(rowProblems({ type: 'row', collapsed: 'no', id: 1, panels: [] }, validators)).toEqual([
      { path: 'collapsed', message: 'must be boolean' },
    ]);
  });
});
