/** Groups of rules as authors write them. */
import { checkFields, type Fields } from '../../metrics/fields.ts';
import { milliseconds } from '../../query/duration.ts';
import type { Duration, Examples } from '../../query/duration.ts';
import { capturePosition } from '../../source/position.ts';
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from '../model.ts';

export interface RuleGroupOptions {
  /** Between two evaluations. Default: the server's `evaluation_interval`. */
  readonly interval?: Duration<Examples>;
  /** How far back the rules look, for samples that arrive late (Prometheus 2.53 and newer). */
  readonly queryOffset?: Duration<Examples>;
  /** The most alerts, or series of a recording rule, that one rule may produce; more make it fail. */
  readonly limit?: number;
  /** Labels with a fixed value for every alert of the group; an alert's own win. */
  readonly labels?: Readonly<Record<string, string>>;
}

const FIELDS: Fields<RuleGroupOptions> = { interval: true, queryOffset: true, limit: true, labels: true };

/** An alert, or a recorded metric. */
export type GroupMember = AlertingRule | { readonly rule: RecordingRule };

/**
 * Defines a group: its rules are evaluated one after the other, so that a rule sees what those before it
 * recorded.
 *
 * @param name unique in the project; also the name of the rule file
 * @throws TypeError where a duration cannot be read or a member is no rule
 */
export function ruleGroup(name: string, options: RuleGroupOptions, rules: readonly GroupMember[]): RuleGroup {
  if (!Array.isArray(rules)) {
    throw new TypeError(
      `The group "${name}" has no list of rules: write ruleGroup('${name}', { interval: '1m' }, [ … ]).`,
    );
  }
  checkFields(options, FIELDS, `The group "${name}"`);
  const { interval, queryOffset, limit, labels = {} } = options;
  return Object.freeze({
    kind: 'ruleGroup',
    name,
    ...(interval === undefined ? {} : { interval: milliseconds(interval) }),
    ...(queryOffset === undefined ? {} : { queryOffset: milliseconds(queryOffset) }),
    ...(limit === undefined ? {} : { limit }),
    labels: Object.freeze({ ...labels }),
    rules: Object.freeze(rules.map((member) => ruleOf(member, name))),
    position: capturePosition(ruleGroup),
  });
}

function ruleOf(member: unknown, group: string): Rule {
  const { rule = member } = (member ?? {}) as { readonly rule?: unknown };
  const { kind } = (rule ?? {}) as { readonly kind?: unknown };
  if (kind === 'recordingRule' || kind === 'alertingRule') return rule as Rule;
  throw new TypeError(`A member of the group "${group}" is no rule: list what record(…) and alert(…) return.`);
}
