import { expect, test } from 'vitest';
import type { LintedFile } from '../../src/lint/files.ts';
import { at, expressions, faults, readJson, readJsonText, readYaml } from './read.ts';

const PROMETHEUS = { type: 'prometheus', uid: 'p' };
const target = (expr: string, more = {}): object => ({ refId: 'A', expr, ...more });
const texts = (file: LintedFile): readonly string[] => expressions(file).map((text) => text.replace(/^\d+:\d+ /, ''));

const CLASSIC = {
  title: 'Service',
  uid: 'svc',
  schemaVersion: 39,
  annotations: {
    list: [
      { name: 'grafana', datasource: { type: 'grafana', uid: '-- Grafana --' } },
      { name: 'restarts', datasource: PROMETHEUS, expr: 'changes(start[1m]) > 0' },
    ],
  },
  templating: {
    list: [
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      { name: 'logs', type: 'datasource', query: 'loki' },
      {
        name: 'job',
        type: 'query',
        multi: true,
        includeAll: true,
        allValue: '.+',
        query: { query: 'label_values(up, job)', refId: 'x' },
      },
      { name: 'node', type: 'query', query: 'label_values(node_uname_info, nodename)', datasource: '$datasource' },
      { name: 'app', type: 'query', query: 'label_values(app)', datasource: '$logs' },
      { name: 'step', type: 'interval', query: '1m,5m' },
    ],
  },
  panels: [
    {
      type: 'row',
      title: 'r',
      collapsed: true,
      panels: [{ type: 'stat', title: 'inside', targets: [target('inside')] }],
    },
    {
      type: 'timeseries',
      title: 'Requests',
      repeat: 'job',
      datasource: { uid: '-- Mixed --', type: 'datasource' },
      targets: [
        target('rate(a_total[5m])', { legendFormat: '{{job}}', instant: true, format: 'table' }),
        target('{app="x"} |= "y"', { datasource: { type: 'loki', uid: 'l' } }),
        target('{app="x"}', { datasource: { uid: '${logs}' } }),
        target('b', { datasource: { uid: '$datasource' } }),
        target('$A + $B', { datasource: { type: '__expr__', uid: '__expr__' } }),
        target('c', { datasource: '-- Dashboard --' }),
        target('d', { hide: true, datasource: null }),
        target(''),
        { refId: 'Z', rawSql: 'select 1' },
      ],
      fieldConfig: {
        defaults: {
          unit: 'reqps',
          min: 0,
          max: 100,
          thresholds: { mode: 'absolute', steps: [{ value: null }, { value: 80 }] },
        },
        overrides: [],
      },
      transformations: [{ id: 'organize' }, { id: 'reduce', disabled: true }],
    },
  ],
};

test('a classic dashboard: its queries for Prometheus, and no others', () => {
  const file = readJson(CLASSIC);
  expect(faults(file)).toEqual([]);
  expect(texts(file)).toEqual([
    'inside',
    'rate(a_total[5m])',
    'b',
    'd',
    'label_values(up, job)',
    'label_values(node_uname_info, nodename)',
    'changes(start[1m]) > 0',
  ]);
});

test('a classic dashboard: what stands around a query', () => {
  const [dashboard] = readJson(CLASSIC).dashboards;
  expect(dashboard).toMatchObject({ title: 'Service', uid: 'svc' });
  expect(dashboard?.panels[1]).toMatchObject({
    title: 'Requests',
    type: 'timeseries',
    repeat: 'job',
    min: 0,
    max: 100,
    thresholds: [{ value: 80 }],
    transformations: ['organize'],
  });
  expect(dashboard?.panels[1]?.unit?.text).toBe('reqps');
  expect(dashboard?.panels[1]?.queries[0]).toMatchObject({ refId: 'A', instant: true, format: 'table' });
  expect(dashboard?.panels[1]?.queries[0]?.legend?.text).toBe('{{job}}');
  expect(dashboard?.variables[2]).toMatchObject({
    name: 'job',
    type: 'query',
    multi: true,
    includeAll: true,
    allValue: '.+',
  });
  expect(dashboard?.otherTexts).toContain('$job');
});

test('a unit that overrides change for some series is not the unit of the queries', () => {
  const override = { matcher: { id: 'byName', options: 'x' }, properties: [{ id: 'unit', value: 's' }] };
  const panel = { type: 'stat', fieldConfig: { defaults: { unit: 'bytes' }, overrides: [override] } };
  expect(readJson({ title: 'a', panels: [panel] }).dashboards[0]?.panels[0]).not.toHaveProperty('unit');
});

test('limits in percent of a range are no values', () => {
  const thresholds = { mode: 'percentage', steps: [{ value: 80 }] };
  const panel = { type: 'stat', fieldConfig: { defaults: { thresholds } } };
  expect(readJson({ title: 'a', panels: [panel] }).dashboards[0]?.panels[0]?.thresholds).toEqual([]);
});

test('an old dashboard of rows, with names for data sources and units on axes', () => {
  const graph = {
    type: 'graph',
    title: 'g',
    datasource: '$ds',
    yaxes: [{ format: 's' }, { format: 'short' }],
    thresholds: [{ value: 3, op: 'gt' }],
    targets: [target('a')],
  };
  const file = readJson({
    title: 'old',
    schemaVersion: 14,
    __inputs: [{ name: 'DS_P', type: 'datasource', pluginId: 'prometheus' }],
    templating: { list: [{ name: 'ds', type: 'datasource', query: 'prometheus' }] },
    rows: [
      {
        panels: [
          graph,
          { type: 'singlestat', format: 'percent', thresholds: '1,2', datasource: '${DS_P}', targets: [target('b')] },
        ],
      },
      { panels: [{ ...graph, seriesOverrides: [{ yaxis: 2 }], datasource: 'Loki', targets: [target('c')] }] },
    ],
  });
  expect(texts(file)).toEqual(['a', 'b']);
  expect(file.dashboards[0]?.panels.map(({ unit }) => unit?.text)).toEqual(['s', 'percent', undefined]);
  expect(file.dashboards[0]?.panels[0]?.thresholds).toMatchObject([{ value: 3 }]);
});

const V2_SPEC = {
  title: 'Two',
  variables: [
    {
      kind: 'QueryVariable',
      spec: {
        name: 'job',
        multi: true,
        query: { kind: 'DataQuery', group: 'prometheus', spec: { query: 'label_values(up, job)' } },
      },
    },
    {
      kind: 'QueryVariable',
      spec: { name: 'app', query: { kind: 'DataQuery', group: 'loki', spec: { query: 'label_values(app)' } } },
    },
    { kind: 'CustomVariable', spec: { name: 'n', includeAll: true } },
  ],
  annotations: [
    {
      kind: 'AnnotationQuery',
      spec: { name: 'a', query: { kind: 'DataQuery', group: 'prometheus', spec: { expr: 'deploys > 0' } } },
    },
    { kind: 'AnnotationQuery', spec: { name: 'b', query: { kind: 'DataQuery', group: 'grafana', spec: {} } } },
  ],
  elements: {
    'panel-1': {
      kind: 'Panel',
      spec: {
        id: 1,
        title: 'One',
        data: {
          kind: 'QueryGroup',
          spec: {
            queries: [
              {
                kind: 'PanelQuery',
                spec: {
                  refId: 'A',
                  query: {
                    kind: 'DataQuery',
                    group: 'prometheus',
                    spec: { expr: 'up', legendFormat: '{{job}}', interval: '1m' },
                  },
                },
              },
              {
                kind: 'PanelQuery',
                spec: { refId: 'B', query: { kind: 'DataQuery', group: 'loki', spec: { expr: '{a="b"}' } } },
              },
            ],
            transformations: [
              { kind: 'Transformation', group: 'limit', spec: {} },
              { kind: 'Transformation', group: 'reduce', spec: { disabled: true } },
            ],
            queryOptions: { interval: '5m' },
          },
        },
        vizConfig: {
          kind: 'VizConfig',
          group: 'stat',
          spec: { fieldConfig: { defaults: { unit: 'short' }, overrides: [] } },
        },
      },
    },
    'panel-2': { kind: 'LibraryPanel', spec: { id: 2 } },
  },
  layout: {
    kind: 'GridLayout',
    spec: {
      items: [
        {
          kind: 'GridLayoutItem',
          spec: { element: { kind: 'ElementReference', name: 'panel-1' }, repeat: { mode: 'variable', value: 'job' } },
        },
      ],
    },
  },
};

test('a version 2 dashboard, bare and wrapped', () => {
  const expected = ['up', 'label_values(up, job)', 'deploys > 0'];
  const bare = readJson(V2_SPEC);
  expect(faults(bare)).toEqual([]);
  expect(texts(bare)).toEqual(expected);
  expect(bare.dashboards[0]?.panels[0]).toMatchObject({
    title: 'One',
    type: 'stat',
    repeat: 'job',
    transformations: ['limit'],
    interval: '5m',
  });
  expect(bare.dashboards[0]?.panels[0]?.unit?.text).toBe('short');
  expect(bare.dashboards[0]?.panels[0]?.queries[0]).toMatchObject({ refId: 'A', interval: '1m' });
  expect(bare.dashboards[0]?.variables.map(({ type, multi, includeAll }) => [type, multi, includeAll])).toEqual([
    ['query', true, false],
    ['query', false, false],
    ['custom', false, true],
  ]);
  const wrapped = readJson({
    apiVersion: 'dashboard.grafana.app/v2',
    kind: 'Dashboard',
    metadata: { name: 'two' },
    spec: V2_SPEC,
  });
  expect(texts(wrapped)).toEqual(expected);
  expect(wrapped.dashboards[0]).toMatchObject({ title: 'Two', uid: 'two' });
});

test('version 2 as alpha wrote it: the plugin is the kind, the data source stands beside the query', () => {
  const query = (kind: string, expr: string): object => ({
    kind: 'PanelQuery',
    spec: { refId: 'A', datasource: { type: kind, uid: 'x' }, query: { kind, spec: { expr } } },
  });
  const file = readJson({
    title: 'alpha',
    elements: {
      a: {
        kind: 'Panel',
        spec: {
          title: 'A',
          data: {
            kind: 'QueryGroup',
            spec: { queries: [query('prometheus', 'up'), query('loki', '{a="b"}')], transformations: [] },
          },
          vizConfig: { kind: 'timeseries', spec: { fieldConfig: { defaults: { unit: 's' } } } },
        },
      },
    },
    layout: {},
  });
  expect(texts(file)).toEqual(['up']);
  expect(file.dashboards[0]?.panels[0]).toMatchObject({ type: 'timeseries', unit: { text: 's' } });
});

test('API exports and wrapped classic dashboards are unwrapped', () => {
  const plain = { title: 'a', uid: 'u', schemaVersion: 39, panels: [{ type: 'stat', targets: [target('up')] }] };
  for (const wrapped of [
    plain,
    { dashboard: plain, meta: { slug: 'a' } },
    { dashboard: plain, overwrite: true },
    { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: { name: 'u' }, spec: plain },
    {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.json': JSON.stringify(plain) } }],
    },
  ]) {
    expect(texts(readJson(wrapped))).toEqual(['up']);
  }
});

test('dashboards in a ConfigMap and in a GrafanaDashboard resource, with positions in the YAML', () => {
  const file = readYaml(`apiVersion: v1
kind: ConfigMap
metadata: { name: d }
data:
  readme.txt: nothing
  one.json: |-
    {
      "title": "One",
      "schemaVersion": 39,
      "panels": [{ "type": "stat", "targets": [{ "expr": "up{job=\\"x\\"}" }] }]
    }
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
spec:
  json: '{"title": "Two", "schemaVersion": 39, "panels": [{"type": "stat", "targets": [{"expr": "down"}]}]}'
`);
  expect(faults(file)).toEqual([]);
  expect(expressions(file)).toEqual(['10:59 up{job="x"}', '16:98 down']);
});

test('broken JSON says what and where', () => {
  const file = readYaml(
    'apiVersion: v1\nkind: ConfigMap\ndata:\n  a.json: |\n    { "title": "x",\n      "panels": [1,] }\n',
  );
  expect(faults(file)).toEqual(['C821 6:19 The file cannot be read: JSON allows no comma after the last item.']);
});

test.each<[name: string, text: string, message: string]>([
  ['an unquoted key', '{ a: 1 }', '1:3 The file cannot be read: a key in double quotes was expected, but here is "a"'],
  [
    'a missing comma',
    '{ "a": 1 "b": 2 }',
    '1:10 The file cannot be read: a comma or "}" was expected, but here is "\\""',
  ],
  ['a missing colon', '{ "a" 1 }', '1:7 The file cannot be read: a colon after the key was expected, but here is "1"'],
  ['an open string', '["abc', '1:2 The file cannot be read: this string has no closing quote'],
  [
    'a line break in a string',
    '["a\nb"]',
    '1:4 The file cannot be read: a line break stands inside a JSON string: write it as an escape such as \\n',
  ],
  ['an unknown escape', '["a\\x"]', '1:4 The file cannot be read: "\\\\x" is no escape that JSON knows'],
  [
    'an early end',
    '{ "a": ',
    '1:8 The file cannot be read: a JSON value was expected, but here is the end of the file',
  ],
  ['more after the end', '{} {}', '1:4 The file cannot be read: after the end of the JSON value comes "{"'],
  ['a comment', '{ // x\n}', '1:3 The file cannot be read: a key in double quotes was expected, but here is "/"'],
  ['endless nesting', '['.repeat(600), '1:501 The file cannot be read: the JSON is nested more than 500 levels deep'],
])('JSON with %s', (_name, text, message) => {
  expect(faults(readJsonText(text))).toEqual([`C821 ${message}.`]);
});

test('a repeated JSON key is a warning, and the last value counts', () => {
  const broken = readJsonText('{"title": "a", "schemaVersion": 1,\n "title": "b", "panels": []}');
  expect(faults(broken)).toEqual(['C823 2:2 The key "title" stands twice in the same object.']);
  expect(broken.dashboards[0]?.title).toBe('b');
});

test('panels of the wrong type are said, and the rest is read', () => {
  const file = readJson({ title: 'a', schemaVersion: 1, panels: ['x', { type: 'stat', targets: [target('up')] }] });
  expect(faults(file)).toEqual(['C824 5:5 A panel must be a mapping, but it is a single value.']);
  expect(at(file.dashboards[0]?.panels[0]?.queries[0]?.expr)).toMatch(/up$/);
  expect(faults(readJson({ title: 'a', schemaVersion: 1, panels: {} }))).toEqual([
    'C824 4:13 `panels` must be a list, but it is a mapping.',
  ]);
});
