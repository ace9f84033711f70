/** Panels, one function for each of the Foundation SDK's kinds. */
import { checkFields, type Fields } from '../../metrics/fields.ts';
import type { Duration, Examples } from '../../query/duration.ts';
import type { AnyQuery, OnlyLabelsOf } from '../../query/types.ts';
import type { VariableReference } from '../../query/variable.ts';
import { capturePosition } from '../../source/position.ts';
import type {
  DataLinkModel,
  DatasourceReference,
  FieldMatcher,
  FieldOptions,
  LegendBox,
  OverrideModel,
  PanelModel,
  TransformationModel,
} from '../model.ts';
import type { PanelBuilders, PanelSdk, PanelType } from '../panel-builders.ts';
import type { LegendLabels } from './legend.ts';
import { targetModels, type PanelQueries } from './targets.ts';

/** A panel; its title and its key are part of its type, so that `dashboard.panel('…')` can refuse a wrong one. */
export interface Panel<Name extends string = string> extends PanelModel {
  /** For the compiler alone. */
  readonly '~name'?: Name;
}

/** Columns of Grafana's grid. */
export type GridWidth =
  1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24;

/** Where the legend of a panel stands, and which reductions it shows beside each name. */
export interface LegendBoxOptions {
  readonly mode?: 'list' | 'table';
  readonly placement?: 'bottom' | 'right';
  /** Such as `['lastNotNull', 'mean', 'max']`. */
  readonly calcs?: readonly string[];
}

/** Repeats a panel for each selected value of a variable. */
export interface RepeatOptions {
  readonly variable: VariableReference;
  /** `h`: side by side, `v`: one below the other. Default `h`. */
  readonly direction?: 'h' | 'v';
  readonly maxPerRow?: number;
}

/** Options that every kind of panel has. Grafana's own for one kind of panel are reached through `panel`. */
export interface PanelOptions<T extends PanelType, Key extends string = string> extends FieldOptions {
  /** What the panel shows and how to read it, in Markdown, behind the (i) beside the title. */
  readonly description?: string;
  /** Of 24 columns. Default: the kind's own, stretched so that lines are full. */
  readonly width?: GridWidth;
  /** In grid units of about 30 pixels. Default: the kind's own, or that of the tallest neighbour. */
  readonly height?: number;
  /** A fixed id, 1 or more, for links that exist already. Default: made of the row and the title. */
  readonly id?: number;
  /** Tells this panel from another with the same title in the same row. */
  readonly key?: Key;
  /** Where the legend stands; `false` hides it. Default: a list below, with every series named. */
  readonly showLegend?: boolean | 'list' | 'table' | LegendBoxOptions;
  readonly overrides?: readonly OverrideModel[];
  readonly transformations?: readonly TransformationModel[];
  readonly links?: readonly DataLinkModel[];
  readonly repeat?: VariableReference | RepeatOptions;
  readonly transparent?: boolean;
  /** Another data source than the dashboard's. */
  readonly datasource?: DatasourceReference;
  /** Smallest step of every query of the panel. */
  readonly interval?: Duration<Examples>;
  readonly maxDataPoints?: number;
  /** Shows another stretch of time than the dashboard, such as `7d` back from its end. */
  readonly timeFrom?: Duration<Examples>;
  /** Moves the time range back. */
  readonly timeShift?: Duration<Examples>;
  readonly hideTimeOverride?: boolean;
  /**
   * The Foundation SDK's own builder of the panel, for every option that Grafana has. It runs after the
   * defaults and the options above. `sdk` has what values of options are made of, such as
   * `sdk.common.LineInterpolation.Smooth`.
   */
  readonly panel?: (panel: PanelBuilders[T], sdk: PanelSdk) => PanelBuilders[T] | void;
}

/** Options that only some kinds of panels have. */
interface OwnOptions {
  readonly timeseries: LineOptions;
  readonly trend: LineOptions;
  readonly barchart: { readonly stacking?: 'normal' | 'percent' };
  /** `sparkline`: also ask for the whole time range and draw it behind the value. */
  readonly stat: { readonly sparkline?: boolean };
}

interface LineOptions {
  readonly stacking?: 'normal' | 'percent';
  /** Default `line`. */
  readonly draw?: 'line' | 'bars' | 'points';
}

type OptionsOf<T extends PanelType, Key extends string> = PanelOptions<T, Key> &
  (T extends keyof OwnOptions ? OwnOptions[T] : unknown);

/** A function that makes panels of one kind. */
export interface PanelFunction<T extends PanelType> {
  /**
   * @param title unique within its row, or told apart by `key`
   * @param queries one query or several; `target(query, { legend })` gives one a legend of its own
   * @param options `legend` names the series of every query, with labels of the result in double braces
   * @throws TypeError where something is no query
   */
  <
    const Title extends string,
    Q extends AnyQuery = AnyQuery,
    const Legend extends string = string,
    const Key extends string = never,
  >(
    title: Title,
    queries: PanelQueries<Q>,
    options?: OptionsOf<T, Key> & { readonly legend?: Legend & OnlyLabelsOf<Q, LegendLabels<Legend>> },
  ): Panel<Title | Key>;
}

/** A function that makes panels of a kind that shows no queries. */
export interface QuerylessPanelFunction<T extends PanelType> {
  <const Title extends string, const Key extends string = never>(
    title: Title,
    options?: PanelOptions<T, Key>,
  ): Panel<Title | Key>;
}

interface AnyOptions extends PanelOptions<never>, LineOptions {
  readonly legend?: string;
  readonly sparkline?: boolean;
  readonly content?: string;
}

const FIELDS: Fields<AnyOptions> = {
  description: true,
  width: true,
  height: true,
  id: true,
  key: true,
  showLegend: true,
  overrides: true,
  transformations: true,
  links: true,
  repeat: true,
  transparent: true,
  datasource: true,
  interval: true,
  maxDataPoints: true,
  timeFrom: true,
  timeShift: true,
  hideTimeOverride: true,
  panel: true,
  stacking: true,
  draw: true,
  legend: true,
  sparkline: true,
  content: true,
  unit: true,
  decimals: true,
  min: true,
  max: true,
  displayName: true,
  noValue: true,
  thresholds: true,
  thresholdsMode: true,
  mappings: true,
  color: true,
  dataLinks: true,
};

function panelFunction<T extends PanelType>(type: T): PanelFunction<T> {
  const make = (title: string, queries: PanelQueries<AnyQuery>, options: AnyOptions = {}): PanelModel =>
    panelModel(type, title, queries, options, make);
  return make;
}

function querylessPanelFunction<T extends PanelType>(type: T): QuerylessPanelFunction<T> {
  const make = (title: string, options: AnyOptions = {}): PanelModel =>
    panelModel(type, title, undefined, options, make);
  return make;
}

function panelModel(
  type: PanelType,
  title: string,
  queries: PanelQueries<AnyQuery> | undefined,
  options: AnyOptions,
  callee: (...args: never[]) => unknown,
): PanelModel {
  if (typeof title !== 'string') {
    throw new TypeError(`A ${type} panel takes its title first, then what it shows: ('Title', query, { … }).`);
  }
  checkFields(options, FIELDS, `The panel "${title}"`);
  const { legend, showLegend, repeat, panel, links, overrides, transparent, ...rest } = options;
  const box = legendBox(showLegend);
  return Object.freeze({
    ...rest,
    ...(box === undefined ? {} : { showLegend: box }),
    ...(repeat === undefined ? {} : { repeat: repeatModel(repeat) }),
    ...(panel === undefined ? {} : { customize: panel }),
    kind: 'panel',
    type,
    title,
    targets: targetModels(queries, legend, title),
    links: links ?? [],
    overrides: overrides ?? [],
    transparent: transparent ?? false,
    position: capturePosition(callee),
  });
}

function legendBox(option: PanelOptions<never>['showLegend']): LegendBox | false | undefined {
  if (option === undefined || option === false) return option;
  const chosen: LegendBoxOptions = option === true ? {} : typeof option === 'string' ? { mode: option } : option;
  return { mode: chosen.mode ?? 'list', placement: chosen.placement ?? 'bottom', calcs: chosen.calcs ?? [] };
}

function repeatModel(option: VariableReference | RepeatOptions): NonNullable<PanelModel['repeat']> {
  if ('kind' in option) return { variable: option.name, direction: 'h' };
  const { variable, direction, maxPerRow } = option;
  return {
    variable: variable.name,
    direction: direction ?? 'h',
    ...(maxPerRow === undefined ? {} : { maxPerRow }),
  };
}

/**
 * Options for some fields of a panel: a series, a column, or all fields of a type.
 *
 * @param fields by name, by regular expression, by type, or by the letter of the query that they come from
 * @param options as of a panel; `custom` holds those of the panel's own kind, such as `{ lineWidth: 3 }`
 */
export function override(
  fields: string | FieldMatcher,
  options: FieldOptions & { readonly custom?: Readonly<Record<string, unknown>> },
): OverrideModel {
  return Object.freeze({ ...options, fields: typeof fields === 'string' ? { name: fields } : fields });
}

/** Values over time as lines, bars or points. */
export const timeseries: PanelFunction<'timeseries'> = panelFunction('timeseries');
/** One large number for each series. */
export const stat: PanelFunction<'stat'> = panelFunction('stat');
/** One number for each series on a dial. */
export const gaugePanel: PanelFunction<'gauge'> = panelFunction('gauge');
/** One bar for each series. */
export const bargauge: PanelFunction<'bargauge'> = panelFunction('bargauge');
/** Bars by category or by time. */
export const barchart: PanelFunction<'barchart'> = panelFunction('barchart');
/** Series or labels as rows and columns. */
export const table: PanelFunction<'table'> = panelFunction('table');
/** A distribution over time; takes the rate of a histogram's buckets by `le`. */
export const heatmap: PanelFunction<'heatmap'> = panelFunction('heatmap');
/** Shares of a whole. */
export const piechart: PanelFunction<'piechart'> = panelFunction('piechart');
/** States over time, one lane for each series. */
export const statetimeline: PanelFunction<'statetimeline'> = panelFunction('statetimeline');
/** States over time as a grid of cells. */
export const statushistory: PanelFunction<'statushistory'> = panelFunction('statushistory');
/** How often values of a size occur. */
export const histogramPanel: PanelFunction<'histogram'> = panelFunction('histogram');
/** Values over something else than time. */
export const trend: PanelFunction<'trend'> = panelFunction('trend');
/** One series against another. */
export const xychart: PanelFunction<'xychart'> = panelFunction('xychart');
/** Open, high, low and close over time. */
export const candlestick: PanelFunction<'candlestick'> = panelFunction('candlestick');
/** A table that readers can edit. */
export const datagrid: PanelFunction<'datagrid'> = panelFunction('datagrid');
/** Places on a map. */
export const geomap: PanelFunction<'geomap'> = panelFunction('geomap');
/** Values placed freely on a drawing. */
export const canvas: PanelFunction<'canvas'> = panelFunction('canvas');
/** Nodes and edges, of a data source that knows them. */
export const nodegraph: PanelFunction<'nodegraph'> = panelFunction('nodegraph');
/** Lines of logs, of a data source that has them: see `dataquery`. */
export const logs: PanelFunction<'logs'> = panelFunction('logs');
/** An RSS or Atom feed. */
export const news: QuerylessPanelFunction<'news'> = querylessPanelFunction('news');
/** Dashboards that are starred, recent or found by tag. */
export const dashboardlist: QuerylessPanelFunction<'dashboardlist'> = querylessPanelFunction('dashboardlist');
/** Annotations that were made in Grafana. */
export const annotationslist: QuerylessPanelFunction<'annotationslist'> = querylessPanelFunction('annotationslist');

/**
 * Text in Markdown.
 *
 * @param title may be empty
 * @param content Markdown; variables such as `$pipeline` are filled in
 */
export function textPanel<const Title extends string, const Key extends string = never>(
  title: Title,
  content: string,
  options: PanelOptions<'text', Key> = {},
): Panel<Title | Key> {
  return panelModel('text', title, undefined, { ...(options as AnyOptions), content }, textPanel);
}
