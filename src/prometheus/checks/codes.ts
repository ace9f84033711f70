/**
 * The codes of this room: what Prometheus refuses when it loads rules, and what makes a rule useless although
 * it loads. What an expression means is the business of the analysis.
 */
import { codeEntries, codeOf, type CodeEntry } from '../../diagnostics/code-table.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CapturedPosition } from '../../source/position.ts';

const ROWS = [
  ['R750', 'bad-rule-name', 'error', 'Prometheus refuses the name of the rule'],
  ['R751', 'alert-name-style', 'info', 'The name of an alert is not in CamelCase'],
  ['R752', 'bad-group-name', 'error', 'The group has no name, or one that another group has'],
  ['R753', 'empty-group', 'warning', 'The group has no rules'],
  ['R754', 'bad-label-name', 'error', 'A label or annotation has a name that Prometheus refuses or overwrites'],
  ['R755', 'bad-template', 'error', 'The template of a label or annotation cannot be read'],
  [
    'R756',
    'template-in-plain-text',
    'warning',
    'Plain text contains braces of a template, which are printed as they stand',
  ],
  ['R757', 'bad-duration', 'error', 'A length of time of a rule or group is negative or zero'],
  ['R758', 'recorded-twice', 'error', 'Two rules record the same series'],
  ['R759', 'alert-twice', 'warning', 'Two alerts have the same name and the same labels'],
  ['R760', 'needs-newer-prometheus', 'error', 'The rule needs a newer Prometheus than the project is for'],
  ['R761', 'runbook-without-address', 'error', 'The address of the runbooks is not configured'],
  ['R762', 'bad-limit', 'error', 'The limit of a group is not a whole number above zero'],
  ['R763', 'test-cannot-compare', 'error', 'A test says something of an alert that promtool cannot compare'],
  ['R764', 'alert-without-test', 'info', 'No test shows that the alert fires'],
  ['R765', 'scrape-job-twice', 'error', 'Two exporters have the same job and do not agree on how to scrape it'],
] as const;

export type RuleCodeName = (typeof ROWS)[number][0];

/** All codes of rules and of the scrape configuration, in order. */
export const RULE_CODES: readonly CodeEntry<RuleCodeName>[] = codeEntries(ROWS);

interface Finding {
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly where: readonly string[];
  readonly position?: CapturedPosition | undefined;
  readonly related?: Diagnostic['related'];
}

export function ruleDiagnostic(code: RuleCodeName, { position, related, ...finding }: Finding): Diagnostic {
  const place = position?.resolve();
  return {
    ...codeOf(RULE_CODES, code),
    ...finding,
    ...(place === undefined ? {} : { position: place }),
    ...(related === undefined ? {} : { related }),
  };
}
