/** Tests of alerts: there is one, and what it says can be compared. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { expectedAnnotations } from '../compile/unit-tests.ts';
import type { ResolvedOptions } from '../compile/options.ts';
import type { AlertCase, AlertingRule, RuleGroup } from '../model.ts';
import { ruleDiagnostic } from './codes.ts';
import { ruleWhere } from './where.ts';

/**
 * @param sharedNames names that more than one alert has
 * @throws GoTemplateError for a template that cannot be read; that is another check's business, and comes first
 */
export function checkCases(
  group: RuleGroup,
  sharedNames: ReadonlySet<string>,
  options: ResolvedOptions,
): readonly Diagnostic[] {
  return group.rules.flatMap((rule) =>
    rule.kind === 'alertingRule'
      ? [...hasTest(rule, group), ...rule.tests.flatMap((test) => comparable(test, rule, group, sharedNames, options))]
      : [],
  );
}

function hasTest(rule: AlertingRule, group: RuleGroup): readonly Diagnostic[] {
  if (rule.tests.some(({ kind }) => kind === 'firing')) return [];
  return [
    ruleDiagnostic('R764', {
      message: `No test shows that the alert \`${rule.name}\` fires.`,
      why: 'Many alerts that are loaded without an error can never fire.',
      fix: "Add tests: [firing('…', { series: […], at: '…', labels: { … } }), silent(…)].",
      where: ruleWhere(group, rule),
      position: rule.position,
    }),
  ];
}

function comparable(
  test: AlertCase,
  rule: AlertingRule,
  group: RuleGroup,
  sharedNames: ReadonlySet<string>,
  options: ResolvedOptions,
): readonly Diagnostic[] {
  const place = { where: [...ruleWhere(group, rule), `test "${test.name}"`], position: test.position };
  return test.alerts.flatMap((alert) => {
    if (alert.annotations === undefined) return [];
    if (sharedNames.has(rule.name)) {
      return [
        ruleDiagnostic('R763', {
          message: `The test \`${test.name}\` expects annotations, but several alerts are called \`${rule.name}\`.`,
          why: 'promtool compares the annotations of all alerts of one name at once.',
          fix: 'Leave the annotations out, or give the alerts names of their own.',
          ...place,
        }),
      ];
    }
    const { missing } = expectedAnnotations(alert, rule, options);
    if (missing.length === 0) return [];
    return [
      ruleDiagnostic('R763', {
        message: `The test \`${test.name}\` expects annotations, but not ${missing.map((name) => `\`${name}\``).join(', ')}.`,
        why: 'promtool compares all annotations or none, and what prints the value of the alert is not known beforehand.',
        fix: 'Write them into the test as well, or leave all annotations out.',
        ...place,
      }),
    ];
  });
}
