/**
 * Reads `groups` as Prometheus' rule files, PrometheusRule resources, Mimir and Thanos have them.
 * What is refused here is what Prometheus' own loader refuses (model/rulefmt/rulefmt.go).
 */
import { DurationError, parseDuration } from '../../promql/duration.ts';
import type { LintedDuration, LintedGroup, LintedRule } from '../model.ts';
import type { SourceText } from '../text/source-text.ts';
import { field } from '../tree/node.ts';
import type { MapNode, TreeNode } from '../tree/node.ts';
import { kindOf, mapField, reportShape, textOf } from './reading.ts';
import type { Found } from './reading.ts';

const RULE_FIELDS = new Set(['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']);

/** Prometheus' fields, then those of Mimir, Cortex, Thanos and the Prometheus operator. */
const GROUP_FIELDS: ReadonlySet<string> = new Set(
  (
    'name interval query_offset limit labels rules partial_response_strategy source_tenants evaluation_delay ' +
    'align_evaluation_time_on_interval remote_write'
  ).split(' '),
);

const REFUSED = 'Prometheus refuses the whole file, and keeps the rules that it had before.';

/** Reads the list of groups. */
export function readGroups(found: Found, groups: TreeNode): void {
  if (groups.type !== 'list') {
    reportShape(
      found,
      groups,
      [],
      [`\`groups\` must be a list, but it is ${kindOf(groups)}.`, REFUSED, 'Begin each group with "- name: …".'],
    );
    return;
  }
  const names = new Set<string>();
  for (const group of groups.items) {
    const read = readGroup(found, group);
    if (read === undefined) continue;
    if (names.has(read.name.text)) {
      reportShape(
        found,
        group,
        [`group "${read.name.text}"`],
        [
          `The group name "${read.name.text}" stands twice in this file.`,
          REFUSED,
          'Rename one of the groups, or put their rules together.',
        ],
      );
    }
    names.add(read.name.text);
    found.groups.push(read);
  }
}

function readGroup(found: Found, group: TreeNode): LintedGroup | undefined {
  const name = textOf(field(group, 'name'));
  if (group.type !== 'map' || name === undefined || name.text === '') {
    reportShape(
      found,
      group,
      [],
      [
        group.type === 'map'
          ? 'A rule group has no `name`.'
          : `A rule group must be a mapping, but it is ${kindOf(group)}.`,
        REFUSED,
        'Give the group a `name` and a list of `rules`.',
      ],
    );
    return undefined;
  }
  const where = [`group "${name.text}"`];
  refuseUnknownFields(found, group, GROUP_FIELDS, 'a rule group', where);
  const rules = field(group, 'rules');
  if (rules !== undefined && rules.type !== 'list' && kindOf(rules) !== 'nothing') {
    reportShape(found, rules, where, [
      `\`rules\` must be a list, but it is ${kindOf(rules)}.`,
      REFUSED,
      'Begin each rule with "- ".',
    ]);
  }
  const interval = durationField(found, group, 'interval', where);
  const queryOffset = durationField(found, group, 'query_offset', where);
  return {
    name,
    ...(interval === undefined ? {} : { interval }),
    ...(queryOffset === undefined ? {} : { queryOffset }),
    labels: texts(found, group, 'labels', where),
    rules: rules?.type === 'list' ? rules.items.flatMap((rule) => readRule(found, rule, where) ?? []) : [],
    within: group.within,
    span: group.span,
  };
}

function readRule(found: Found, rule: TreeNode, group: readonly string[]): LintedRule | undefined {
  if (rule.type !== 'map') {
    reportShape(found, rule, group, [
      `A rule must be a mapping, but it is ${kindOf(rule)}.`,
      REFUSED,
      'Write "- record: …" or "- alert: …", and `expr` below it.',
    ]);
    return undefined;
  }
  const alert = textOf(field(rule, 'alert'));
  const record = textOf(field(rule, 'record'));
  const name = alert ?? record;
  if (name === undefined || (alert !== undefined && record !== undefined)) {
    reportShape(found, rule, group, [
      name === undefined ? 'A rule has neither `record` nor `alert`.' : 'A rule has both `record` and `alert`.',
      REFUSED,
      'A rule is either: `record: metric_name` or `alert: Name`.',
    ]);
    return undefined;
  }
  const type = alert === undefined ? 'record' : 'alert';
  const where = [...group, `${type} "${name.text}"`];
  refuseUnknownFields(found, rule, RULE_FIELDS, 'a rule', where);
  if (type === 'record') refuseAlertFields(found, rule, where);
  const exprNode = field(rule, 'expr');
  const expr = textOf(exprNode);
  if (expr === undefined || expr.text.trim() === '') {
    reportShape(found, exprNode ?? rule, where, [
      exprNode === undefined || kindOf(exprNode) === 'nothing' || expr !== undefined
        ? 'The rule has no `expr`.'
        : `\`expr\` must be text, but it is ${kindOf(exprNode)}.`,
      REFUSED,
      'Write the PromQL expression as `expr`.',
    ]);
    return undefined;
  }
  const holdFor = durationField(found, rule, 'for', where);
  const keepFiringFor = durationField(found, rule, 'keep_firing_for', where);
  return {
    type,
    name,
    expr,
    ...(holdFor === undefined ? {} : { for: holdFor }),
    ...(keepFiringFor === undefined ? {} : { keepFiringFor }),
    labels: texts(found, rule, 'labels', where),
    annotations: texts(found, rule, 'annotations', where),
    within: rule.within,
    span: rule.span,
  };
}

function refuseUnknownFields(
  found: Found,
  node: MapNode,
  known: ReadonlySet<string>,
  what: string,
  where: readonly string[],
): void {
  for (const [key, { keySpan }] of node.entries) {
    if (known.has(key)) continue;
    reportShape(found, { ...node, span: keySpan }, where, [
      `\`${key}\` is no field of ${what}.`,
      REFUSED,
      `Remove it, or mend its spelling or indentation. The fields are ${[...known].join(', ')}.`,
    ]);
  }
}

function refuseAlertFields(found: Found, rule: MapNode, where: readonly string[]): void {
  for (const key of ['for', 'keep_firing_for', 'annotations']) {
    const value = field(rule, key);
    if (value === undefined || kindOf(value) === 'nothing') continue;
    reportShape(found, value, where, [
      `A recording rule cannot have \`${key}\`.`,
      REFUSED,
      `Remove \`${key}\`, or make the rule an alert.`,
    ]);
  }
}

function durationField(found: Found, node: MapNode, key: string, where: readonly string[]): LintedDuration | undefined {
  const value = field(node, key);
  if (value === undefined || kindOf(value) === 'nothing') return undefined;
  const text = textOf(value);
  const milliseconds = text && readDuration(text.text);
  if (text !== undefined && milliseconds !== undefined) return { seconds: milliseconds / 1000, text };
  reportShape(found, value, where, [
    `\`${key}\` must be a length of time, but it is ${text === undefined ? kindOf(value) : `"${text.text}"`}.`,
    REFUSED,
    'Write a number and a unit, such as 30s, 5m, 1h30m or 1d.',
  ]);
  return undefined;
}

function readDuration(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof DurationError) return undefined;
    throw error;
  }
}

function texts(found: Found, node: MapNode, key: string, where: readonly string[]): ReadonlyMap<string, SourceText> {
  const result = new Map<string, SourceText>();
  for (const [name, { value }] of mapField(found, node, key, where)?.entries ?? []) {
    const text = textOf(value);
    if (text !== undefined) result.set(name, text);
    else if (value.type !== 'scalar') {
      reportShape(found, value, where, [
        `\`${key}.${name}\` must be text, but it is ${kindOf(value)}.`,
        REFUSED,
        'Put the value in quotes.',
      ]);
    }
  }
  return result;
}
