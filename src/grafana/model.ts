/**
 * Dashboards as authors describe them: plain frozen data with the places where they were written. The typed
 * face (authoring/) makes these values, the compiler (compile/) reads them.
 */
import type { QueryValue } from '../query/query.ts';
import type { CapturedPosition } from '../source/position.ts';
import type { JsonObject } from './json.ts';
import type { PanelType } from './panel-builders.ts';
import type { GrafanaUnit } from './units.ts';

/** A data source that exists in Grafana; `uid` may be a variable such as `${datasource}`. */
export interface DatasourceReference {
  readonly type: string;
  readonly uid: string;
}

export interface FolderModel {
  readonly title: string;
  readonly uid: string;
}

/** A colour of Grafana's palette by name, or in CSS notation. */
export type Color =
  | `${'' | 'super-light-' | 'light-' | 'semi-dark-' | 'dark-'}${'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple'}`
  | 'text'
  | 'transparent'
  | `#${string}`
  | `rgb(${string})`
  | `rgba(${string})`;

/** Colour below the first limit, and the colour from each limit upwards. */
export interface Thresholds {
  readonly base: Color;
  readonly [limit: number]: Color;
}

/** How a matched value is shown. */
export interface MappedResult {
  readonly text?: string;
  readonly color?: Color;
  readonly icon?: string;
}

/** Shows other text or another colour for a value, a range (open with `null`), a pattern, or a special value. */
export type ValueMapping = MappedResult &
  (
    | { readonly value: string | number }
    | { readonly from: number | null; readonly to: number | null }
    | { readonly pattern: string }
    | { readonly match: 'true' | 'false' | 'null' | 'nan' | 'null+nan' | 'empty' }
  );

/** Options of a field that every kind of panel knows. */
export interface FieldOptions {
  readonly unit?: GrafanaUnit;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly displayName?: string;
  readonly noValue?: string;
  readonly thresholds?: Thresholds;
  /** Limits are percent between min and max instead of values. */
  readonly thresholdsMode?: 'absolute' | 'percentage';
  readonly mappings?: readonly ValueMapping[];
  readonly color?:
    Color | { readonly mode: string; readonly fixedColor?: Color; readonly seriesBy?: 'min' | 'max' | 'last' };
  readonly dataLinks?: readonly DataLinkModel[];
}

/** Which fields an override is for. */
export type FieldMatcher =
  | { readonly name: string }
  | { readonly pattern: string }
  | { readonly type: 'number' | 'string' | 'time' | 'boolean' }
  | { readonly refId: string };

export interface OverrideModel extends FieldOptions {
  readonly fields: FieldMatcher;
  /** Options of the panel's own kind, such as `lineWidth`; the keys of its `fieldConfig.defaults.custom`. */
  readonly custom?: Readonly<Record<string, unknown>>;
}

export interface TransformationModel {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly filter?: { readonly id: string; readonly options?: unknown };
  readonly disabled?: boolean;
}

/** Where a link leads. A dashboard's uid is asked for late, so that two dashboards can link to each other. */
export type LinkTarget =
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'dashboard'; readonly uid: () => string; readonly variables: Readonly<Record<string, string>> };

/** A link of a panel or of its values. */
export interface DataLinkModel {
  readonly kind: 'dataLink';
  readonly title: string;
  readonly target: LinkTarget;
  readonly newTab: boolean;
  readonly position: CapturedPosition;
}

/** A link at the top of a dashboard. */
export interface DashboardLinkModel {
  readonly kind: 'dashboardLink';
  readonly title: string;
  readonly target:
    LinkTarget | { readonly type: 'tags'; readonly tags: readonly string[]; readonly asDropdown: boolean };
  readonly icon: string;
  readonly tooltip: string;
  readonly keepTime: boolean;
  readonly includeVariables: boolean;
  readonly newTab: boolean;
  readonly position: CapturedPosition;
}

export type TargetFormat = 'time_series' | 'table' | 'heatmap';

/** One Prometheus query of a panel. */
export interface PrometheusTargetModel {
  readonly kind: 'prometheus';
  readonly query: QueryValue;
  readonly legend?: string;
  readonly instant?: boolean;
  readonly format?: TargetFormat;
  readonly hide?: boolean;
  readonly exemplar?: boolean;
  readonly refId?: string;
  /** Smallest step, such as `1m`. */
  readonly interval?: string;
}

/** A query of another data source, as the Foundation SDK's builder of that source made it. */
export interface ForeignTargetModel {
  readonly kind: 'foreign';
  readonly datasource: DatasourceReference;
  readonly dataquery: JsonObject;
  readonly refId?: string;
  readonly hide?: boolean;
}

export type TargetModel = PrometheusTargetModel | ForeignTargetModel;

export interface LegendBox {
  readonly mode: 'list' | 'table';
  readonly placement: 'bottom' | 'right';
  /** Reductions shown beside each name, such as `lastNotNull`, `mean`, `max`. */
  readonly calcs: readonly string[];
}

interface RepeatModel {
  readonly variable: string;
  readonly direction: 'h' | 'v';
  readonly maxPerRow?: number;
}

export interface PanelModel extends FieldOptions {
  readonly kind: 'panel';
  readonly type: PanelType;
  readonly title: string;
  readonly description?: string;
  /** Tells the panel from others with its title; part of what its id is made of. */
  readonly key?: string;
  readonly id?: number;
  readonly targets: readonly TargetModel[];
  readonly width?: number;
  readonly height?: number;
  readonly datasource?: DatasourceReference;
  readonly showLegend?: false | LegendBox;
  readonly sparkline?: boolean;
  readonly stacking?: 'normal' | 'percent';
  readonly draw?: 'line' | 'bars' | 'points';
  readonly content?: string;
  readonly overrides: readonly OverrideModel[];
  readonly transformations?: readonly TransformationModel[];
  readonly links: readonly DataLinkModel[];
  readonly repeat?: RepeatModel;
  readonly transparent: boolean;
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly timeFrom?: string;
  readonly timeShift?: string;
  readonly hideTimeOverride?: boolean;
  /** Gives the Foundation SDK's builder of the panel the author's last word. */
  readonly customize?: (builder: never, sdk: never) => unknown;
  readonly position: CapturedPosition;
}

export interface RowModel {
  readonly kind: 'row';
  readonly title: string;
  readonly collapsed: boolean;
  readonly repeat?: string;
  readonly panels: readonly PanelModel[];
  readonly position: CapturedPosition;
}

export interface VariableBase {
  readonly kind: 'variable';
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  readonly hide: 'no' | 'label' | 'variable';
  readonly skipUrlSync: boolean;
  readonly position: CapturedPosition;
}

/** What a query variable asks Prometheus. */
export type VariableQuery =
  | { readonly type: 'labelValues'; readonly label: string; readonly query?: QueryValue }
  | { readonly type: 'labelNames' }
  | { readonly type: 'metrics'; readonly pattern: string }
  | { readonly type: 'queryResult'; readonly query: QueryValue }
  | { readonly type: 'text'; readonly text: string };

export interface Choice {
  readonly text: string;
  readonly value: string;
}

export interface Selection {
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  /** The values chosen when the dashboard opens; `$__all` for all. */
  readonly initial?: readonly string[];
}

export type VariableModel = VariableBase &
  (
    | ({
        readonly type: 'query';
        readonly source: VariableQuery;
        readonly regex: string;
        readonly sort: number;
      } & Selection)
    | ({ readonly type: 'custom'; readonly choices: readonly Choice[] } & Selection)
    | { readonly type: 'constant'; readonly value: string }
    | {
        readonly type: 'interval';
        readonly intervals: readonly string[];
        readonly initial: string;
        readonly auto?: { readonly count: number; readonly min: string };
      }
    | { readonly type: 'textbox'; readonly value: string }
    | ({ readonly type: 'datasource'; readonly plugin: string; readonly regex: string } & Selection)
    | { readonly type: 'adhoc' }
  );

export interface AnnotationModel {
  readonly kind: 'annotation';
  readonly name: string;
  readonly query: QueryValue;
  readonly color: Color;
  readonly title: string;
  readonly text: string;
  readonly tagKeys: readonly string[];
  readonly enabled: boolean;
  readonly hidden: boolean;
  readonly valueIsTime: boolean;
  readonly step?: string;
  readonly position: CapturedPosition;
}

export interface DashboardModel {
  readonly kind: 'dashboard';
  readonly title: string;
  readonly uid: string;
  readonly description?: string;
  readonly folder?: FolderModel;
  readonly tags: readonly string[];
  /** A fixed data source; absent: the variable `datasource`. */
  readonly datasource?: DatasourceReference;
  readonly variables: readonly VariableModel[];
  readonly annotations: readonly AnnotationModel[];
  readonly links: readonly DashboardLinkModel[];
  /** Panels above the first row. */
  readonly panels: readonly PanelModel[];
  readonly rows: readonly RowModel[];
  readonly time: { readonly from: string; readonly to: string };
  readonly refresh: string;
  readonly timezone: string;
  readonly weekStart?: string;
  readonly crosshair: 'off' | 'crosshair' | 'tooltip';
  readonly editable: boolean;
  readonly position: CapturedPosition;
}

/** A panel that another definition, such as an alert, refers to. */
export interface PanelReference<Title extends string = string> {
  readonly kind: 'panelReference';
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly title: Title;
  readonly dashboardTitle: string;
}
