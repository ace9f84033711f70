/** Panels: what follows from the query, and what the author says. */
import { loki } from './loki.ts';
import { describe, expect, test } from 'vitest';
import {
  annotationslist,
  barchart,
  bargauge,
  candlestick,
  canvas,
  dashboardlist,
  dataLink,
  dataquery,
  datagrid,
  fieldLabel,
  gaugePanel,
  geomap,
  heatmap,
  histogramPanel,
  logs,
  max,
  news,
  nodegraph,
  override,
  piechart,
  rate,
  stat,
  statetimeline,
  statushistory,
  sum,
  table,
  target,
  textPanel,
  timeseries,
  trend,
  variable,
  labelValues,
  xychart,
  type Panel,
} from 'dashwright';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import { PANEL_TYPES } from '../../src/grafana/panel-types.ts';
import {
  compiled,
  compiledPanels,
  context,
  dashboardOf,
  duration,
  finished,
  full,
  memory,
  runs,
  type Output,
} from './pack.ts';

const runRate = sum(rate(runs), { by: ['status'] });
const one = async (panel: Panel): Promise<Output> => (await compiledPanels(panel))[0];

const functions = {
  annotationslist: annotationslist('x', { description: 'd' }),
  barchart: barchart('x', runRate, { description: 'd', stacking: 'normal' }),
  bargauge: bargauge('x', runRate, { description: 'd' }),
  candlestick: candlestick('x', runRate, { description: 'd' }),
  canvas: canvas('x', runRate, { description: 'd' }),
  dashboardlist: dashboardlist('x', { description: 'd' }),
  datagrid: datagrid('x', runRate, { description: 'd' }),
  gauge: gaugePanel('x', runRate, { description: 'd' }),
  geomap: geomap('x', runRate, { description: 'd' }),
  heatmap: heatmap('x', runRate, { description: 'd' }),
  histogram: histogramPanel('x', runRate, { description: 'd' }),
  logs: logs('x', dataquery(loki('{app="x"}'), { datasource: { type: 'loki', uid: 'loki' } }), { description: 'd' }),
  news: news('x', { description: 'd' }),
  nodegraph: nodegraph('x', runRate, { description: 'd' }),
  piechart: piechart('x', runRate, { description: 'd' }),
  stat: stat('x', runRate, { description: 'd', sparkline: true }),
  statetimeline: statetimeline('x', runRate, { description: 'd' }),
  statushistory: statushistory('x', runRate, { description: 'd' }),
  table: table('x', runRate, { description: 'd' }),
  text: textPanel('x', 'Hello', { description: 'd' }),
  timeseries: timeseries('x', runRate, { description: 'd', draw: 'bars', stacking: 'percent' }),
  trend: trend('x', runRate, { description: 'd' }),
  xychart: xychart('x', runRate, { description: 'd' }),
};

describe('every kind of panel of the SDK', () => {
  test('has a function', () => {
    expect(Object.keys(functions).toSorted()).toEqual(Object.keys(PANEL_TYPES).toSorted());
  });

  test.each(Object.entries(functions))('%s compiles to what the schema and the rules accept', async (_, panel) => {
    const { diagnostics } = await compileDashboards([dashboardOf([panel])], context);
    expect(diagnostics).toEqual([]);
  });

  test.each(Object.entries(functions))('%s is one without what the SDK writes unasked', async (_, panel) => {
    const json = await one(panel);
    expect(json).not.toHaveProperty('transparent');
    expect(json).not.toHaveProperty('repeatDirection');
    expect(json.pluginVersion).toBe('12.0.0');
    expect(JSON.stringify(json)).not.toContain('inControlsMenu');
    expect(json.options.legend?.showLegend ?? json.options.legend?.show ?? true).toBe(panel.type !== 'bargauge');
    expect(json.options.reduceOptions?.calcs ?? ['lastNotNull']).toEqual(['lastNotNull']);
  });
});

describe('what follows from the query', () => {
  test('unit, legend, data source, letter and the scrape interval', async () => {
    const json = await one(timeseries('x', sum(rate(runs), { by: ['status', 'job'] })));
    expect(json.fieldConfig.defaults.unit).toBe('short');
    expect(json.datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    expect(json.targets).toEqual([
      {
        datasource: { type: 'prometheus', uid: '${datasource}' },
        editorMode: 'code',
        expr: 'sum by (status, job) (rate(cicd_pipeline_runs_total[$__rate_interval]))',
        format: 'time_series',
        instant: false,
        interval: '30s',
        legendFormat: '{{status}} {{job}}',
        range: true,
        refId: 'A',
      },
    ]);
  });

  test('no interval where the exporter is scraped as often as the data source says', async () => {
    expect((await one(timeseries('x', memory))).targets[0]).not.toHaveProperty('interval');
  });

  test('a shortest step of the panel is not undone by the scrape interval of its queries', async () => {
    const intervals = await compiledPanels(
      ...(['1d', '2m', '1m', '20s'] as const).map((interval) => timeseries('x', sum(rate(runs)), { interval })),
    );
    expect(intervals.map(({ interval, targets }) => [interval, targets[0].interval])).toEqual([
      ['1d', undefined],
      ['2m', undefined],
      ['1m', '1m'],
      ['20s', '30s'],
    ]);
  });

  test('the title names the one series of a query without labels', async () => {
    expect((await one(stat('Runs', sum(rate(runs))))).targets[0].legendFormat).toBe('Runs');
  });

  test("Grafana's automatic legend where nothing is known of the labels", async () => {
    expect((await one(stat('Runs', memory))).targets[0].legendFormat).toBe('__auto');
  });

  test('a moment in seconds becomes milliseconds, as Grafana wants dates', async () => {
    const [iso, age, raw] = await compiledPanels(
      stat('a', max(finished)),
      stat('b', max(finished), { unit: 'dateTimeFromNow' }),
      stat('c', max(finished), { unit: 's' }),
    );
    expect(iso.fieldConfig.defaults.unit).toBe('dateTimeAsIso');
    expect(iso.targets[0].expr).toBe('max(cicd_last_run_timestamp_seconds) * 1000');
    expect(age.targets[0].expr).toBe('max(cicd_last_run_timestamp_seconds) * 1000');
    expect(raw.targets[0].expr).toBe('max(cicd_last_run_timestamp_seconds)');
  });

  test('the axis of bytes begins at zero, that of a moment does not', async () => {
    const [bytes, moment] = await compiledPanels(timeseries('a', memory), timeseries('b', finished));
    expect(bytes.fieldConfig.defaults.custom.axisSoftMin).toBe(0);
    expect(moment.fieldConfig.defaults.custom).not.toHaveProperty('axisSoftMin');
  });

  test('a gauge draws the whole range of a ratio, and of what the author says', async () => {
    const [whole, chosen, other] = await compiledPanels(
      gaugePanel('a', full),
      gaugePanel('b', full, { max: 2 }),
      gaugePanel('c', memory),
    );
    expect(whole.fieldConfig.defaults).toMatchObject({ min: 0, max: 1, unit: 'percentunit' });
    expect(chosen.fieldConfig.defaults).toMatchObject({ min: 0, max: 2 });
    expect(other.fieldConfig.defaults).not.toHaveProperty('max');
  });

  test("a heat map's axis has the unit of the observations", async () => {
    const json = await one(heatmap('x', sum(rate(duration.bucket), { by: ['le'] })));
    expect(json.options.yAxis.unit).toBe('s');
    expect(json.targets[0]).toMatchObject({ format: 'heatmap', legendFormat: '{{le}}' });
  });

  test('single values are asked for once, values over time for the whole range', async () => {
    const [single, spark, graph, chosen] = await compiledPanels(
      stat('a', memory),
      stat('b', memory, { sparkline: true }),
      timeseries('c', memory),
      timeseries('d', target(memory, { instant: true })),
    );
    expect(single.targets[0]).toMatchObject({ instant: true, range: false });
    expect(single.options.graphMode).toBe('none');
    expect(spark.targets[0]).toMatchObject({ instant: false, range: true });
    expect(spark.options.graphMode).toBe('area');
    expect(graph.targets[0]).toMatchObject({ instant: false, range: true });
    expect(chosen.targets[0]).toMatchObject({ instant: true, range: false });
  });
});

describe('several queries', () => {
  test('have letters of their own, around those that the author chose', async () => {
    const json = await one(timeseries('x', [memory, target(full, { refId: 'B' }), memory]));
    expect(json.targets.map(({ refId }: Output) => refId)).toEqual(['A', 'B', 'C']);
  });

  test('of different units: the others have theirs by an override', async () => {
    const json = await one(timeseries('x', [memory, full]));
    expect(json.fieldConfig.defaults.unit).toBe('bytes');
    expect(json.fieldConfig.overrides).toEqual([
      { matcher: { id: 'byFrameRefID', options: 'B' }, properties: [{ id: 'unit', value: 'percentunit' }] },
    ]);
  });

  test('become columns of a table, their legends its headings', async () => {
    const json = await one(table('x', [target(memory, { legend: 'Memory' }), target(full, { legend: 'Full' })]));
    expect(json.transformations).toEqual([
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: {},
          renameByName: { 'Value #A': 'Memory', 'Value #B': 'Full' },
        },
      },
    ]);
    expect(json.fieldConfig.overrides[0].matcher).toEqual({ id: 'byName', options: 'Value #B' });
  });

  test('of different data sources make a mixed panel', async () => {
    const other = dataquery(loki('{app="x"}'), { datasource: { type: 'loki', uid: 'logs' } });
    const json = await one(timeseries('x', [memory, other]));
    expect(json.datasource).toEqual({ type: 'datasource', uid: '-- Mixed --' });
    expect(json.targets[1]).toMatchObject({ datasource: { type: 'loki', uid: 'logs' }, refId: 'B', expr: '{app="x"}' });
    expect(json.targets[1]).not.toHaveProperty('_implementsDataqueryVariant');
  });

  test('an option that no panel has is refused', () => {
    expect(() => stat('x', memory, { titel: 'y' } as never)).toThrow(
      'The panel "x" has no option "titel": the options are description, width,',
    );
    expect(() => textPanel('x', 'y', { widht: 3 } as never)).toThrow('The panel "x" has no option "widht"');
  });

  test('a panel without a title is told what comes first', () => {
    expect(() => timeseries(memory as never, { description: 'x' } as never)).toThrow(
      "A timeseries panel takes its title first, then what it shows: ('Title', query, { … }).",
    );
    expect(() => timeseries('x', { description: 'x' } as never)).toThrow(
      'Query 1 of the panel "x" is no query but an object',
    );
  });

  test('something that is no query is refused by the number of its place', () => {
    expect(() => timeseries('x', [memory, 'up' as never])).toThrow('Query 2 of the panel "x" is no query but a string');
    expect(() => timeseries('x', duration as never)).toThrow('a metric that exposes several series');
  });
});

describe('what the author says', () => {
  test('thresholds ascend from a base without a value', async () => {
    const json = await one(
      stat('x', full, { thresholds: { 0.95: 'green', base: 'red', 0.8: 'yellow', [-1]: 'blue' } }),
    );
    expect(json.fieldConfig.defaults.thresholds).toEqual({
      mode: 'absolute',
      steps: [
        { color: 'red', value: null },
        { color: 'blue', value: -1 },
        { color: 'yellow', value: 0.8 },
        { color: 'green', value: 0.95 },
      ],
    });
  });

  test('without thresholds the base is neutral', async () => {
    expect((await one(stat('x', full))).fieldConfig.defaults.thresholds.steps).toEqual([
      { color: 'blue', value: null },
    ]);
  });

  test('value mappings of all four kinds', async () => {
    const json = await one(
      stat('x', full, {
        mappings: [
          { value: 0, text: 'down', color: 'red' },
          { value: 1, text: 'up' },
          { from: 2, to: null, text: 'many' },
          { pattern: '^a', text: 'a' },
          { match: 'null+nan', text: 'none' },
        ],
      }),
    );
    expect(json.fieldConfig.defaults.mappings).toEqual([
      { type: 'value', options: { 0: { color: 'red', index: 0, text: 'down' }, 1: { index: 1, text: 'up' } } },
      { type: 'range', options: { from: 2, to: null, result: { index: 2, text: 'many' } } },
      { type: 'regex', options: { pattern: '^a', result: { index: 3, text: 'a' } } },
      { type: 'special', options: { match: 'null+nan', result: { index: 4, text: 'none' } } },
    ]);
  });

  test('unit, limits, digits, name and text for nothing', async () => {
    const json = await one(
      stat('x', memory, {
        unit: 'decbytes',
        min: 1,
        max: 9,
        decimals: 2,
        displayName: 'n',
        noValue: 'none',
        color: 'red',
      }),
    );
    expect(json.fieldConfig.defaults).toMatchObject({
      unit: 'decbytes',
      min: 1,
      max: 9,
      decimals: 2,
      displayName: 'n',
      noValue: 'none',
      color: { mode: 'fixed', fixedColor: 'red' },
    });
  });

  test('overrides by name, expression, type and query', async () => {
    const json = await one(
      timeseries('x', memory, {
        overrides: [
          override('limit', { color: 'red', custom: { lineStyle: { fill: 'dash', dash: [10, 10] } } }),
          override({ pattern: '/^b/' }, { unit: 's', dataLinks: [dataLink('t', '/d/x')] }),
          override({ type: 'number' }, { decimals: 1 }),
          override({ refId: 'A' }, { thresholds: { base: 'green', 5: 'red' } }),
        ],
      }),
    );
    expect(json.fieldConfig.overrides).toMatchObject([
      {
        matcher: { id: 'byName', options: 'limit' },
        properties: [
          { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
          { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
        ],
      },
      {
        matcher: { id: 'byRegexp', options: '/^b/' },
        properties: [
          { id: 'unit', value: 's' },
          { id: 'links', value: [{ title: 't', url: '/d/x', targetBlank: false }] },
        ],
      },
      { matcher: { id: 'byType', options: 'number' }, properties: [{ id: 'decimals', value: 1 }] },
      {
        matcher: { id: 'byFrameRefID', options: 'A' },
        properties: [{ id: 'thresholds', value: { mode: 'absolute' } }],
      },
    ]);
  });

  test('the legend box: hidden, or a table on the right with reductions', async () => {
    const [hidden, boxed] = await compiledPanels(
      timeseries('a', memory, { showLegend: false }),
      timeseries('b', memory, { showLegend: { mode: 'table', placement: 'right', calcs: ['max'] } }),
    );
    expect(hidden.options.legend.showLegend).toBe(false);
    expect(boxed.options.legend).toEqual({
      calcs: ['max'],
      displayMode: 'table',
      placement: 'right',
      showLegend: true,
    });
  });

  test("the SDK's builder has the last word, and brings its own values along", async () => {
    const json = await one(
      timeseries('x', memory, {
        panel: (panel, { common }) =>
          panel.lineWidth(2).fillOpacity(50).lineInterpolation(common.LineInterpolation.Smooth),
      }),
    );
    expect(json.fieldConfig.defaults.custom).toMatchObject({
      lineWidth: 2,
      fillOpacity: 50,
      lineInterpolation: 'smooth',
      showPoints: 'never',
    });
  });

  test.each<[string, Panel]>([
    ['"title", which is lost: give its title', timeseries('x', memory, { panel: (panel) => panel.title('y') })],
    ['"gridPos", which is lost: use the options width', timeseries('x', memory, { panel: (panel) => panel.span(8) })],
    ['"id", which is lost: use the option id', timeseries('x', memory, { panel: (panel) => panel.id(8) })],
    [
      '"datasource", which is lost: use the option datasource',
      timeseries('x', memory, { panel: (panel) => panel.datasource({ uid: 'x' }) }),
    ],
    [
      '"targets", which is lost: give its queries as the second argument',
      timeseries('x', memory, { panel: (panel) => panel.withTarget(loki('{}')) }),
    ],
  ])('what the builder cannot decide is refused: %s', async (message, panel) => {
    const { diagnostics } = await compileDashboards([dashboardOf([panel])], context);
    expect(diagnostics.map(({ code }) => code)).toEqual(['D671']);
    expect(diagnostics[0]?.message).toContain(message);
  });

  test('a builder function may also return nothing', async () => {
    const json = await one(
      timeseries('x', memory, {
        panel: (panel) => {
          panel.lineWidth(3);
        },
      }),
    );
    expect(json.fieldConfig.defaults.custom.lineWidth).toBe(3);
  });

  test("links of the SDK's builder lose what is not theirs", async () => {
    const json = await one(
      timeseries('x', memory, {
        links: [dataLink('mine', 'https://example.org')],
        panel: (panel, { dashboard }) => panel.dataLinks([new dashboard.DashboardLinkBuilder('theirs').url('/d/y')]),
      }),
    );
    expect(json.fieldConfig.defaults.links).toEqual([{ targetBlank: false, title: 'theirs', url: '/d/y' }]);
    expect(json.links).toEqual([{ targetBlank: false, title: 'mine', url: 'https://example.org' }]);
  });

  test('data links hand on the time, the data source and what was clicked', async () => {
    const json = await one(
      timeseries('x', memory, {
        dataLinks: [dataLink('Pod', 'pods', { variables: { pod: fieldLabel('pod'), mode: 'a b' }, newTab: true })],
      }),
    );
    expect(json.fieldConfig.defaults.links).toEqual([
      {
        targetBlank: true,
        title: 'Pod',
        url: '/d/pods?${__url_time_range}&${datasource:queryparam}&var-pod=${__field.labels.pod}&var-mode=a%20b',
      },
    ]);
  });

  test('repetition, time and the rest', async () => {
    const pod = variable('pod', labelValues(memory, 'pod'));
    const { panels } = await compiled(
      dashboardOf(
        [
          timeseries('x', memory, {
            repeat: { variable: pod, direction: 'v', maxPerRow: 2 },
            timeFrom: '7d',
            timeShift: '1d',
            hideTimeOverride: true,
            interval: '1m',
            maxDataPoints: 100,
            transparent: true,
            transformations: [{ id: 'reduce', options: { reducers: ['max'] } }],
          }),
        ],
        { variables: [pod] },
      ),
    );
    expect(panels[0]).toMatchObject({
      repeat: 'pod',
      repeatDirection: 'v',
      maxPerRow: 2,
      timeFrom: '7d',
      timeShift: '1d',
      hideTimeOverride: true,
      interval: '1m',
      maxDataPoints: 100,
      transparent: true,
      transformations: [{ id: 'reduce', options: { reducers: ['max'] } }],
    });
  });

  test('one panel in two places is two panels', async () => {
    const shared = timeseries('x', memory);
    const first = await compiled(dashboardOf([shared], { uid: 'a' }));
    const second = await compiled(dashboardOf([timeseries('y', memory), shared], { uid: 'b' }));
    expect(first.panels[0].gridPos.x).toBe(0);
    expect(second.panels[1].gridPos.x).toBe(12);
    expect(second.panels[1].id).toBe(first.panels[0].id);
  });
});
