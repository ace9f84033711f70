/** Templates of labels and annotations, read as Prometheus reads them. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { TEMPLATE_FUNCTIONS } from '../go-template/functions.ts';
import { functionsOf } from '../go-template/contents.ts';
import { parseGoTemplate } from '../go-template/parser.ts';
import { GoTemplateError } from '../go-template/tree.ts';
import type { GoTemplateNode } from '../go-template/tree.ts';
import type { AlertingRule, RuleGroup, TemplateModel } from '../model.ts';
import { ruleDiagnostic } from './codes.ts';
import { olderThan } from './versions.ts';
import { ruleWhere } from './where.ts';

/** @param version the oldest Prometheus that the rules are for */
export function checkTemplates(group: RuleGroup, version: string): readonly Diagnostic[] {
  return group.rules.flatMap((rule) =>
    rule.kind === 'alertingRule'
      ? [
          ...Object.entries(rule.labels).flatMap(([name, value]) =>
            check(`label \`${name}\``, value, rule, group, version),
          ),
          ...Object.entries(rule.annotations).flatMap(([name, value]) =>
            check(`annotation \`${name}\``, value, rule, group, version),
          ),
        ]
      : [],
  );
}

function check(
  what: string,
  { template, literal }: TemplateModel,
  rule: AlertingRule,
  group: RuleGroup,
  version: string,
): readonly Diagnostic[] {
  const place = { where: ruleWhere(group, rule), position: rule.position };
  if (literal) {
    if (!template.includes('{{')) return [];
    return [
      ruleDiagnostic('R756', {
        message: `The ${what} of the alert \`${rule.name}\` contains "{{", which is printed as it stands.`,
        why: 'A plain text is no template: its braces are escaped, so that Prometheus fills nothing in.',
        fix: 'Write ({ labels, value }) => text`… ${labels.job} …`, or goTemplate(…) for a template in Go notation.',
        ...place,
      }),
    ];
  }
  let nodes: readonly GoTemplateNode[];
  try {
    nodes = parseGoTemplate(template);
  } catch (error) {
    if (!(error instanceof GoTemplateError)) throw error;
    const { start, end } = error.span;
    const at = start < template.length ? ` at ${JSON.stringify(template.slice(start, Math.max(end, start + 1)))}` : '';
    return [
      ruleDiagnostic('R755', {
        message: `The ${what} of the alert \`${rule.name}\` is no template that Prometheus can read: ${error.message}${at}.`,
        why: 'Prometheus refuses the whole rule file when one template in it has a mistake.',
        fix: 'Mend the template, or write the text with text`…`, which cannot go wrong.',
        ...place,
      }),
    ];
  }
  return functionsOf(nodes).flatMap((name) => {
    const since = TEMPLATE_FUNCTIONS[name]?.since;
    if (since === undefined || !olderThan(version, since)) return [];
    return [
      ruleDiagnostic('R760', {
        message: `The ${what} of the alert \`${rule.name}\` calls ${name}(), which Prometheus has since ${since}.`,
        why: `The project is for Prometheus ${version} and newer, and that one refuses the whole rule file.`,
        fix: `Do without ${name}(), or set prometheus.version to "${since}" in dashwright.config.ts.`,
        ...place,
      }),
    ];
  });
}
