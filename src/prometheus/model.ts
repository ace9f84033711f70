/**
 * Rules as authors describe them: plain frozen data with the places where they were written. The typed face
 * (authoring/) makes these values; the checks and the compiler read them.
 */
import type { QueryValue } from '../query/query.ts';
import type { SeriesInput } from '../query/series.ts';
import type { CapturedPosition } from '../source/position.ts';

/** A label or annotation as Prometheus reads it: a Go template. */
export interface TemplateModel {
  readonly template: string;
  /** The author wrote plain text, in which braces are no template. */
  readonly literal: boolean;
}

export interface RecordingRule {
  readonly kind: 'recordingRule';
  readonly name: string;
  readonly query: QueryValue;
  readonly labels: Readonly<Record<string, string>>;
  readonly help?: string;
  readonly position: CapturedPosition;
}

/** A panel of a dashboard, as the dashboard names it. */
export interface PanelReference {
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly title?: string;
}

export interface AlertingRule {
  readonly kind: 'alertingRule';
  readonly name: string;
  readonly query: QueryValue;
  /** Milliseconds. */
  readonly for?: number;
  /** Milliseconds. */
  readonly keepFiringFor?: number;
  /** With `severity`. */
  readonly labels: Readonly<Record<string, TemplateModel>>;
  /** With `summary` and `description`; the links are added when the rule is compiled. */
  readonly annotations: Readonly<Record<string, TemplateModel>>;
  readonly runbook?: string;
  readonly panel?: PanelReference;
  readonly tests: readonly AlertCase[];
  readonly position: CapturedPosition;
}

/** An alert that a test expects: its labels without those that the rule adds, and what its annotations say. */
export interface ExpectedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A unit test of one alert. */
export interface AlertCase {
  readonly kind: 'firing' | 'silent';
  readonly name: string;
  readonly series: readonly SeriesInput[];
  /** When to look, in milliseconds from the first sample. */
  readonly at: number;
  /** Milliseconds between the samples. */
  readonly interval: number;
  /** None for `silent`. */
  readonly alerts: readonly ExpectedAlert[];
  readonly position: CapturedPosition;
}

export type Rule = RecordingRule | AlertingRule;

export interface RuleGroup {
  readonly kind: 'ruleGroup';
  readonly name: string;
  /** Milliseconds between evaluations; absent: the server's `evaluation_interval`. */
  readonly interval?: number;
  /** Milliseconds. */
  readonly queryOffset?: number;
  /** The most alerts, or series of a recording rule, that a rule may produce. */
  readonly limit?: number;
  /** Added to every alert of the group. */
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
  readonly position: CapturedPosition;
}
