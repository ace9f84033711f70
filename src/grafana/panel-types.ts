/** What this project adds to each of the Foundation SDK's panels: its size, how it asks, and its defaults. */
import type { PanelModel } from './model.ts';
import type { PanelBuilders, PanelType } from './panel-builders.ts';
import type { UnitDisplay } from './units.ts';

/** What the defaults of a panel depend on. */
export interface PanelFacts {
  readonly panel: PanelModel;
  /** How the unit of its queries is shown, where it is known and the author chose none. */
  readonly display?: UnitDisplay;
  /** How the unit of the observations in its histograms is shown, where there are any and it is known. */
  readonly observed?: UnitDisplay;
}

export interface PanelTypeEntry<T extends PanelType> {
  readonly width: number;
  readonly height: number;
  /** Whether its queries ask for the last value alone or for all values of the time range; `none`: it has none. */
  readonly asks: 'range' | 'instant' | 'none';
  readonly format: 'time_series' | 'table' | 'heatmap';
  /** Gauges draw the whole range of the unit. */
  readonly drawsRange?: true;
  /** Its unit is that of an axis, not of the values. */
  readonly unitOfAxis?: true;
  readonly defaults: (builder: PanelBuilders[T], facts: PanelFacts) => void;
}

interface Built<T> {
  build(): T;
}

/** The SDK's setters take builders of parts; this is one whose part is plain data. */
function part<T>(value: unknown): Built<T> {
  return { build: () => value as T };
}

/** The newest value that is not null: an empty list would make Grafana show a trailing null as the value. */
const LAST_NOT_NULL = part<never>({ calcs: ['lastNotNull'], fields: '', values: false });

const SHARED_TOOLTIP = part<never>({ mode: 'multi', sort: 'desc' });

function legend({ panel: { showLegend } }: PanelFacts, more: object = {}): Built<never> {
  const box = showLegend === false ? undefined : (showLegend ?? { mode: 'list', placement: 'bottom', calcs: [] });
  return part({
    calcs: box?.calcs ?? [],
    displayMode: box?.mode ?? 'list',
    placement: box?.placement ?? 'bottom',
    showLegend: box !== undefined,
    ...more,
  });
}

interface LinePanel {
  fillOpacity(percent: number): unknown;
  showPoints(mode: never): unknown;
  drawStyle(style: never): unknown;
  stacking(stacking: Built<never>): unknown;
  axisSoftMin(value: number): unknown;
}

const BAR_FILL = 80;
const LINE_FILL = 10;

function lines(builder: LinePanel, { panel, display }: PanelFacts): void {
  const draw = panel.draw ?? 'line';
  builder.drawStyle(draw as never);
  builder.fillOpacity(draw === 'bars' ? BAR_FILL : LINE_FILL);
  builder.showPoints((draw === 'points' ? 'always' : 'never') as never);
  if (panel.stacking) builder.stacking(part({ group: 'A', mode: panel.stacking }));
  if (display?.fromZero) builder.axisSoftMin(0);
}

function legendAndTooltip(
  builder: { legend(legend: Built<never>): unknown; tooltip(tooltip: Built<never>): unknown },
  facts: PanelFacts,
): void {
  builder.legend(legend(facts));
  builder.tooltip(SHARED_TOOLTIP);
}

const nothing = (): void => undefined;

/** Widths and heights are in grid units of 24 columns. */
export const PANEL_TYPES: { readonly [T in PanelType]: PanelTypeEntry<T> } = {
  annotationslist: { width: 8, height: 8, asks: 'none', format: 'time_series', defaults: nothing },
  barchart: {
    width: 12,
    height: 8,
    asks: 'range',
    format: 'time_series',
    defaults: (builder, facts) => {
      legendAndTooltip(builder, facts);
      if (facts.panel.stacking) builder.stacking(facts.panel.stacking as never);
    },
  },
  bargauge: {
    width: 8,
    height: 8,
    asks: 'instant',
    format: 'time_series',
    drawsRange: true,
    defaults: (builder) => builder.reduceOptions(LAST_NOT_NULL),
  },
  candlestick: { width: 24, height: 8, asks: 'range', format: 'time_series', defaults: legendAndTooltip },
  canvas: {
    width: 24,
    height: 12,
    asks: 'range',
    format: 'time_series',
    defaults: (builder) => builder.inlineEditing(false),
  },
  dashboardlist: { width: 8, height: 8, asks: 'none', format: 'time_series', defaults: nothing },
  datagrid: { width: 24, height: 8, asks: 'instant', format: 'table', defaults: nothing },
  gauge: {
    width: 6,
    height: 6,
    asks: 'instant',
    format: 'time_series',
    drawsRange: true,
    defaults: (builder) => builder.reduceOptions(LAST_NOT_NULL),
  },
  geomap: { width: 24, height: 12, asks: 'instant', format: 'table', defaults: nothing },
  heatmap: {
    width: 12,
    height: 8,
    asks: 'range',
    format: 'heatmap',
    unitOfAxis: true,
    defaults: (builder, { panel, observed }) => {
      const unit = panel.unit ?? observed?.unit;
      builder.tooltip(part({ mode: 'single', showColorScale: true, yHistogram: false }));
      builder.yAxis(part({ axisPlacement: 'left', reverse: false, ...(unit === undefined ? {} : { unit }) }));
    },
  },
  histogram: { width: 12, height: 8, asks: 'range', format: 'time_series', defaults: legendAndTooltip },
  logs: {
    width: 24,
    height: 10,
    asks: 'range',
    format: 'time_series',
    defaults: (builder) => builder.showTime(true).wrapLogMessage(true).enableLogDetails(true),
  },
  news: { width: 8, height: 8, asks: 'none', format: 'time_series', defaults: nothing },
  nodegraph: { width: 24, height: 12, asks: 'range', format: 'table', defaults: nothing },
  piechart: {
    width: 8,
    height: 8,
    asks: 'instant',
    format: 'time_series',
    defaults: (builder, facts) => {
      builder.legend(legend(facts, { values: ['value', 'percent'] })).tooltip(SHARED_TOOLTIP);
      builder.reduceOptions(LAST_NOT_NULL);
    },
  },
  stat: {
    width: 4,
    height: 4,
    asks: 'instant',
    format: 'time_series',
    defaults: (builder, { panel }) => {
      builder.reduceOptions(LAST_NOT_NULL).graphMode((panel.sparkline ? 'area' : 'none') as never);
    },
  },
  statetimeline: { width: 24, height: 8, asks: 'range', format: 'time_series', defaults: legendAndTooltip },
  statushistory: { width: 24, height: 8, asks: 'range', format: 'time_series', defaults: legendAndTooltip },
  table: { width: 24, height: 8, asks: 'instant', format: 'table', defaults: nothing },
  text: {
    width: 24,
    height: 4,
    asks: 'none',
    format: 'time_series',
    defaults: (builder, { panel }) => builder.content(panel.content ?? ''),
  },
  timeseries: {
    width: 12,
    height: 8,
    asks: 'range',
    format: 'time_series',
    defaults: (builder, facts) => {
      legendAndTooltip(builder, facts);
      lines(builder, facts);
    },
  },
  trend: {
    width: 12,
    height: 8,
    asks: 'range',
    format: 'time_series',
    defaults: (builder, facts) => {
      legendAndTooltip(builder, facts);
      lines(builder, facts);
    },
  },
  xychart: { width: 12, height: 8, asks: 'range', format: 'time_series', defaults: legendAndTooltip },
};
