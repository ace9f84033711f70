/**
 * What is analysed: queries and the things around them, in one shape for definitions in TypeScript and for files that
 * were read. A value that is not known is left out, and a check that needs it stays silent.
 */
import type { Expr, Span } from '../promql/ast.ts';
import type { SourcePosition } from '../source/position.ts';

/** A query and where it is used. */
export interface Subject {
  /** The query as it will be sent. */
  readonly text: string;
  /** Its tree, with spans into `text`. Absent: `text` is parsed. */
  readonly expr?: Expr;
  readonly place: Place;
  /** From outer to inner, for people: `dashboard "Service"`, `panel "Memory"`. */
  readonly where: readonly string[];
  /** Where the author wrote a part of the query, or something beside it. */
  readonly locate?: (at: Span | Part) => SourcePosition | undefined;
}

/** Something beside a query that a fault can be about. `span` is a part of its text. */
export type Part =
  | { readonly part: 'annotation' | 'label'; readonly name: string; readonly span?: Span }
  | {
      readonly part: 'legend' | 'name' | 'unit' | 'threshold' | 'for' | 'keepFiringFor' | 'labels';
      readonly span?: Span;
    };

export type Place = QueryPlace | AlertPlace | RecordPlace | PanelPlace | VariablePlace;

/** A query of which nothing else is known. */
interface QueryPlace {
  readonly type: 'query';
}

interface RulePlace {
  readonly name: string;
  readonly group?: string;
  /** Seconds between two evaluations. */
  readonly intervalSeconds?: number;
  /** Labels that the rule and its group set. Those of an alert are Go templates. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertPlace extends RulePlace {
  readonly type: 'alert';
  readonly forSeconds?: number;
  readonly keepFiringForSeconds?: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels that notifications are routed, grouped or inhibited by. */
  readonly routingLabels?: readonly string[];
}

export interface RecordPlace extends RulePlace {
  readonly type: 'record';
}

/** What Grafana fills in for `$name`. */
export interface DeclaredVariable {
  readonly name: string;
  /** `query`, `custom`, `interval`, `datasource`, `textbox`, `constant`, `adhoc`, … */
  readonly type: string;
  /** Several values can be chosen. */
  readonly multi: boolean;
  /** "All" can be chosen. */
  readonly includeAll: boolean;
  /** What "All" stands for; absent: all values, one by one. */
  readonly allValue?: string;
}

export interface PanelPlace {
  readonly type: 'panel';
  readonly title: string;
  /** Kind of panel, such as `timeseries`. */
  readonly panelType?: string;
  /** Text of the legend, such as `{{job}}`. */
  readonly legend?: string;
  /** Grafana's id of the unit of all values. */
  readonly unit?: string;
  /** Limits of the thresholds, without the base; absent for limits in percent. */
  readonly thresholds?: readonly number[];
  readonly min?: number;
  readonly max?: number;
  /** `time_series`, `table` or `heatmap`. */
  readonly format?: string;
  readonly instant?: boolean;
  /** The shortest step that the query asks for. */
  readonly minIntervalSeconds?: number;
  /** The panel rearranges its data, so that its unit and its legend may belong to something else. */
  readonly transformed?: boolean;
  /** Variables of the dashboard; absent: not known. */
  readonly variables?: ReadonlyMap<string, DeclaredVariable>;
}

/** A query of a dashboard's variable, such as that of `label_values(up, job)`. */
interface VariablePlace {
  readonly type: 'variable';
  readonly name: string;
  /** The label whose values are asked for. */
  readonly label?: string;
  readonly variables?: ReadonlyMap<string, DeclaredVariable>;
}

/** A group of rules, in the order in which Prometheus evaluates them. */
export interface GroupSubject {
  readonly name: string;
  readonly file?: string;
  readonly intervalSeconds?: number;
  readonly queryOffsetSeconds?: number;
  readonly rules: readonly Subject[];
  readonly position?: SourcePosition;
}

export interface DashboardSubject {
  readonly title: string;
  readonly variables: readonly (DeclaredVariable & { readonly position?: SourcePosition })[];
  /** Queries of panels, variables and annotations. */
  readonly queries: readonly Subject[];
  /** All other texts in which a variable may stand: titles, descriptions, links, queries of other sources. */
  readonly otherTexts: readonly string[];
  readonly where: readonly string[];
  readonly position?: SourcePosition;
}

/** All that is analysed together. */
export interface ProjectSubject {
  readonly groups: readonly GroupSubject[];
  readonly dashboards: readonly DashboardSubject[];
  /** Queries that stand neither in a rule nor on a dashboard. */
  readonly queries: readonly Subject[];
}
