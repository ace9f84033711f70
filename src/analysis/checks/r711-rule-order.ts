import type { Expr } from '../../promql/ast.ts';
import type { GroupSubject, Subject } from '../subject.ts';
import { defineCheck, type Check, type PlacedFinding, type Project } from '../check.ts';
import { children } from '../../promql/walk.ts';
import { selectedNames } from '../facts/selected-names.ts';
import { list } from '../wording.ts';

export const ruleOrder: Check = defineCheck({
  code: 'R711',
  project: (project) => [...circles(project), ...project.subject.groups.flatMap((group) => lateRules(group, project))],
});

/** Rules that read each other, directly or by way of others. One that reads itself alone keeps a state on purpose. */
function circles(project: Project): readonly PlacedFinding[] {
  const rules = project.subject.groups.flatMap((group) => group.rules).filter(({ place }) => place.type === 'record');
  const reads = new Map<string, Set<string>>();
  for (const rule of rules) {
    const name = nameOf(rule);
    reads.set(name, new Set([...(reads.get(name) ?? []), ...namesRead(rule, project)]));
  }
  return rules.flatMap((rule): PlacedFinding[] => {
    const name = nameOf(rule);
    const way = wayBack(name, reads);
    if (!way || way.length < 2) return [];
    return [
      {
        subject: rule,
        message: `\`${name}\` is recorded from itself, by way of ${list(way.slice(1))}.`,
        why: 'Each of these rules reads what the others recorded one evaluation before, so the values run on for ever and mean nothing.',
        fix: 'Record from the scraped metrics, not from each other.',
      },
    ];
  });
}

/** The shortest way from a rule back to itself. */
function wayBack(start: string, reads: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[start]];
  while (ways.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of ways) {
      for (const name of reads.get(way.at(-1) ?? '') ?? []) {
        if (name === start) return way;
        if (seen.has(name) || !reads.has(name)) continue;
        seen.add(name);
        next.push([...way, name]);
      }
    }
    ways = next;
  }
  return undefined;
}

/** Rules of a group that read what a later one records: always the value of one evaluation before. */
function lateRules(group: GroupSubject, project: Project): readonly PlacedFinding[] {
  return group.rules.flatMap((rule, index): PlacedFinding[] => {
    const later = group.rules.slice(index + 1).filter(({ place }) => place.type === 'record');
    const before = new Set(group.rules.slice(0, index + 1).map(nameOf));
    const tree = project.trees.get(rule);
    const read = tree ? namesReadNow(tree) : [];
    const late = [...new Set(later.map(nameOf))].filter(
      (name) => read.includes(name) && !before.has(name) && name !== nameOf(rule),
    );
    if (late.length === 0) return [];
    return [
      {
        subject: rule,
        message: `\`${nameOf(rule)}\` reads ${list(late)}, which the group records later.`,
        why: 'A group is evaluated from top to bottom, so this rule always sees the values of the evaluation before.',
        fix: `Move ${list(late)} above it.`,
      },
    ];
  });
}

/** Names read at the moment of the evaluation. A range looks back over many evaluations: one more or less is no matter. */
function namesReadNow(expr: Expr): readonly string[] {
  if (expr.type === 'MatrixSelector' || expr.type === 'SubqueryExpr') return [];
  return expr.type === 'VectorSelector' ? selectedNames(expr) : children(expr).flatMap(namesReadNow);
}

function namesRead(rule: Subject, { trees }: Project): readonly string[] {
  const tree = trees.get(rule);
  return tree ? selectedNames(tree) : [];
}

function nameOf({ place }: Subject): string {
  return place.type === 'record' || place.type === 'alert' ? place.name : '';
}
