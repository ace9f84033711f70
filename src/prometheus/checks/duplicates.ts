/** Rules that say the same twice. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Rule, RuleGroup } from '../model.ts';
import { ruleDiagnostic } from './codes.ts';
import { ruleWhere } from './where.ts';

interface Placed {
  readonly rule: Rule;
  readonly group: RuleGroup;
}

export function checkDuplicates(groups: readonly RuleGroup[]): readonly Diagnostic[] {
  const first = new Map<string, Placed>();
  return groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      const identity = identityOf(rule, group);
      const earlier = first.get(identity);
      if (earlier === undefined) {
        first.set(identity, { rule, group });
        return [];
      }
      return [duplicate({ rule, group }, earlier)];
    }),
  );
}

function identityOf(rule: Rule, group: RuleGroup): string {
  const own = Object.entries(rule.labels).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : value.template,
  ]);
  const inherited = rule.kind === 'alertingRule' ? group.labels : {};
  const labels = Object.entries({ ...inherited, ...Object.fromEntries(own) }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([rule.kind, rule.name, labels]);
}

function duplicate({ rule, group }: Placed, earlier: Placed): Diagnostic {
  const position = earlier.rule.position.resolve();
  const place = {
    where: ruleWhere(group, rule),
    position: rule.position,
    related: [
      {
        message: `the other one, in ${ruleWhere(earlier.group, earlier.rule).join(' › ')}`,
        ...(position && { position }),
      },
    ],
  };
  return rule.kind === 'recordingRule'
    ? ruleDiagnostic('R758', {
        message: `\`${rule.name}\` is recorded twice with the same labels.`,
        why: 'Both rules write the same series: Prometheus refuses the later samples, or stores now the one, now the other.',
        fix: 'Remove one of them, or tell them apart by their names or labels.',
        ...place,
      })
    : ruleDiagnostic('R759', {
        message: `There are two alerts \`${rule.name}\` with the same labels.`,
        why: 'Alertmanager cannot tell their alerts apart and merges those of equal labels.',
        fix: 'Join the conditions with or, or give them different severities.',
        ...place,
      });
}
