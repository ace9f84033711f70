/** Which groups record what another group reads. */
import type { RuleGroup } from '../model.ts';
import { selectedNames } from './tree-contents.ts';

/**
 * A group and all groups that it needs, itself last.
 *
 * @returns those that record come before those that read, as far as they do not read each other; otherwise in
 *   the order of `groups`
 */
export function neededGroups(group: RuleGroup, groups: readonly RuleGroup[]): readonly RuleGroup[] {
  const ordered: RuleGroup[] = [];
  const seen = new Set<RuleGroup>();
  const visit = (current: RuleGroup): void => {
    if (seen.has(current)) return;
    seen.add(current);
    const names = new Set(current.rules.flatMap(({ query }) => selectedNames(query.expr)));
    groups.filter((other) => records(other, names)).forEach(visit);
    ordered.push(current);
  };
  visit(group);
  return ordered;
}

function records(group: RuleGroup, names: ReadonlySet<string>): boolean {
  return group.rules.some((rule) => rule.kind === 'recordingRule' && names.has(rule.name));
}
