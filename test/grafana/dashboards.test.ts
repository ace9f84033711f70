/** Whole dashboards: rows, variables, annotations, links, files. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adhocVariable,
  annotation,
  constantVariable,
  customVariable,
  dashboard,
  dashboardLink,
  datasourceVariable,
  folder,
  gt,
  increase,
  intervalVariable,
  labelNames,
  labelValues,
  max,
  metricNames,
  queryResult,
  rate,
  row,
  stat,
  sum,
  tagsLink,
  textboxVariable,
  timeseries,
  urlLink,
  variable,
  variableQuery,
  type Variable,
} from 'dashwright';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import { dashboardQueries } from '../../src/grafana/dashboard-queries.ts';
import { SCHEMA_VERSION } from '../../src/grafana/compile/dashboard.ts';
import { defaultDashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { compiled, context, dashboardOf, duration, finished, full, memory, runs, type Output } from './pack.ts';

const pipeline = variable('pipeline', labelValues(runs, 'pipeline_name'), { multi: true, includeAll: true });

const cicd = dashboard('CI/CD pipelines', {
  uid: 'cicd-pipelines',
  folder: 'MLOps',
  description: 'Do pipelines work?',
  tags: ['cicd'],
  variables: [pipeline],
  annotations: [
    annotation('Failures', gt(sum(increase(runs({ status: 'failure' })), { by: ['pipeline_name'] }), 0), {
      color: 'red',
      text: '{{pipeline_name}} failed',
      tags: ['pipeline_name'],
    }),
  ],
  links: [tagsLink('CI/CD', ['cicd'])],
  panels: [stat('Runs', sum(rate(runs({ pipeline_name: pipeline }))), { description: 'Finished runs.' })],
  rows: [
    row('Time', [timeseries('Mean', memory, { description: 'a' }), timeseries('Share', full, { description: 'b' })]),
    row('Detail', [timeseries('Mean', memory, { description: 'c' })], { collapsed: true, repeat: pipeline }),
    row('Last', [stat('Finished', max(finished), { description: 'd' })]),
  ],
});

describe('a dashboard', () => {
  test('is this file', async () => {
    const { artefacts, diagnostics } = await compileDashboards([cicd], context);
    expect(diagnostics).toEqual([]);
    expect(artefacts.map(({ path }) => path)).toEqual([
      'grafana/dashboards/mlops/cicd-pipelines.json',
      'grafana/provisioning/dashboards/dashwright.yaml',
      'grafana/provisioning/datasources/dashwright.yaml',
    ]);
    for (const { path, text } of artefacts) await expect(text).toMatchFileSnapshot(`golden/${path}`);
  });

  test('has the schema version that the SDK describes', () => {
    expect(SCHEMA_VERSION).toBe(defaultDashboard().schemaVersion);
  });

  test('has settings of its own, and says nothing of those that Grafana fills in', async () => {
    const json = await compiled(
      dashboardOf([], {
        time: { from: 'now-7d', to: 'now/d' },
        refresh: 'off',
        timezone: 'utc',
        weekStart: 'monday',
        crosshair: 'tooltip',
        editable: true,
      }),
    );
    expect(json).toMatchObject({
      time: { from: 'now-7d', to: 'now/d' },
      refresh: '',
      timezone: 'utc',
      weekStart: 'monday',
      graphTooltip: 2,
      editable: true,
      schemaVersion: 42,
    });
    expect(json).not.toHaveProperty('id');
    expect(json).not.toHaveProperty('version');
  });

  test("keeps the built-in annotations and writes a query's where every Grafana reads them", async () => {
    const { annotations } = await compiled(cicd);
    expect(annotations.list).toMatchObject([
      { builtIn: 1, type: 'dashboard' },
      {
        name: 'Failures',
        expr: 'sum by (pipeline_name) (increase(cicd_pipeline_runs_total{status="failure"}[$__rate_interval])) > 0',
        titleFormat: 'Failures',
        textFormat: '{{pipeline_name}} failed',
        tagKeys: 'pipeline_name',
        iconColor: 'red',
        enable: true,
      },
    ]);
    expect(annotations.list[1]).not.toHaveProperty('placement');
  });

  test('marks the moment that a sample holds, in milliseconds', async () => {
    const { annotations } = await compiled(
      dashboardOf([], { annotations: [annotation('Ends', max(finished), { valueIsTime: true, step: '1m' })] }),
    );
    expect(annotations.list[1]).toMatchObject({
      expr: 'max(cicd_last_run_timestamp_seconds) * 1000',
      useValueForTime: true,
      step: '1m',
    });
  });

  test('can have a fixed data source, and then no variable for one', async () => {
    const json = await compiled(dashboardOf([stat('x', memory)], { datasource: { type: 'prometheus', uid: 'main' } }));
    expect(json.templating.list).toEqual([]);
    expect(json.panels[0].targets[0].datasource).toEqual({ type: 'prometheus', uid: 'main' });
  });
});

describe('rows', () => {
  const places = async (): Promise<Output[]> =>
    (await compiled(cicd)).panels.map(({ title, gridPos: { x, y, w, h } }: Output) => [title, x, y, w, h]);

  test('head the panels below them; a collapsed one holds its own', async () => {
    expect(await places()).toEqual([
      ['Runs', 0, 0, 24, 4],
      ['Time', 0, 4, 24, 1],
      ['Mean', 0, 5, 12, 8],
      ['Share', 12, 5, 12, 8],
      ['Detail', 0, 13, 24, 1],
      ['Last', 0, 14, 24, 1],
      ['Finished', 0, 15, 24, 4],
    ]);
    const { panels } = await compiled(cicd);
    expect(panels[4]).toMatchObject({ type: 'row', collapsed: true, repeat: 'pipeline' });
    expect(panels[4].panels[0]).toMatchObject({ title: 'Mean', gridPos: { x: 0, y: 14, w: 24, h: 8 } });
    expect(panels[1]).toMatchObject({ type: 'row', collapsed: false, panels: [] });
  });
});

describe('variables', () => {
  const list = async (...variables: readonly Variable[]): Promise<Output[]> =>
    (await compiled(dashboardOf([], { variables }))).templating.list;
  const only = async (one: Variable): Promise<Output> => (await list(one))[1];

  test('the data source comes first and opens with the one that is provisioned', async () => {
    expect((await list())[0]).toMatchObject({
      type: 'datasource',
      name: 'datasource',
      query: 'prometheus',
      current: { text: 'Prometheus', value: 'prometheus' },
    });
  });

  test('the data source can be one of those that the author allows', async () => {
    const own = datasourceVariable('datasource', 'prometheus', { regex: '/prod/' });
    expect(await list(own)).toMatchObject([{ name: 'datasource', regex: '/prod/', options: [] }]);
  });

  test('values of a label ask again when the time range changes', async () => {
    const chosen = variable('status', labelValues(runs({ pipeline_name: pipeline }), 'status'), {
      label: 'Status',
      description: 'How it ended.',
      sort: 'descending',
      regex: '/(.+)/',
      hide: 'label',
      skipUrlSync: true,
    });
    const query = 'label_values(cicd_pipeline_runs_total{pipeline_name=~"$pipeline"},status)';
    expect((await list(pipeline, chosen))[2]).toEqual({
      datasource: { type: 'prometheus', uid: '${datasource}' },
      definition: query,
      description: 'How it ended.',
      hide: 1,
      includeAll: false,
      label: 'Status',
      multi: false,
      name: 'status',
      options: [],
      query: { qryType: 1, query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
      refresh: 2,
      regex: '/(.+)/',
      skipUrlSync: true,
      sort: 2,
      type: 'query',
    });
  });

  test('a histogram has the values of the labels of its count', async () => {
    const json = await only(variable('p', labelValues(duration, 'pipeline_name')));
    expect(json.definition).toBe('label_values(cicd_pipeline_duration_seconds_count,pipeline_name)');
  });

  test('an automatic range in a variable is the time range of the dashboard', async () => {
    const json = await only(variable('p', queryResult(sum(increase(runs)))));
    expect(json.definition).toBe('query_result(sum(increase(cicd_pipeline_runs_total[$__range])))');
    expect(json.query.qryType).toBe(3);
  });

  test('names of labels and metrics, and any other query', async () => {
    expect((await only(variable('a', labelNames()))).definition).toBe('label_names()');
    expect((await only(variable('a', metricNames('kube_.+')))).definition).toBe('metrics(kube_.+)');
    expect((await only(variable('a', variableQuery('label_values(up, job)')))).definition).toBe(
      'label_values(up, job)',
    );
  });

  test('open with All where it is offered, with the first value elsewhere', async () => {
    expect((await only(pipeline)).current).toEqual({ selected: true, text: ['All'], value: ['$__all'] });
    expect((await only(variable('one', labelValues(runs, 'job'), { includeAll: true }))).current).toEqual({
      selected: true,
      text: 'All',
      value: '$__all',
    });
    expect(await only(variable('one', labelValues(runs, 'job')))).not.toHaveProperty('current');
  });

  test('a fixed list is complete in the file, because Grafana does not fill it', async () => {
    const json = await only(
      customVariable('q', { 'a, b': 'x', c: 'c' }, { multi: true, includeAll: true, allValue: '.+', initial: ['c'] }),
    );
    expect(json).toMatchObject({
      query: String.raw`a\, b : x,c`,
      allValue: '.+',
      current: { text: ['c'], value: ['c'] },
      options: [
        { selected: false, text: 'All', value: '$__all' },
        { selected: false, text: 'a, b', value: 'x' },
        { selected: true, text: 'c', value: 'c' },
      ],
    });
  });

  test('an interval can be automatic', async () => {
    const json = await only(intervalVariable('w', ['5m', '1h'], { auto: { count: 30, min: '1m' }, initial: '1h' }));
    expect(json).toMatchObject({
      query: '5m,1h',
      auto: true,
      auto_count: 30,
      auto_min: '1m',
      refresh: 2,
      current: { text: '1h', value: '1h' },
      options: [
        { selected: false, text: 'auto', value: '$__auto_interval_w' },
        { selected: false, text: '5m', value: '5m' },
        { selected: true, text: '1h', value: '1h' },
      ],
    });
    expect((await only(intervalVariable('w', ['5m']))).auto).toBe(false);
    expect(() => intervalVariable('w', ['5 minutes' as never])).toThrow('is no duration');
  });

  test('constants are hidden, text boxes have a first text', async () => {
    expect(await only(constantVariable('c', 'x'))).toMatchObject({
      hide: 2,
      query: 'x',
      current: { text: 'x', value: 'x' },
      options: [{ selected: true, text: 'x', value: 'x' }],
    });
    expect(await only(textboxVariable('t', { initial: 'y' }))).toMatchObject({ hide: 0, query: 'y' });
    expect(await only(adhocVariable('f'))).toMatchObject({
      type: 'adhoc',
      datasource: { type: 'prometheus', uid: '${datasource}' },
    });
  });

  test('of every kind fit the schema and the rules', async () => {
    const variables = [
      pipeline,
      customVariable('a', ['x']),
      intervalVariable('b', ['5m']),
      constantVariable('c', 'x'),
      textboxVariable('d'),
      adhocVariable('e'),
      datasourceVariable('f', 'loki'),
    ];
    const { diagnostics } = await compileDashboards([dashboardOf([], { variables })], context);
    expect(diagnostics).toEqual([]);
  });
});

describe('links', () => {
  const other = dashboard('Other', { uid: 'other' });

  test('lead to dashboards, tags and elsewhere, and none hides in a menu', async () => {
    const late = dashboardLink('Late', () => other);
    const model = dashboardOf([], {
      links: [
        dashboardLink('Other', other, { tooltip: 't' }),
        late,
        tagsLink('Tagged', ['a'], { asDropdown: false }),
        urlLink('Runbook', 'https://example.org'),
      ],
    });
    const { links } = await compiled(model);
    expect(links[0]).toEqual({
      asDropdown: false,
      icon: 'dashboard',
      includeVars: true,
      keepTime: true,
      tags: [],
      targetBlank: false,
      title: 'Other',
      tooltip: 't',
      type: 'link',
      url: '/d/other',
    });
    expect(links[1].url).toBe('/d/other');
    expect(links[2]).toMatchObject({ type: 'dashboards', tags: ['a'], asDropdown: false, url: '' });
    expect(links[3]).toMatchObject({ type: 'link', url: 'https://example.org', targetBlank: true, keepTime: false });
    const { diagnostics } = await compileDashboards([model, other], context);
    expect(diagnostics).toEqual([]);
  });
});

describe('references to panels', () => {
  test('name the dashboard and the id in its file', async () => {
    const reference = cicd.panel('Share');
    expect(reference).toMatchObject({ dashboardUid: 'cicd-pipelines', title: 'Share' });
    const { panels } = await compiled(cicd);
    expect(panels.find(({ title }: Output) => title === 'Share').id).toBe(reference.panelId);
  });

  test('refuse a title that no panel has, and list those there are', () => {
    expect(() => dashboardOf([stat('a', memory)]).panel('b' as never)).toThrow(
      'The dashboard "Test" has no panel "b". It has "a".',
    );
  });

  test('refuse a title that two panels have, unless one has a key', () => {
    expect(() => cicd.panel('Mean')).toThrow('has 2 panels "Mean" (row "Time", row "Detail")');
    const keyed = dashboardOf([stat('a', memory), stat('a', memory, { key: 'second' })]);
    expect(keyed.panel('second').panelId).not.toBe(dashboardOf([stat('a', memory)]).panel('a').panelId);
  });
});

describe('what does not belong into a dashboard is refused, with where it belongs', () => {
  const panel = stat('Runs', memory);
  const made = (options: object): unknown => dashboard('D', { uid: 'd', ...options });

  test.each<[what: string, make: () => unknown, message: string]>([
    [
      'a misspelt option',
      () => made({ row: [] }),
      'The dashboard "D" has no option "row": the options are uid, description, folder,',
    ],
    ['no uid', () => dashboard('D', {} as never), 'The dashboard "D" has no uid: give it a short text that never'],
    [
      'no title',
      () => dashboard({ uid: 'd' } as never, undefined as never),
      "dashboard() takes a title and options: dashboard('Title', { uid: 'title', rows: [ … ] }).",
    ],
    ['no options', () => dashboard('D', undefined as never), 'dashboard() takes a title and options'],
    [
      'a query among the panels',
      () => made({ panels: [panel, sum(memory)] }),
      'Item 2 of the panels of the dashboard "D" is a query. Show it in a panel, such as timeseries(\'Title\', query).',
    ],
    [
      'a metric among the panels',
      () => made({ panels: [duration] }),
      'Item 1 of the panels of the dashboard "D" is a metric. Show a query of it in a panel',
    ],
    [
      'a row among the panels',
      () => made({ panels: [row('R', [panel])] }),
      'Item 1 of the panels of the dashboard "D" is a row. Rows stand in { rows: [ … ] }.',
    ],
    [
      'a panel among the rows',
      () => made({ rows: [panel] }),
      'Item 1 of the rows of the dashboard "D" is a panel. Panels stand in row(\'Title\', [ … ]) or in { panels: [ … ] }.',
    ],
    [
      'a single row',
      () => made({ rows: row('R', [panel]) }),
      'The rows of the dashboard "D" are no list: write them in brackets, [ … ].',
    ],
    ['a single panel in a row', () => row('R', panel as never), 'The panels of the row "R" are no list'],
    ['no panels in a row', () => row('R', undefined as never), 'The panels of the row "R" are no list'],
    [
      'a name among the variables',
      () => made({ variables: ['pipeline'] }),
      'Item 1 of the variables of the dashboard "D" is a string. List what variable(…) and its like return.',
    ],
    [
      'nothing among the links',
      () => made({ links: [undefined] }),
      'Item 1 of the links of the dashboard "D" is missing.',
    ],
    ['a query among the annotations', () => made({ annotations: [memory] }), 'is a query. List what annotation(…)'],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });
});

describe('queries of a dashboard', () => {
  test('come with where they stand, how they are used and where the author wrote them', () => {
    const queries = dashboardQueries(cicd);
    expect(queries.map(({ where, usage }) => [usage, where.join(' › ')])).toEqual([
      ['variable', 'dashboard "CI/CD pipelines" › variable "pipeline"'],
      ['annotation', 'dashboard "CI/CD pipelines" › annotation "Failures"'],
      ['panel', 'dashboard "CI/CD pipelines" › panel "Runs" › target A'],
      ['panel', 'dashboard "CI/CD pipelines" › row "Time" › panel "Mean" › target A'],
      ['panel', 'dashboard "CI/CD pipelines" › row "Time" › panel "Share" › target A'],
      ['panel', 'dashboard "CI/CD pipelines" › row "Detail" › panel "Mean" › target A'],
      ['panel', 'dashboard "CI/CD pipelines" › row "Last" › panel "Finished" › target A'],
    ]);
    expect(queries[0]?.variable).toEqual({ name: 'pipeline', label: 'pipeline_name' });
    expect(queries[1]?.legends).toEqual(['Failures', '{{pipeline_name}} failed', '{{pipeline_name}}']);
    expect(queries[2]?.panel).toMatchObject({ type: 'stat', instant: true, format: 'time_series' });
    expect(queries[2]?.query.position.resolve()?.file).toMatch(/test\/grafana\/dashboards\.test\.ts$/);
  });
});

describe('all files', () => {
  const second = dashboard('Second', {
    uid: 'second',
    folder: folder('Über Größe', { uid: 'size' }),
    panels: [stat('x', memory)],
  });
  const third = dashboard('Third', { uid: 'third', panels: [stat('x', memory)] });

  test('are the same in whatever order the dashboards come', async () => {
    const { artefacts } = await compileDashboards([cicd, second, third], context);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([cicd, second, third], { minLength: 3 }), async (models) => {
        expect((await compileDashboards(models, context)).artefacts).toEqual(artefacts);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  test('lie in a directory for each folder, with a provider for each', async () => {
    const { artefacts } = await compileDashboards([cicd, second, third], {
      paths: { dashboards: 'g/d', provisioning: 'g/p', mountedDashboards: '/dash' },
    });
    expect(artefacts.map(({ path }) => path)).toEqual([
      'g/d/mlops/cicd-pipelines.json',
      'g/d/root/third.json',
      'g/d/size/second.json',
      'g/p/dashboards/dashwright.yaml',
      'g/p/datasources/dashwright.yaml',
    ]);
    expect(artefacts[3]?.text).toBe(`# Generated by dashwright. Changes are overwritten by the next build.
apiVersion: 1
providers:
${['mlops', 'root', 'size']
  .map(
    (name) => `  - name: dashwright-${name}
    orgId: 1
    type: file
${name === 'root' ? '' : `    folder: ${name === 'mlops' ? 'MLOps' : 'Über Größe'}\n    folderUid: ${name}\n`}    disableDeletion: false
    allowUiUpdates: false
    updateIntervalSeconds: 30
    options:
      path: /dash/${name}
`,
  )
  .join('')}`);
  });

  test('describe the Prometheus that is asked', async () => {
    const { artefacts } = await compileDashboards([third], {
      datasource: {
        name: 'Main',
        uid: 'main',
        url: 'http://localhost:9090',
        scrapeIntervalSeconds: 60,
        isDefault: true,
        prometheusVersion: '3.5',
      },
    });
    expect(artefacts.at(-1)?.text).toBe(`# Generated by dashwright. Changes are overwritten by the next build.
apiVersion: 1
datasources:
  - name: Main
    uid: main
    type: prometheus
    access: proxy
    orgId: 1
    url: http://localhost:9090
    isDefault: true
    editable: false
    jsonData:
      httpMethod: POST
      prometheusType: Prometheus
      prometheusVersion: 3.5.0
      timeInterval: 1m
`);
  });

  test('are none where there is no dashboard', async () => {
    expect(await compileDashboards([], context)).toEqual({ artefacts: [], diagnostics: [] });
  });

  test('keep the ids of panels when another is added', async () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(names, fc.nat(), async (titles, at) => {
        const panels = titles.map((title) => timeseries(title, memory));
        const added = at % titles.length;
        const ids = async (list: typeof panels): Promise<Output> => {
          const json = await compiled(dashboardOf([], { rows: [row('r', list)] }));
          return Object.fromEntries(json.panels.slice(1).map(({ title, id }: Output) => [`t${title}`, id]));
        };
        expect(await ids(panels)).toMatchObject(await ids(panels.toSpliced(added, 1)));
      }),
      { seed: 2, numRuns: 30 },
    );
  });
});
