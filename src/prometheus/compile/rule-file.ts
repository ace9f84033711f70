/** The rule file of a group. */
import { printDuration } from '../../promql/duration.ts';
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from '../model.ts';
import { linkAnnotations } from './links.ts';
import type { ResolvedOptions } from './options.ts';
import { sorted, yamlFile } from './yaml.ts';

/** The expression of a rule as Prometheus reads it. */
export type Expressions = ReadonlyMap<Rule, string>;

/**
 * The text of a rule file. Labels of the group are written on each alert: Prometheus knows them on groups only
 * since 3.0, and there they would be on recorded series too, whose labels would then not be those of the query.
 */
export function ruleFile(group: RuleGroup, expressions: Expressions, options: ResolvedOptions): string {
  const { name, interval, queryOffset, limit, rules } = group;
  return yamlFile({
    groups: [
      {
        name,
        ...(interval === undefined ? {} : { interval: printDuration(interval) }),
        ...(queryOffset === undefined ? {} : { query_offset: printDuration(queryOffset) }),
        ...(limit === undefined ? {} : { limit }),
        rules: rules.map((rule) => {
          const expr = expressions.get(rule) ?? '';
          return rule.kind === 'recordingRule' ? recording(rule, expr) : alerting(rule, expr, group, options);
        }),
      },
    ],
  });
}

function recording({ name, labels }: RecordingRule, expr: string): unknown {
  return { record: name, expr, ...(Object.keys(labels).length === 0 ? {} : { labels: sorted(labels) }) };
}

function alerting(rule: AlertingRule, expr: string, group: RuleGroup, options: ResolvedOptions): unknown {
  return {
    alert: rule.name,
    expr,
    ...(rule.for === undefined ? {} : { for: printDuration(rule.for) }),
    ...(rule.keepFiringFor === undefined ? {} : { keep_firing_for: printDuration(rule.keepFiringFor) }),
    labels: sorted(alertLabels(rule, group)),
    annotations: sorted(alertAnnotations(rule, options)),
  };
}

/** Templates of the labels that a rule adds. */
export function alertLabels(rule: AlertingRule, group: RuleGroup): Readonly<Record<string, string>> {
  return { ...group.labels, ...templatesOf(rule.labels) };
}

/** Templates of all annotations, links too. */
export function alertAnnotations(rule: AlertingRule, options: ResolvedOptions): Readonly<Record<string, string>> {
  return { ...linkAnnotations(rule, options), ...templatesOf(rule.annotations) };
}

function templatesOf(models: AlertingRule['labels']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(models).map(([name, { template }]) => [name, template]));
}
