/**
 * What the schema of dashboards is generated from: the Foundation SDK's own types, cut into the parts that are
 * validated one by one. A part of its own gives errors that name the panel instead of the whole dashboard.
 */
import type * as annotationslist from '@grafana/grafana-foundation-sdk/annotationslist';
import type * as barchart from '@grafana/grafana-foundation-sdk/barchart';
import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as candlestick from '@grafana/grafana-foundation-sdk/candlestick';
import type * as canvas from '@grafana/grafana-foundation-sdk/canvas';
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
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import type * as statushistory from '@grafana/grafana-foundation-sdk/statushistory';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as text from '@grafana/grafana-foundation-sdk/text';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type * as trend from '@grafana/grafana-foundation-sdk/trend';
import type * as xychart from '@grafana/grafana-foundation-sdk/xychart';

/** Links of panels and of values. The SDK gives them the type of a dashboard's links, which Grafana does not use there. */
interface DataLink {
  title: string;
  url: string;
  targetBlank?: boolean;
  oneClick?: boolean;
}

interface FieldConfig extends Omit<dashboard.FieldConfig, 'links'> {
  links?: DataLink[];
}

interface FieldConfigSource extends Omit<dashboard.FieldConfigSource, 'defaults'> {
  defaults: FieldConfig;
}

export interface DashboardRoot extends Omit<dashboard.Dashboard, 'panels' | 'snapshot'> {
  panels?: unknown[];
}

export interface PanelRoot extends Omit<dashboard.Panel, 'targets' | 'links' | 'fieldConfig'> {
  targets?: unknown[];
  links?: DataLink[];
  fieldConfig?: FieldConfigSource;
}

export interface RowRoot extends Omit<dashboard.RowPanel, 'panels'> {
  panels: unknown[];
}

export type TargetRoot = prometheus.Dataquery;

/** Options of one kind of panel: `options` and `fieldConfig.defaults.custom`. */
interface Kind<Options, Custom = never> {
  options: Options;
  custom?: Custom;
}

export type annotationslistRoot = Kind<annotationslist.Options>;
export type barchartRoot = Kind<barchart.Options, barchart.FieldConfig>;
export type bargaugeRoot = Kind<bargauge.Options>;
export type candlestickRoot = Kind<candlestick.Options, candlestick.FieldConfig>;
export type canvasRoot = Kind<canvas.Options>;
export type dashboardlistRoot = Kind<dashboardlist.Options>;
export type datagridRoot = Kind<datagrid.Options>;
export type gaugeRoot = Kind<gauge.Options>;
export type geomapRoot = Kind<geomap.Options>;
export type heatmapRoot = Kind<heatmap.Options, heatmap.FieldConfig>;
export type histogramRoot = Kind<histogram.Options, histogram.FieldConfig>;
export type logsRoot = Kind<logs.Options>;
export type newsRoot = Kind<news.Options>;
export type nodegraphRoot = Kind<nodegraph.Options>;
export type piechartRoot = Kind<piechart.Options, piechart.FieldConfig>;
export type statRoot = Kind<stat.Options>;
export type statetimelineRoot = Kind<statetimeline.Options, statetimeline.FieldConfig>;
export type statushistoryRoot = Kind<statushistory.Options, statushistory.FieldConfig>;
export type tableRoot = Kind<table.Options, table.FieldConfig>;
export type textRoot = Kind<text.Options>;
export type timeseriesRoot = Kind<timeseries.Options, timeseries.FieldConfig>;
export type trendRoot = Kind<trend.Options, trend.FieldConfig>;
export type xychartRoot = Kind<xychart.Options, xychart.FieldConfig>;
