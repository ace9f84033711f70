/** How a diagnostic names the place: from outer to inner. */
import type { Rule, RuleGroup } from '../model.ts';

export function groupWhere(group: RuleGroup): readonly string[] {
  return [`group "${group.name}"`];
}

export function ruleWhere(group: RuleGroup, rule: Rule): readonly string[] {
  return [...groupWhere(group), `${rule.kind === 'alertingRule' ? 'alert' : 'record'} "${rule.name}"`];
}
