/** What the readers find in files: rules and dashboards, every text with its place in the file. */
import type { Span } from '../promql/ast.ts';
import type { SourceText } from './text/source-text.ts';

export interface LintedDuration {
  readonly seconds: number;
  readonly text: SourceText;
}

export interface LintedRule {
  readonly type: 'alert' | 'record';
  readonly name: SourceText;
  readonly expr: SourceText;
  readonly for?: LintedDuration;
  readonly keepFiringFor?: LintedDuration;
  readonly labels: ReadonlyMap<string, SourceText>;
  readonly annotations: ReadonlyMap<string, SourceText>;
  /** The whole rule, in the text that its group stands in. */
  readonly within: SourceText;
  readonly span: Span;
}

export interface LintedGroup {
  readonly name: SourceText;
  readonly interval?: LintedDuration;
  readonly queryOffset?: LintedDuration;
  readonly labels: ReadonlyMap<string, SourceText>;
  readonly rules: readonly LintedRule[];
  readonly within: SourceText;
  readonly span: Span;
}

/** One expression of a panel, a variable or an annotation. */
export interface LintedQuery {
  readonly expr: SourceText;
  readonly refId?: string;
  readonly legend?: SourceText;
  readonly format?: string;
  readonly instant?: boolean;
  /** Shortest step, as written. */
  readonly interval?: string;
}

export interface LintedPanel {
  readonly title: string;
  readonly type: string;
  readonly queries: readonly LintedQuery[];
  /** The unit of all its values; absent where none is set or where overrides give some series another one. */
  readonly unit?: SourceText;
  /** Values of absolute threshold steps, without the base. */
  readonly thresholds: readonly { readonly value: number; readonly text: SourceText }[];
  readonly min?: number;
  readonly max?: number;
  /** Ids of its transformations that are not switched off: they may rename fields and change values. */
  readonly transformations: readonly string[];
  readonly repeat?: string;
  /** Shortest step of its queries, as written. */
  readonly interval?: string;
  readonly within: SourceText;
  readonly span: Span;
}

export interface LintedVariable {
  readonly name: string;
  /** `query`, `custom`, `interval`, `datasource`, `textbox`, `constant`, `adhoc`, … */
  readonly type: string;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  /** The query as written, such as `label_values(up, job)`; only of Prometheus query variables. */
  readonly query?: SourceText;
  readonly within: SourceText;
  readonly span: Span;
}

export interface LintedAnnotation {
  readonly name: string;
  readonly query: LintedQuery;
  readonly within: SourceText;
  readonly span: Span;
}

export interface LintedDashboard {
  readonly title: string;
  readonly uid?: string;
  readonly panels: readonly LintedPanel[];
  readonly variables: readonly LintedVariable[];
  readonly annotations: readonly LintedAnnotation[];
  /** Every text of the dashboard in which a variable may stand, such as titles and links. */
  readonly otherTexts: readonly string[];
  readonly within: SourceText;
  readonly span: Span;
}
