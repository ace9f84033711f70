/** Lengths of time, limits and what needs a newer server. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { printDuration } from '../../promql/duration.ts';
import type { AlertingRule, RuleGroup } from '../model.ts';
import { ruleDiagnostic } from './codes.ts';
import { olderThan } from './versions.ts';
import { groupWhere, ruleWhere } from './where.ts';

/** @param version the oldest Prometheus that the rules are for */
export function checkTimes(group: RuleGroup, version: string): readonly Diagnostic[] {
  const place = { where: groupWhere(group), position: group.position };
  const found: Diagnostic[] = [];
  if (group.interval !== undefined && group.interval <= 0) {
    found.push(
      ruleDiagnostic('R757', {
        message: `The interval of the group \`${group.name}\` is ${printDuration(group.interval)}.`,
        why: 'Prometheus takes an interval of zero for the default one and refuses a negative one.',
        fix: 'Write a length of time such as "1m", or leave it out.',
        ...place,
      }),
    );
  }
  if (group.queryOffset !== undefined && group.queryOffset < 0) {
    found.push(
      ruleDiagnostic('R757', {
        message: `The query offset of the group \`${group.name}\` is ${printDuration(group.queryOffset)}.`,
        why: 'Rules cannot look into the future.',
        fix: 'Write a length of time such as "30s", or leave it out.',
        ...place,
      }),
    );
  }
  if (group.queryOffset !== undefined && olderThan(version, '2.53')) {
    found.push(
      ruleDiagnostic('R760', {
        message: `The group \`${group.name}\` has a query offset, which Prometheus knows since 2.53.`,
        why: `The project is for Prometheus ${version} and newer, and that one refuses a rule file with a field that it does not know.`,
        fix: 'Write the offset into the expressions, or set prometheus.version to "2.53" in dashwright.config.ts.',
        ...place,
      }),
    );
  }
  if (group.limit !== undefined && !(Number.isInteger(group.limit) && group.limit > 0)) {
    found.push(
      ruleDiagnostic('R762', {
        message: `The limit of the group \`${group.name}\` is ${group.limit}.`,
        why: 'It is the most series that a rule may produce; Prometheus takes 0 for no limit.',
        fix: 'Write a whole number above zero, or leave it out.',
        ...place,
      }),
    );
  }
  if (group.rules.length === 0) {
    found.push(
      ruleDiagnostic('R753', {
        message: `The group \`${group.name}\` has no rules.`,
        why: 'Prometheus loads it and does nothing.',
        fix: 'List rules, or remove the group.',
        ...place,
      }),
    );
  }
  return [
    ...found,
    ...group.rules.flatMap((rule) => (rule.kind === 'alertingRule' ? ofAlert(rule, group, version) : [])),
  ];
}

function ofAlert(rule: AlertingRule, group: RuleGroup, version: string): readonly Diagnostic[] {
  const place = { where: ruleWhere(group, rule), position: rule.position };
  const lengths = { for: rule.for, keepFiringFor: rule.keepFiringFor };
  const negative = Object.entries(lengths).flatMap(([name, length]) =>
    length === undefined || length >= 0
      ? []
      : [
          ruleDiagnostic('R757', {
            message: `\`${name}\` of the alert \`${rule.name}\` is ${printDuration(length)}.`,
            why: 'Prometheus refuses a negative length of time.',
            fix: 'Write a length of time such as "15m", or leave it out.',
            ...place,
          }),
        ],
  );
  if (rule.keepFiringFor === undefined || !olderThan(version, '2.42')) return negative;
  return [
    ...negative,
    ruleDiagnostic('R760', {
      message: `The alert \`${rule.name}\` has keepFiringFor, which Prometheus knows since 2.42.`,
      why: `The project is for Prometheus ${version} and newer, and that one refuses a rule file with a field that it does not know.`,
      fix: 'Leave it out, or set prometheus.version to "2.42" in dashwright.config.ts.',
      ...place,
    }),
  ];
}
