import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { any, counter, exporter, firing, gt, goTemplate, record, ruleGroup, sum, text } from 'dashwright';
import type { AlertOptions, GroupMember, RuleGroup, RuleGroupOptions } from 'dashwright';
import { alert } from '../../src/prometheus/authoring/alert.ts';
import { RULE_CODES } from '../../src/prometheus/checks/codes.ts';
import { compilePrometheus } from '../../src/prometheus/compile.ts';
import type { PrometheusOptions } from '../../src/prometheus/compile/options.ts';
import { checkRulesText, evaluate } from '../engines/promtool.ts';

const runs = counter('runs_total', { labels: { pipeline: any } });
const expr = gt(sum(runs, { by: ['pipeline'] }), 5);
type Options = AlertOptions<typeof expr>;
const plain: Options = {
  expr,
  severity: 'warning',
  summary: 'Many runs.',
  description: 'Too many.',
  tests: [firing('six runs', { series: [runs.series({ pipeline: 'a' }, '6x5')], at: '2m', labels: { pipeline: 'a' } })],
};
const named = (name: string, options: Partial<Options> = {}): GroupMember => alert(name, { ...plain, ...options });
const grouped = (rules: readonly GroupMember[], options: RuleGroupOptions = {}, name = 'g'): RuleGroup =>
  ruleGroup(name, options, rules);

function found(groups: readonly RuleGroup[], options: PrometheusOptions = {}) {
  return compilePrometheus({ groups, exporters: [], find: () => undefined }, options).diagnostics;
}

const codes = (...args: Parameters<typeof found>): readonly string[] => found(...args).map(({ code }) => code);

test('rules without a fault give no diagnostic', () => {
  expect(found([grouped([named('ManyRuns'), record('pipeline:runs:sum', sum(runs))])])).toEqual([]);
});

describe('names', () => {
  test.each(['a b', '0a', 'a-b', 'a{b="c"}', ''])('of a record: %j is refused, as by Prometheus', async (name) => {
    expect(codes([grouped([record(name, sum(runs))])])).toEqual(['R750']);
    expect((await checkRulesText(ruleFile({ record: name, expr: '1' }))).ok).toBe(false);
  });

  test('of an alert: an empty one is refused, another style is mentioned', async () => {
    expect(codes([grouped([named('')])])).toEqual(['R750']);
    expect((await checkRulesText(ruleFile({ alert: '', expr: '1' }))).ok).toBe(false);
    expect(found([grouped([named('many_runs')])])).toMatchObject([{ code: 'R751', severity: 'info' }]);
  });

  test('of a group: empty, taken, or written to the file of another one', () => {
    expect(codes([grouped([named('A')], {}, ' ')])).toEqual(['R752']);
    expect(codes([grouped([named('A')]), grouped([named('B')])])).toEqual(['R752']);
    const [same] = found([grouped([named('A')], {}, 'My group'), grouped([named('B')], {}, 'my-group')]);
    expect(same).toMatchObject({
      code: 'R752',
      message: 'The groups `My group` and `my-group` would be written to the same file `my-group.yaml`.',
      related: [{ message: 'the other group' }],
    });
  });

  test.each(['a-b', '0', '__name__', ''])('of a label: %j is refused, as by Prometheus', async (name) => {
    expect(codes([grouped([named('A', { labels: { [name]: 'x' } })])])).toEqual(['R754']);
    expect((await checkRulesText(ruleFile({ alert: 'A', expr: '1', labels: { [name]: 'x' } }))).ok).toBe(false);
    expect(codes([grouped([record('a:b', sum(runs), { labels: { [name]: 'x' } })])])).toEqual(['R754']);
  });

  test('of a label: alertname is overwritten by Prometheus', async () => {
    expect(codes([grouped([named('A', { labels: { alertname: 'x' } })])])).toEqual(['R754']);
    const yaml = ruleFile({ alert: 'A', expr: 'up', labels: { alertname: 'x' } });
    const [sample] = await evaluate({ up: '1x5' }, 'ALERTS', '1m', { rules: yaml });
    expect(sample?.labels['alertname']).toBe('A');
  });

  test('of an annotation', async () => {
    expect(codes([grouped([named('A', { annotations: { 'a-b': 'x' } })])])).toEqual(['R754']);
    expect((await checkRulesText(ruleFile({ alert: 'A', expr: '1', annotations: { 'a-b': 'x' } }))).ok).toBe(false);
  });
});

describe('templates', () => {
  test('that cannot be read are refused, with the fault', () => {
    const [fault] = found([grouped([named('A', { description: goTemplate('{{ $value | humanise }}') })])]);
    expect(fault).toMatchObject({
      code: 'R755',
      where: ['group "g"', 'alert "A"'],
      message:
        'The annotation `description` of the alert `A` is no template that Prometheus can read: there is no function "humanise" at "humanise".',
    });
    expect(fault?.position?.file).toContain('checks.test.ts');
  });

  test('in plain text are mentioned, because nothing is filled in', () => {
    expect(found([grouped([named('A', { summary: 'on {{ $labels.pipeline }}' })])])).toMatchObject([
      { code: 'R756', severity: 'warning' },
    ]);
  });

  test('that need a newer Prometheus are refused unless the project is for one', () => {
    const groups = [grouped([named('A', { description: goTemplate('{{ now }}') })])];
    expect(found(groups)[0]).toMatchObject({
      code: 'R760',
      fix: expect.stringContaining('prometheus.version to "3.6"'),
    });
    expect(codes(groups, { prometheusVersion: '3.6.0' })).toEqual([]);
    expect(codes(groups, { prometheusVersion: '3.10' })).toEqual([]);
  });
});

describe('times and limits', () => {
  test('negative lengths of time and an interval of zero are refused', () => {
    expect(codes([grouped([named('A', { for: '-5m', keepFiringFor: '-1s' })])])).toEqual(['R757', 'R757']);
    expect(codes([grouped([named('A')], { interval: '0s' })])).toEqual(['R757']);
    expect(codes([grouped([named('A')], { queryOffset: '-1m' })], { prometheusVersion: '3.0' })).toEqual(['R757']);
  });

  test('a query offset needs 2.53, as promtool 2.42 says', async () => {
    expect(codes([grouped([named('A')], { queryOffset: '1m' })])).toEqual(['R760']);
    expect(codes([grouped([named('A')], { queryOffset: '1m' })], { prometheusVersion: '2.53' })).toEqual([]);
    const group = { name: 'g', query_offset: '1m', rules: [{ alert: 'A', expr: '1' }] };
    expect((await checkRulesText(stringify({ groups: [group] }))).ok).toBe(false);
  });

  test('keepFiringFor needs 2.42', () => {
    const groups = [grouped([named('A', { keepFiringFor: '5m' })])];
    expect(codes(groups)).toEqual([]);
    expect(codes(groups, { prometheusVersion: '2.41' })).toEqual(['R760']);
  });

  test.each([0, -1, 1.5])('a limit of %d is refused', (limit) => {
    expect(codes([grouped([named('A')], { limit })])).toEqual(['R762']);
  });

  test('a group without rules is mentioned', () => {
    expect(found([grouped([])])).toMatchObject([{ code: 'R753', severity: 'warning' }]);
  });
});

describe('the same twice', () => {
  test('two records of one name and the same labels are refused, also in different groups', () => {
    const one = record('a:b', sum(runs), { labels: { x: '1', y: '2' } });
    const two = record('a:b', sum(runs), { labels: { y: '2', x: '1' } });
    expect(found([grouped([one]), grouped([two], {}, 'h')])).toMatchObject([
      { code: 'R758', related: [{ message: 'the other one, in group "g" › record "a:b"' }] },
    ]);
    expect(codes([grouped([one, record('a:b', sum(runs), { labels: { x: '2' } })])])).toEqual([]);
  });

  test('two alerts of one name need different labels', () => {
    expect(codes([grouped([named('A'), named('A')])])).toEqual(['R759']);
    expect(codes([grouped([named('A'), named('A', { severity: 'critical' })])])).toEqual([]);
  });
});

describe('tests of alerts', () => {
  test('an alert without one is mentioned', () => {
    expect(found([grouped([named('A', { tests: [] })])])).toMatchObject([{ code: 'R764', severity: 'info' }]);
  });

  test('annotations are expected all or not at all', () => {
    const tests: Options['tests'] = [
      firing('x', { series: [], at: '1m', labels: { pipeline: 'a' }, annotations: { note: 'five' } }),
    ];
    const options: Partial<Options> = {
      description: ({ value }) => text`${value}`,
      annotations: { note: ({ value }) => text`${value}` },
      tests,
    };
    expect(found([grouped([named('A', options)])])).toMatchObject([
      { code: 'R763', message: 'The test `x` expects annotations, but not `description`.' },
    ]);
  });

  test('annotations cannot be expected of alerts that share a name', () => {
    const tests: Options['tests'] = [
      firing('x', { series: [], at: '1m', labels: { pipeline: 'a' }, annotations: { summary: 'Many runs.' } }),
    ];
    expect(codes([grouped([named('A', { tests }), named('A', { severity: 'critical' })])])).toEqual(['R763']);
  });
});

test('a runbook needs the address of the runbooks, or a whole address', () => {
  expect(codes([grouped([named('A', { runbook: 'many-runs' })])])).toEqual(['R761']);
  expect(codes([grouped([named('A', { runbook: 'https://wiki/many-runs' })])])).toEqual([]);
  expect(codes([grouped([named('A', { runbook: 'many-runs' })])], { runbookBaseUrl: 'https://wiki' })).toEqual([]);
});

test('exporters of one job must be scraped alike', () => {
  const exporters = [
    exporter('a', { job: 'x', scrapeInterval: '30s' }).model,
    exporter('b', { job: 'x', scrapeInterval: '30s', targets: ['b:1'] }).model,
    exporter('c', { job: 'x', scrapeInterval: '1m' }).model,
  ];
  const { diagnostics } = compilePrometheus({ groups: [], exporters, find: () => undefined });
  expect(diagnostics).toMatchObject([
    {
      code: 'R765',
      message: 'The exporters `a` and `c` have the same job `x`, but not the same scrapeIntervalSeconds.',
    },
  ]);
});

test('nothing is written where something is wrong', () => {
  const { artefacts } = compilePrometheus({
    groups: [grouped([named('')])],
    exporters: [],
    find: () => undefined,
  });
  expect(artefacts).toEqual([]);
});

test('every code has a name of its own', () => {
  expect(new Set(RULE_CODES.map(({ name }) => name)).size).toBe(RULE_CODES.length);
});

function ruleFile(rule: object): string {
  return stringify({ groups: [{ name: 'g', rules: [rule] }] });
}
