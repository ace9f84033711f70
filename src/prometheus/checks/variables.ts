/** Rules run on a server that knows nothing of dashboards. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RuleGroup } from '../model.ts';
import { variablesIn } from '../compile/tree-contents.ts';
import { ruleDiagnostic } from './codes.ts';
import { ruleWhere } from './where.ts';

export function checkVariables(group: RuleGroup): readonly Diagnostic[] {
  return group.rules.flatMap((rule) =>
    variablesIn(rule.query.expr).map((name) =>
      ruleDiagnostic('R766', {
        message: `The query uses the Grafana variable "$${name}".`,
        why: 'Only Grafana fills variables in; Prometheus reads the rule as it stands and refuses it, or looks for that very text.',
        fix: 'Leave the matcher out, or write the value. A range that is left out is chosen from the scrape interval.',
        where: ruleWhere(group, rule),
        position: rule.query.position,
      }),
    ),
  );
}
