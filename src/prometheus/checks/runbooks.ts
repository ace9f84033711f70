/** Runbooks are addresses that people open from a notification. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { runbookAddress } from '../compile/links.ts';
import type { ResolvedOptions } from '../compile/options.ts';
import type { RuleGroup } from '../model.ts';
import { ruleDiagnostic } from './codes.ts';
import { ruleWhere } from './where.ts';

export function checkRunbooks(group: RuleGroup, options: ResolvedOptions): readonly Diagnostic[] {
  return group.rules.flatMap((rule) => {
    if (rule.kind !== 'alertingRule' || rule.runbook === undefined) return [];
    if (runbookAddress(rule.runbook, options) !== undefined) return [];
    return [
      ruleDiagnostic('R761', {
        message: `The alert \`${rule.name}\` has the runbook \`${rule.runbook}\`, but it is not known where the runbooks are.`,
        why: 'The annotation runbook_url is an address that people open from a notification.',
        fix: 'Set runbooks in dashwright.config.ts, or write the whole address, with https://.',
        where: ruleWhere(group, rule),
        position: rule.position,
      }),
    ];
  });
}
