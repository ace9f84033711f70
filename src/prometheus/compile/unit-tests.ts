/** Unit tests of a group's alerts, in the format of `promtool test rules`. */
import { printDuration } from '../../promql/duration.ts';
import { textFor } from '../go-template/contents.ts';
import { parseGoTemplate } from '../go-template/parser.ts';
import type { AlertCase, AlertingRule, ExpectedAlert, Rule, RuleGroup } from '../model.ts';
import type { ResolvedOptions } from './options.ts';
import { alertAnnotations, alertLabels } from './rule-file.ts';
import { sorted, yamlFile } from './yaml.ts';

/** What has to be loaded for a group's tests: itself and the groups that record what it reads. */
export interface TestedGroup {
  readonly group: RuleGroup;
  /** In the order in which they are evaluated. */
  readonly needs: readonly { readonly group: RuleGroup; readonly file: string }[];
  /** Names that more than one alert of these groups has. */
  readonly sharedNames: ReadonlySet<string>;
}

/**
 * The text of a test file.
 *
 * promtool compares alerts exactly, annotations too, but it cannot be told to leave some out. Where an
 * annotation prints a value that the test does not give, the labels of what fires are compared instead, by
 * way of the series ALERTS.
 *
 * @returns `undefined` for a group without tests
 */
export function unitTestFile(tested: TestedGroup, options: ResolvedOptions): string | undefined {
  const { group, needs } = tested;
  const tests = group.rules.flatMap((rule) =>
    rule.kind === 'alertingRule' ? rule.tests.map((test) => testEntry(test, rule, tested, options)) : [],
  );
  if (tests.length === 0) return undefined;
  return yamlFile({
    rule_files: needs.map(({ file }) => `../rules/${file}`),
    // promtool evaluates every group at this interval, whatever the group itself says.
    evaluation_interval: printDuration(group.interval ?? options.evaluationInterval),
    group_eval_order: needs.map((need) => need.group.name),
    tests,
  });
}

function testEntry(test: AlertCase, rule: AlertingRule, tested: TestedGroup, options: ResolvedOptions): unknown {
  const { externalLabels } = options;
  return {
    name: `${rule.name}: ${test.name}`,
    interval: printDuration(test.interval),
    ...(Object.keys(externalLabels).length === 0 ? {} : { external_labels: sorted(externalLabels) }),
    input_series: test.series.map(({ series, values }) => ({ series, values })),
    ...comparison(test, rule, tested, options),
  };
}

function comparison(test: AlertCase, rule: AlertingRule, tested: TestedGroup, options: ResolvedOptions): object {
  const at = printDuration(test.at);
  const expected = test.alerts.map((alert) => ({
    labels: expectedLabels(alert, rule, tested.group, options),
    ...expectedAnnotations(alert, rule, options),
  }));
  if (!tested.sharedNames.has(rule.name) && expected.every(({ missing }) => missing.length === 0)) {
    return {
      alert_rule_test: [
        {
          eval_time: at,
          alertname: rule.name,
          exp_alerts: expected.map(({ labels, known }) => ({
            exp_labels: sorted(labels),
            exp_annotations: sorted(known),
          })),
        },
      ],
    };
  }
  const alertname = rule.name;
  return {
    promql_expr_test: [
      {
        expr: `ALERTS${braces({ alertname, alertstate: 'firing', ...staticLabels(rule, tested.group) })}`,
        eval_time: at,
        exp_samples: expected.map(({ labels }) => ({
          labels: `ALERTS${braces({ alertname, alertstate: 'firing', ...labels })}`,
          value: 1,
        })),
      },
    ],
  };
}

/** The labels of an expected alert, with those that the rule adds. */
function expectedLabels(
  alert: ExpectedAlert,
  rule: AlertingRule,
  group: RuleGroup,
  options: ResolvedOptions,
): Readonly<Record<string, string>> {
  const added = Object.entries(alertLabels(rule, group)).map(([name, template]): [string, string | undefined] => [
    name,
    printed(template, alert, options),
  ]);
  const known = added.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  // What the author expects wins, so that a wrong expectation fails instead of being mended here.
  return { ...Object.fromEntries(known), ...alert.labels };
}

/** What the annotations of an expected alert say, as far as labels and the test tell. */
export function expectedAnnotations(
  alert: ExpectedAlert,
  rule: AlertingRule,
  options: ResolvedOptions,
): { readonly known: Readonly<Record<string, string>>; readonly missing: readonly string[] } {
  const all = Object.entries(alertAnnotations(rule, options)).map(([name, template]) => ({
    name,
    text: alert.annotations?.[name] ?? printed(template, alert, options),
  }));
  const known = all.flatMap(({ name, text }): [string, string][] => (text === undefined ? [] : [[name, text]]));
  return {
    known: { ...Object.fromEntries(known), ...alert.annotations },
    missing: all.filter(({ text }) => text === undefined).map(({ name }) => name),
  };
}

function printed(template: string, { labels }: ExpectedAlert, { externalLabels }: ResolvedOptions): string | undefined {
  return textFor(parseGoTemplate(template), { labels, externalLabels });
}

/** Labels of the rule that are the same for all of its alerts: they tell rules of one name apart. */
function staticLabels(rule: AlertingRule, group: RuleGroup): Readonly<Record<string, string>> {
  const entries = Object.entries(alertLabels(rule, group)).filter(([, template]) => !template.includes('{{'));
  return Object.fromEntries(entries);
}

function braces(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(sorted(labels)).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${pairs.join(', ')}}`;
}

/** Names that more than one alert of these groups has. */
export function sharedAlertNames(groups: readonly RuleGroup[]): ReadonlySet<string> {
  const names = groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ name }) => name));
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

function isAlert(rule: Rule): rule is AlertingRule {
  return rule.kind === 'alertingRule';
}
