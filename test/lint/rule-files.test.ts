import { describe, expect, test } from 'vitest';
import { checkRulesText } from '../engines/promtool.ts';
import { at, expressions, faults, readYaml } from './read.ts';

const RULES = `groups:
  - name: api
    interval: 30s
    labels:
      team: platform
    rules:
      # requests
      - record: job:requests:rate5m
        expr: sum by (job) (rate(http_requests_total[5m]))
      - alert: ApiDown
        expr: |
          # all of them
          sum(up{job="api"})
            == 0
        for: 1h30m
        keep_firing_for: 5m
        labels: { severity: page, tier: 1 }
        annotations:
          summary: "API is \\u201cdown\\u201d"
`;

test('a rule file is read with every field and its place', () => {
  const file = readYaml(RULES);
  expect(faults(file)).toEqual([]);
  expect(expressions(file)).toEqual([
    '9:15 sum by (job) (rate(http_requests_total[5m]))',
    '12:11 # all of them\nsum(up{job="api"})\n  == 0\n',
  ]);
  const [group] = file.groups;
  expect(group).toMatchObject({ interval: { seconds: 30 } });
  expect(at(group?.name)).toBe('2:11 api');
  expect(at(group?.labels.get('team'))).toBe('5:13 platform');
  const alert = group?.rules[1];
  expect(alert).toMatchObject({ type: 'alert', for: { seconds: 5400 }, keepFiringFor: { seconds: 300 } });
  expect(at(alert?.labels.get('tier'))).toBe('17:41 1');
  expect(at(alert?.annotations.get('summary'))).toBe('19:21 API is “down”');
});

test('anchors, aliases and merge keys are followed to where the text stands', () => {
  const file = readYaml(`groups:
  - name: g
    rules:
      - &base
        alert: A
        expr: &e up == 0
        labels: &l { severity: page }
      - <<: *base
        alert: B
      - alert: C
        expr: *e
        labels: *l
`);
  expect(faults(file)).toEqual([]);
  expect(expressions(file)).toEqual(['6:18 up == 0', '6:18 up == 0', '6:18 up == 0']);
  expect(file.groups[0]?.rules.map(({ name }) => name.text)).toEqual(['A', 'B', 'C']);
});

test('PrometheusRule resources, lists of them and several documents are read', () => {
  const file = readYaml(`apiVersion: v1
kind: List
items:
  - apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: { name: a }
    spec: { groups: [{ name: g, rules: [{ record: "a:b", expr: up }] }] }
  - apiVersion: v1
    kind: Service
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
spec:
  groups:
    - name: h
      rules:
        - alert: X
          expr: 1
---
# nothing
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRuleList
items:
  - { apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: { groups: [{ name: i, rules: [{ record: c, expr: down }] }] } }
`);
  expect(faults(file)).toEqual([]);
  expect(expressions(file)).toEqual(['7:64 up', '18:17 1', '25:122 down']);
});

test('rules in a ConfigMap are read, whatever style holds them', () => {
  const file = readYaml(`apiVersion: v1
kind: ConfigMap
data:
  rules.yml: |
    groups:
      - name: g
        rules:
          - alert: A
            expr: "up{x=\\"y\\"} == 0" # dashwright: disable=Q201 reason: because
  other.yaml: "a: 1"
  folded.rules: "groups:\\n- name: h\\n  rules:\\n  - record: a\\n    expr: up"
`);
  expect(faults(file)).toEqual([]);
  expect(expressions(file)).toEqual(['9:20 up{x="y"} == 0', '11:73 up']);
  expect(file.comments.map(({ text }) => text)).toEqual([' dashwright: disable=Q201 reason: because']);
});

describe('what Prometheus refuses is said with its place', () => {
  test.each<[name: string, rules: string, fault: string]>([
    ['no expr', '- alert: A', 'C824 4:5 The rule has no `expr`.'],
    ['an empty expr', '- alert: A\n  expr: ""', 'C824 5:11 The rule has no `expr`.'],
    ['an expr that is a list', '- alert: A\n  expr: [up]', 'C824 5:11 `expr` must be text, but it is a list.'],
    ['neither name', '- expr: up', 'C824 4:5 A rule has neither `record` nor `alert`.'],
    ['both names', '- alert: A\n  record: b\n  expr: up', 'C824 4:5 A rule has both `record` and `alert`.'],
    ['an unknown field', '- alert: A\n  expr: up\n  form: 5m', 'C824 6:5 `form` is no field of a rule.'],
    [
      'a wrong duration',
      '- alert: A\n  expr: up\n  for: 5 minutes',
      'C824 6:10 `for` must be a length of time, but it is "5 minutes".',
    ],
    [
      'a duration without a unit',
      '- alert: A\n  expr: up\n  for: 300',
      'C824 6:10 `for` must be a length of time, but it is "300".',
    ],
    [
      '`for` on a recording rule',
      '- record: a\n  expr: up\n  for: 5m',
      'C824 6:10 A recording rule cannot have `for`.',
    ],
    [
      'annotations on a recording rule',
      '- record: a\n  expr: up\n  annotations: {a: b}',
      'C824 6:18 A recording rule cannot have `annotations`.',
    ],
    ['a rule that is text', '- up', 'C824 4:5 A rule must be a mapping, but it is a single value.'],
    [
      'labels that are a list',
      '- alert: A\n  expr: up\n  labels: [a]',
      'C824 6:13 `labels` must be a mapping, but it is a list.',
    ],
    [
      'a label that is a list',
      '- alert: A\n  expr: up\n  labels: {a: [b]}',
      'C824 6:17 `labels.a` must be text, but it is a list.',
    ],
    [
      'a repeated key',
      '- alert: A\n  expr: up\n  expr: down',
      'C822 6:5 The key "expr" stands twice in the same mapping.',
    ],
  ])('%s', async (_name, rules, fault) => {
    const text = `groups:\n- name: g\n  rules:\n${rules.replaceAll(/^/gm, '  ')}\n`;
    expect(faults(readYaml(text))).toEqual([fault]);
    expect((await checkRulesText(text)).ok).toBe(false);
  });

  test.each<[name: string, text: string, fault: string]>([
    ['groups that are a mapping', 'groups: {a: b}', 'C824 1:9 `groups` must be a list, but it is a mapping.'],
    ['a group without a name', 'groups: [{rules: []}]', 'C824 1:10 A rule group has no `name`.'],
    ['a group that is text', 'groups: [a]', 'C824 1:10 A rule group must be a mapping, but it is a single value.'],
    [
      'rules that are a mapping',
      'groups: [{name: a, rules: {}}]',
      'C824 1:27 `rules` must be a list, but it is a mapping.',
    ],
    [
      'an unknown field of a group',
      'groups: [{name: a, intervall: 5m}]',
      'C824 1:20 `intervall` is no field of a rule group.',
    ],
    [
      'a group name that stands twice',
      'groups: [{name: a}, {name: a}]',
      'C824 1:21 The group name "a" stands twice in this file.',
    ],
    ['broken YAML', 'groups:\n  - name: "a\n', 'C821 2:11 The file cannot be read: this text has no closing quote.'],
  ])('%s', async (_name, text, fault) => {
    expect(faults(readYaml(text))).toEqual([fault]);
    expect((await checkRulesText(text)).ok).toBe(false);
  });
});

describe('names and templates that Prometheus refuses', () => {
  const rule = (lines: string): string => `groups:\n- name: g\n  rules:\n${lines.replaceAll(/^/gm, '  ')}\n`;

  test.each<[what: string, lines: string, fault: string]>([
    ['a selector as a name', '- record: \'a{b="c"}\'\n  expr: up', 'R750 4:14 `a{b="c"}` is no name of a metric.'],
    [
      'the label __name__',
      '- alert: A\n  expr: up\n  labels: {__name__: x}',
      'R754 6:24 An alert cannot have the label `__name__`.',
    ],
    [
      'an unclosed action',
      '- alert: A\n  expr: up\n  annotations:\n    text: "down: {{ $labels.job"',
      'R755 7:20 The annotation `text` is no template that Prometheus can read',
    ],
    [
      'a function that does not exist',
      '- alert: A\n  expr: up\n  annotations:\n    text: |\n      {{ $value | humanise }}',
      'R755 8:21 The annotation `text` is no template that Prometheus can read',
    ],
    [
      'a variable that does not exist',
      '- alert: A\n  expr: up\n  labels:\n    severity: "{{ $label.severity }}"',
      'R755 7:21 The label `severity` is no template that Prometheus can read',
    ],
  ])('%s', async (_what, lines, fault) => {
    const found = faults(readYaml(rule(lines)));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(fault);
    expect((await checkRulesText(rule(lines))).ok).toBe(false);
  });

  test('a series that is recorded twice', () => {
    const twice = '- record: a:b\n  expr: sum(up)\n- record: a:b\n  expr: sum(up)';
    expect(faults(readYaml(rule(twice)))).toEqual(['R758 6:13 `a:b` is recorded twice from the same expression.']);
    expect(faults(readYaml(rule(twice.replace('expr: sum(up)', 'expr: up'))))).toEqual([]);
    expect(faults(readYaml(rule(`${twice}\n  labels: {c: d}`)))).toEqual([]);
  });
});

test('a broken document leaves the others of its file readable', () => {
  const file = readYaml('groups: [\n---\ngroups: [{name: g, rules: [{record: a, expr: up}]}]\n');
  expect(faults(file)).toHaveLength(1);
  expect(expressions(file)).toEqual(['3:46 up']);
});

test('a Helm template is told to be rendered first', () => {
  const [fault] = readYaml('groups:\n  {{- if .Values.rules }}\n  - name: a\n').diagnostics;
  expect(fault).toMatchObject({ code: 'C821', fix: expect.stringContaining('lint what it renders to') as unknown });
});

test.each<[what: string, rule: string, place: string, message: string, fix: string]>([
  ['a tab', '\texpr: up', '5:7', 'a tab stands in the indentation', 'Indent with spaces'],
  [
    'a key that is indented too far',
    'expr: up\n       for: 5m',
    '5:13',
    'this value is followed by a colon, as if it were a key',
    'indent it like its neighbours',
  ],
  [
    'a colon in a text',
    'expr: up\n      annotations: { a: 1 }\n      summary: Error: down',
    '7:16',
    'this value is followed by a colon, as if it were a key',
    'in quotes',
  ],
  [
    'braces at the beginning of a text',
    'summary: {{ $labels.job }} is down',
    '5:34',
    'after the end of a value comes more text',
    'Put the whole text in quotes',
  ],
  [
    'more after the quotes',
    'expr: "up" == 0',
    '5:18',
    'after the end of a value comes more text',
    'on lines of its own below `|`',
  ],
  [
    'a backslash in double quotes',
    String.raw`expr: "up{job=~\"\d+\"}"`,
    '5:24',
    String.raw`\d is no escape that YAML knows in double quotes`,
    'Write the backslash twice',
  ],
  ['a text that begins with %', 'summary: %d', '5:16', 'a text without quotes cannot begin with %', 'Put it in quotes'],
  [
    'a text that is not closed',
    `expr: 'up\n      for: 5m`,
    '5:13',
    'this text has no closing quote',
    'Close the quotes',
  ],
  ['a key without a colon', 'expr\n      for: 5m', '5:7', 'a line has no colon after its key', 'Write a colon'],
  [
    'keys at different columns',
    'labels:\n          a: b\n        c: d',
    '7:1',
    'the keys of one mapping begin at different columns',
    'alike',
  ],
  [
    'a key that is indented too little',
    'expr: up\n     for: 5m',
    '6:1',
    'a line among the items of a list is no item',
    'indent it like the keys of the item above',
  ],
])('%s in YAML is said in words, with what to do', (_what, rule, place, message, fix) => {
  const [fault] = readYaml(`groups:\n  - name: g\n    rules:\n    - alert: A\n      ${rule}\n`).diagnostics;
  const { line, column } = fault?.position ?? {};
  expect(`${line}:${column} ${fault?.message}`).toContain(`${place} The file cannot be read: ${message}`);
  expect(fault?.message).toMatch(/[^.]\.$/);
  expect(fault?.fix).toContain(fix);
});

test('an alias that contains itself is a problem, not an endless loop', () => {
  expect(faults(readYaml('groups: &a [*a]\n'))[0]).toContain('C821');
});
