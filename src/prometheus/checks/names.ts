/** Names of rules, groups, labels and annotations, as `promtool check rules` of every Prometheus accepts them. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from '../model.ts';
import { ruleFileName } from '../compile/paths.ts';
import { ruleDiagnostic } from './codes.ts';
import { groupWhere, ruleWhere } from './where.ts';

// UTF-8 names need Prometheus 3 and quotes wherever they are used.
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CAMEL_CASE = /^[A-Z][A-Za-z0-9]*$/;

export function checkNames(groups: readonly RuleGroup[]): readonly Diagnostic[] {
  return groups.flatMap((group) => [
    ...checkGroupName(group, groups),
    ...checkLabelNames(Object.keys(group.labels), 'label', group),
    ...group.rules.flatMap((rule) => checkRule(rule, group)),
  ]);
}

function checkGroupName(group: RuleGroup, groups: readonly RuleGroup[]): readonly Diagnostic[] {
  const { name, position } = group;
  const where = groupWhere(group);
  if (name.trim() === '') {
    return [
      ruleDiagnostic('R752', {
        message: 'The group has no name.',
        why: 'Prometheus refuses a group without a name, and the rule file is named after it.',
        fix: "Give ruleGroup('name', …) a name.",
        where,
        position,
      }),
    ];
  }
  const first = groups.find((other) => ruleFileName(other.name) === ruleFileName(name));
  if (first === undefined || first === group) return [];
  return [
    ruleDiagnostic('R752', {
      message:
        first.name === name
          ? `There is another group \`${name}\`.`
          : `The groups \`${first.name}\` and \`${name}\` would be written to the same file \`${ruleFileName(name)}\`.`,
      why: 'A group has a rule file of its own, and tests and the rules page of Prometheus tell groups apart by their names.',
      fix: 'Rename one of them.',
      where,
      position,
      related: relatedTo(first, 'the other group'),
    }),
  ];
}

function relatedTo(other: RuleGroup | Rule, message: string): Diagnostic['related'] {
  const position = other.position.resolve();
  return [{ message, ...(position === undefined ? {} : { position }) }];
}

function checkRule(rule: Rule, group: RuleGroup): readonly Diagnostic[] {
  return rule.kind === 'recordingRule'
    ? [...checkRecordName(rule, group), ...checkLabelNames(Object.keys(rule.labels), 'label', group, rule)]
    : [
        ...checkAlertName(rule, group),
        ...checkLabelNames(Object.keys(rule.labels), 'label', group, rule),
        ...checkLabelNames(Object.keys(rule.annotations), 'annotation', group, rule),
      ];
}

function checkRecordName(rule: RecordingRule, group: RuleGroup): readonly Diagnostic[] {
  if (METRIC_NAME.test(rule.name)) return [];
  return [
    ruleDiagnostic('R750', {
      message: `${JSON.stringify(rule.name)} is no name of a metric.`,
      why: 'A recording rule makes a metric: letters, digits, "_" and ":", and no digit first.',
      fix: 'Name it level:metric:operations, such as "job:http_requests:rate5m".',
      where: ruleWhere(group, rule),
      position: rule.position,
    }),
  ];
}

function checkAlertName(rule: AlertingRule, group: RuleGroup): readonly Diagnostic[] {
  const place = { where: ruleWhere(group, rule), position: rule.position };
  if (rule.name.trim() === '') {
    return [
      ruleDiagnostic('R750', {
        message: 'The alert has no name.',
        why: 'The name becomes the label "alertname", by which alerts are routed and silenced.',
        fix: "Give alert('Name', …) a name in CamelCase.",
        ...place,
      }),
    ];
  }
  if (CAMEL_CASE.test(rule.name)) return [];
  return [
    ruleDiagnostic('R751', {
      message: `The name of the alert ${JSON.stringify(rule.name)} is not in CamelCase.`,
      why: 'Silences, routes and runbooks name alerts; everybody expects words written together, the component first.',
      fix: `Name it as in "CicdPipelineFailureRatioHigh".`,
      ...place,
    }),
  ];
}

const RESERVED: Readonly<Record<string, string>> = {
  __name__: 'Prometheus refuses it: the name of a metric is not set by a label of a rule.',
  alertname: 'Prometheus overwrites it with the name of the alert.',
};

function checkLabelNames(
  names: readonly string[],
  what: 'label' | 'annotation',
  group: RuleGroup,
  rule?: Rule,
): readonly Diagnostic[] {
  const place = { where: rule ? ruleWhere(group, rule) : groupWhere(group), position: (rule ?? group).position };
  return names.flatMap((name) => {
    const reserved = what === 'label' && rule?.kind !== 'recordingRule' ? RESERVED[name] : undefined;
    if (LABEL_NAME.test(name) && reserved === undefined && !(what === 'label' && name === '__name__')) return [];
    return [
      ruleDiagnostic('R754', {
        message: `${JSON.stringify(name)} cannot be the name of ${what === 'label' ? 'a label' : 'an annotation'} here.`,
        why:
          (LABEL_NAME.test(name) ? RESERVED[name] : undefined) ??
          'Names have letters, digits and "_", and no digit first.',
        fix: 'Rename it.',
        ...place,
      }),
    ];
  });
}
