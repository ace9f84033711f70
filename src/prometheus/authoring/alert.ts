/** Alerting rules as authors write them. */
import { checkFields, type Fields } from '../../metrics/fields.ts';
import { milliseconds } from '../../query/duration.ts';
import type { Duration, Examples } from '../../query/duration.ts';
import type { AnyQuery, LabelsOf } from '../../query/types.ts';
import { capturePosition } from '../../source/position.ts';
import type { AlertingRule, PanelReference, TemplateModel } from '../model.ts';
import type { AlertTest } from './cases.ts';
import { queryValue } from './query-value.ts';
import { templateModel } from './text.ts';
import type { AnnotationText, LabelText } from './text.ts';

const SEVERITIES = ['critical', 'warning', 'info', 'none'] as const;

/** Who has to act: at once, soon, nobody yet, or nobody at all (such as a watchdog that always fires). */
export type AlertSeverity = (typeof SEVERITIES)[number];

export interface AlertOptions<Q extends AnyQuery> {
  /** Every series of its result is an alert. */
  readonly expr: Q;
  /** How long the expression must have had a result before the alert fires. Default: it fires at once. */
  readonly for?: Duration<Examples>;
  /** How long the alert goes on after the expression has no result any more. */
  readonly keepFiringFor?: Duration<Examples>;
  /** The label `severity`. */
  readonly severity: AlertSeverity;
  /** Further labels, for routing. */
  readonly labels?: Readonly<Record<string, LabelText<LabelsOf<Q>>>>;
  /** One sentence that is the same for every alert of the rule. */
  readonly summary: AnnotationText<LabelsOf<Q>>;
  /** What, where and how much: with labels and value. */
  readonly description: AnnotationText<LabelsOf<Q>>;
  /** Name of a page under the configured address of the runbooks, or a whole address. */
  readonly runbook?: string;
  /** The panel that shows what the alert is about. */
  readonly panel?: PanelReference;
  /** Further annotations. */
  readonly annotations?: Readonly<Record<string, AnnotationText<LabelsOf<Q>>>>;
  readonly tests?: readonly AlertTest<LabelsOf<Q>>[];
}

const FIELDS: Fields<AlertOptions<AnyQuery>> = {
  expr: true,
  for: true,
  keepFiringFor: true,
  severity: true,
  labels: true,
  summary: true,
  description: true,
  runbook: true,
  panel: true,
  annotations: true,
  tests: true,
};

/**
 * Defines an alert.
 *
 * @param name in CamelCase, the component first: `CicdPipelineFailureRatioHigh`
 * @throws TypeError where the expression is no query, the severity is none, or a duration or a text cannot be read
 */
export function alert<const Q extends AnyQuery>(name: string, options: AlertOptions<Q>): AlertingRule {
  const { expr, runbook, panel, severity, summary, description, tests = [] } = options;
  checkFields(options, FIELDS, `The alert "${name}"`);
  if (!SEVERITIES.includes(severity)) {
    throw new TypeError(
      `The severity of the alert "${name}" is ${JSON.stringify(severity)}: write one of "${SEVERITIES.join('", "')}".`,
    );
  }
  return Object.freeze({
    kind: 'alertingRule',
    name,
    query: queryValue(expr, `The expr of the alert "${name}"`),
    ...(options.for === undefined ? {} : { for: milliseconds(options.for) }),
    ...(options.keepFiringFor === undefined ? {} : { keepFiringFor: milliseconds(options.keepFiringFor) }),
    labels: templates({ ...options.labels, severity }, 'The label', name),
    annotations: templates({ ...options.annotations, summary, description }, 'The annotation', name),
    ...(runbook === undefined ? {} : { runbook }),
    ...(panel === undefined ? {} : { panel }),
    tests: Object.freeze([...tests]),
    position: capturePosition(alert),
  });
}

function templates(
  written: Readonly<Record<string, unknown>>,
  what: string,
  rule: string,
): Readonly<Record<string, TemplateModel>> {
  const entries = Object.entries(written).map(([name, value]): [string, TemplateModel] => [
    name,
    templateModel(value, `${what} "${name}" of the alert "${rule}"`),
  ]);
  return Object.freeze(Object.fromEntries(entries));
}
