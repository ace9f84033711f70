/**
 * The Foundation SDK's panel builders, by the SDK's own names. A module is imported when a dashboard uses it:
 * all of them together take twice as long to load as the few that a typical dashboard needs.
 */
import type * as annotationslist from '@grafana/grafana-foundation-sdk/annotationslist';
import type * as barchart from '@grafana/grafana-foundation-sdk/barchart';
import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as candlestick from '@grafana/grafana-foundation-sdk/candlestick';
import type * as canvas from '@grafana/grafana-foundation-sdk/canvas';
import type * as common from '@grafana/grafana-foundation-sdk/common';
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type * as dashboardlist from '@grafana/grafana-foundation-sdk/dashboardlist';
import type * as datagrid from '@grafana/grafana-foundation-sdk/datagrid';
import type * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import type * as geomap from '@grafana/grafana-foundation-sdk/geomap';
import type * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import type * as histogram from '@grafana/grafana-foundation-sdk/histogram';
import type * as logs from '@grafana/grafana-foundation-sdk/logs';
import type * as news from '@grafana/grafana-foundation-sdk/news';
import type * as nodegraph from '@grafana/grafana-foundation-sdk/nodegraph';
import type * as piechart from '@grafana/grafana-foundation-sdk/piechart';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import type * as statushistory from '@grafana/grafana-foundation-sdk/statushistory';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as text from '@grafana/grafana-foundation-sdk/text';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type * as trend from '@grafana/grafana-foundation-sdk/trend';
import type * as xychart from '@grafana/grafana-foundation-sdk/xychart';

/** The builder that each kind of panel gives to the author. */
export interface PanelBuilders {
  annotationslist: annotationslist.PanelBuilder;
  barchart: barchart.PanelBuilder;
  bargauge: bargauge.PanelBuilder;
  candlestick: candlestick.PanelBuilder;
  canvas: canvas.PanelBuilder;
  dashboardlist: dashboardlist.PanelBuilder;
  datagrid: datagrid.PanelBuilder;
  gauge: gauge.PanelBuilder;
  geomap: geomap.PanelBuilder;
  heatmap: heatmap.PanelBuilder;
  histogram: histogram.PanelBuilder;
  logs: logs.PanelBuilder;
  news: news.PanelBuilder;
  nodegraph: nodegraph.PanelBuilder;
  piechart: piechart.PanelBuilder;
  stat: stat.PanelBuilder;
  statetimeline: statetimeline.PanelBuilder;
  statushistory: statushistory.PanelBuilder;
  table: table.PanelBuilder;
  text: text.PanelBuilder;
  timeseries: timeseries.PanelBuilder;
  trend: trend.PanelBuilder;
  xychart: xychart.PanelBuilder;
}

export type PanelType = keyof PanelBuilders;

/** The parts of the SDK that options of panels are made of; every panel's module has loaded them anyway. */
export interface PanelSdk {
  readonly common: Omit<typeof common, 'default'>;
  readonly dashboard: Omit<typeof dashboard, 'default'>;
}

type Constructors = { readonly [T in PanelType]: new () => PanelBuilders[T] };

/** The SDK is CommonJS: a bundle of it has its exports in `default` only, and so has Node. */
type Importers = {
  readonly [T in PanelType]: () => Promise<{ readonly default: { readonly PanelBuilder: Constructors[T] } }>;
};

const IMPORTERS: Importers = {
  annotationslist: () => import('@grafana/grafana-foundation-sdk/annotationslist'),
  barchart: () => import('@grafana/grafana-foundation-sdk/barchart'),
  bargauge: () => import('@grafana/grafana-foundation-sdk/bargauge'),
  candlestick: () => import('@grafana/grafana-foundation-sdk/candlestick'),
  canvas: () => import('@grafana/grafana-foundation-sdk/canvas'),
  dashboardlist: () => import('@grafana/grafana-foundation-sdk/dashboardlist'),
  datagrid: () => import('@grafana/grafana-foundation-sdk/datagrid'),
  gauge: () => import('@grafana/grafana-foundation-sdk/gauge'),
  geomap: () => import('@grafana/grafana-foundation-sdk/geomap'),
  heatmap: () => import('@grafana/grafana-foundation-sdk/heatmap'),
  histogram: () => import('@grafana/grafana-foundation-sdk/histogram'),
  logs: () => import('@grafana/grafana-foundation-sdk/logs'),
  news: () => import('@grafana/grafana-foundation-sdk/news'),
  nodegraph: () => import('@grafana/grafana-foundation-sdk/nodegraph'),
  piechart: () => import('@grafana/grafana-foundation-sdk/piechart'),
  stat: () => import('@grafana/grafana-foundation-sdk/stat'),
  statetimeline: () => import('@grafana/grafana-foundation-sdk/statetimeline'),
  statushistory: () => import('@grafana/grafana-foundation-sdk/statushistory'),
  table: () => import('@grafana/grafana-foundation-sdk/table'),
  text: () => import('@grafana/grafana-foundation-sdk/text'),
  timeseries: () => import('@grafana/grafana-foundation-sdk/timeseries'),
  trend: () => import('@grafana/grafana-foundation-sdk/trend'),
  xychart: () => import('@grafana/grafana-foundation-sdk/xychart'),
};

/** What compiling needs of the SDK, loaded. */
export interface LoadedSdk extends PanelSdk {
  readonly builders: Partial<Constructors>;
}

/** Imports the builders of these kinds of panels and what their options are made of. */
export async function loadSdk(types: Iterable<PanelType>): Promise<LoadedSdk> {
  const wanted = [...new Set(types)];
  const [commonModule, dashboardModule, ...modules] = await Promise.all([
    import('@grafana/grafana-foundation-sdk/common'),
    import('@grafana/grafana-foundation-sdk/dashboard'),
    ...wanted.map((type) => IMPORTERS[type]()),
  ]);
  const builders = Object.fromEntries(wanted.map((type, index) => [type, modules[index]?.default.PanelBuilder]));
  return { common: commonModule.default, dashboard: dashboardModule.default, builders };
}
