/** What Prometheus refuses in the names and templates of rules, beyond the shape of the file. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { parseGoTemplate } from '../../prometheus/go-template/parser.ts';
import { GoTemplateError } from '../../prometheus/go-template/tree.ts';
import { ruleDiagnostic } from '../../prometheus/checks/codes.ts';
import type { LintedGroup, LintedRule } from '../model.ts';
import { positionOf } from '../text/source-text.ts';
import type { SourceText } from '../text/source-text.ts';

const REFUSED = 'Prometheus refuses the whole rule file, and keeps the rules that it had before.';

/** @param groups of one file */
export function ruleFaults(groups: readonly LintedGroup[]): readonly Diagnostic[] {
  return [
    ...groups.flatMap((group) => group.rules.flatMap((rule) => faultsOf(rule, whereOf(group, rule)))),
    ...recordedTwice(groups),
  ];
}

function whereOf(group: LintedGroup, rule: LintedRule): readonly string[] {
  return [`group "${group.name.text}"`, `${rule.type} "${rule.name.text}"`];
}

function faultsOf(rule: LintedRule, where: readonly string[]): readonly Diagnostic[] {
  if (rule.type === 'record') return recordName(rule.name, where);
  const texts = [
    ...[...rule.labels].map(([name, text]) => ({ what: `label \`${name}\``, text })),
    ...[...rule.annotations].map(([name, text]) => ({ what: `annotation \`${name}\``, text })),
  ];
  return [
    ...(rule.labels.has('__name__') ? nameLabel(rule, where) : []),
    ...texts.flatMap(({ what, text }) => badTemplate(what, text, where)),
  ];
}

/** Since version 3 a name may hold any character, but braces show that the expression stands in the wrong field. */
function recordName(name: SourceText, where: readonly string[]): readonly Diagnostic[] {
  if (!/[{}]/.test(name.text)) return [];
  const fault = ruleDiagnostic('R750', {
    message: `\`${name.text}\` is no name of a metric.`,
    why: REFUSED,
    fix: 'Write the name alone as `record`; labels go into `labels`, a selector into `expr`.',
    where,
    position: at(name, 0),
  });
  return [fault];
}

function nameLabel({ labels, name }: LintedRule, where: readonly string[]): readonly Diagnostic[] {
  const fault = ruleDiagnostic('R754', {
    message: 'An alert cannot have the label `__name__`.',
    why: REFUSED,
    fix: 'Remove it, or choose another name for it.',
    where,
    position: at(labels.get('__name__') ?? name, 0),
  });
  return [fault];
}

function badTemplate(what: string, source: SourceText, where: readonly string[]): readonly Diagnostic[] {
  try {
    parseGoTemplate(source.text);
    return [];
  } catch (error) {
    if (!(error instanceof GoTemplateError)) throw error;
    const fault = ruleDiagnostic('R755', {
      message: `The ${what} is no template that Prometheus can read: ${error.message}.`,
      why: REFUSED,
      fix: 'Mend the template at the marked place.',
      where,
      position: at(source, Math.min(error.span.start, source.text.length)),
    });
    return [fault];
  }
}

/** Two rules of one file that write the same series: Prometheus keeps whichever comes first, and drops the other. */
function recordedTwice(groups: readonly LintedGroup[]): readonly Diagnostic[] {
  const first = new Map<string, LintedRule>();
  return groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      if (rule.type !== 'record') return [];
      const labels = new Map([...group.labels, ...rule.labels]);
      const names = [...labels.keys()].toSorted();
      const identity = JSON.stringify([rule.name.text, names.map((name) => [name, labels.get(name)?.text])]);
      const earlier = first.get(identity);
      if (earlier === undefined) {
        first.set(identity, rule);
        return [];
      }
      if (earlier.expr.text.trim() !== rule.expr.text.trim()) return [];
      const fault = ruleDiagnostic('R758', {
        message: `\`${rule.name.text}\` is recorded twice from the same expression.`,
        why: 'Both rules write the same series, and Prometheus drops the second sample with an error in its log.',
        fix: 'Remove one of them.',
        where: whereOf(group, rule),
        position: at(rule.name, 0),
        related: [{ message: 'the other one', position: positionOf(earlier.name) }],
      });
      return [fault];
    }),
  );
}

function at(source: SourceText, offset: number): { readonly resolve: () => ReturnType<typeof positionOf> } {
  return { resolve: () => positionOf(source, offset) };
}
