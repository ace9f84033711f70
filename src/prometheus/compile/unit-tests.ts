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

/** A test file. */
export interface UnitTestFile {
  /** Milliseconds between evaluations, where it is not the interval of the group. */
  readonly every: number | undefined;
  readonly text: string;
}

/**
 * The test files of a group: one for each interval of evaluation, which in promtool belongs to the file.
 *
 * That interval is the group's. Only where samples are farther apart, rules are evaluated when there is a
 * sample: in between, a query sees nothing once the last one is five minutes old, and days full of needless
 * evaluations go beyond the 10,000 samples that promtool lets a query load.
 *
 * promtool compares alerts exactly, annotations too, but it cannot be told to leave some out. Where an
 * annotation prints a value that the test does not give, the labels of what fires are compared instead, by
 * way of the series ALERTS.
 */
export function unitTestFiles(tested: TestedGroup, options: ResolvedOptions): readonly UnitTestFile[] {
  const { group, needs } = tested;
  const usual = group.interval ?? options.evaluationInterval;
  const entries = group.rules.flatMap((rule) =>
    rule.kind === 'alertingRule'
      ? rule.tests.map((test) => ({
          every: Math.max(usual, test.interval),
          entry: testEntry(test, rule, tested, options),
        }))
      : [],
  );
  const intervals = [...new Set(entries.map(({ every }) => every))].toSorted((a, b) => a - b);
  return intervals.map((every) => ({
    every: every === usual ? undefined : every,
    text: yamlFile({
      rule_files: needs.map(({ file }) => `../rules/${file}`),
      evaluation_interval: printDuration(every),
      // Groups that are not named here would be evaluated in a random order.
      group_eval_order: needs.map((need) => need.group.name),
      tests: entries.filter((test) => test.every === every).map(({ entry }) => entry),
    }),
  }));
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
