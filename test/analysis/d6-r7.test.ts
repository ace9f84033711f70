import { describe, expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import type {
  AlertPlace,
  DashboardSubject,
  DeclaredVariable,
  GroupSubject,
  PanelPlace,
  RecordPlace,
} from '../../src/analysis/subject.ts';
import { evaluate } from '../engines/promtool.ts';
import { closedWorld, metric, OPEN_WORLD, right, shown, subject, wrong } from './harness.ts';

const world = closedWorld([
  metric('x_total', 'counter', { labels: { pod: 'any', code: ['200', '500'], cluster: 'any' } }),
  metric('up', 'gauge', { boolean: true }),
  metric('used_ratio', 'gauge', { unit: 'ratio', range: { min: 0, max: 1 } }),
  metric('age_milliseconds', 'gauge', { unit: 'milliseconds' }),
  metric('wait_seconds', 'gauge', { unit: 'seconds' }),
]);
const rate = 'rate(x_total[$__rate_interval])';
const panel = (more: Partial<PanelPlace> = {}): PanelPlace => ({
  type: 'panel',
  title: 'P',
  panelType: 'timeseries',
  ...more,
});
const alert = (more: Partial<AlertPlace> = {}): AlertPlace => ({
  type: 'alert',
  name: 'A',
  labels: {},
  annotations: {},
  ...more,
});
const record = (name: string, labels: Record<string, string> = {}): RecordPlace => ({ type: 'record', name, labels });
const variables = (...all: readonly Partial<DeclaredVariable>[]): ReadonlyMap<string, DeclaredVariable> =>
  new Map(all.map((one) => [one.name ?? '', { type: 'query', multi: false, includeAll: false, name: '', ...one }]));

/** Codes of faults beside the query, which have no place in its text. */
function codes(text: string, place: PanelPlace | AlertPlace | RecordPlace, in_ = world): readonly string[] {
  return shown(analyseProject({ groups: [], dashboards: [], queries: [subject(text, place)] }, in_));
}

test('D603: a legend of a label that is gone, or never was, is an error', () => {
  const sum = `sum by (job) (${rate})`;
  expect(codes(sum, panel({ legend: '{{pod}}' }))).toEqual(['D603']);
  expect(codes(rate, panel({ legend: '{{ job }}: {{cod}}' }))).toEqual(['D603']);
  expect(codes('sum(rate(y[$__rate_interval]))', panel({ legend: '{{job}}' }), OPEN_WORLD)).toEqual(['D603']);
  expect(codes(sum, panel({ legend: '{{job}}' }))).toEqual([]);
  expect(codes(rate, panel({ legend: '{{pod}} {{code}}' }))).toEqual([]);
  expect(codes('rate(y[$__rate_interval])', panel({ legend: '{{anything}}' }), OPEN_WORLD)).toEqual([]);
  expect(codes(sum, panel({ legend: '{{pod}}', format: 'table' }))).toEqual([]);
});

test('D603: a panel that shows one value alone does not show its name', () => {
  const total = 'sum(rate(y[$__rate_interval]))';
  const stat = { legend: '{{pod}}', panelType: 'stat' };
  expect(codes(total, panel(stat), OPEN_WORLD)).toEqual([]);
  expect(codes(total, panel({ ...stat, panelType: 'gauge' }), OPEN_WORLD)).toEqual([]);
  expect(codes(`sum by (job) (${rate})`, panel(stat))).toEqual(['D603']);
  expect(codes(total, panel({ ...stat, panelType: 'bargauge' }), OPEN_WORLD)).toEqual(['D603']);
});

test('D607: a variable of several values needs a regular expression', () => {
  const place = panel({
    variables: variables({ name: 'instance', multi: true }, { name: 'pod', includeAll: true }, { name: 'job' }),
  });
  const { replacement } = wrong('up{instance="$instance"}', 'D607', 'instance="$instance"', { world, place });
  expect(replacement).toEqual({ span: { start: 11, end: 12 }, text: '=~' });
  wrong('sum(rate(x_total{code!="500", pod!="${pod}"}[$__rate_interval]))', 'D607', 'pod!="${pod}"', { world, place });
  wrong('up == 1 and on (job) count by (job) (x_total{pod="a-[[pod]]"})', 'D607', 'pod="a-[[pod]]"', { world, place });
  right('up{instance=~"$instance"}', { world, place });
  right('up{job="$job"}', { world, place });
  right('up{instance="$instance"}', { world, place: panel() });
});

test('D608: variables that are not declared are sent as they are written', () => {
  const place = panel({ variables: variables({ name: 'job' }, { name: 'n', type: 'custom' }) });
  wrong('up{job="$jop"}', 'D608', '$jop', { world, place });
  wrong('topk($m, up)', 'D608', '$m', { world, place });
  wrong('sum by (${by:csv}) (up{job="$job"})', 'D608', '${by:csv}', { world, place });
  right('topk($n, rate(x_total{job="$job"}[$__rate_interval]))', { world, place });
  right('up{job="$jop"}', { world, place: panel() });
  right('label_replace(up, "h", "${host}", "instance", "(?P<host>.*):.*")', { world, place });
});

test('D609: the values of a label that a metric does not have are an empty list', () => {
  const place = (label: string) => ({ type: 'variable', name: 'v', label }) as const;
  wrong('up', 'D609', 'up', { world, place: place('namespaces') });
  wrong('x_total{code="500"}', 'D609', 'x_total{code="500"}', { world, place: place('pods') });
  wrong('sum by (job) (up)', 'D609', 'sum by (job) (up)', { world: OPEN_WORLD, place: place('instance') });
  right('x_total', { world, place: place('pod') });
  right('anything', { world: OPEN_WORLD, place: place('pod') });
});

test('D610: a variable that nothing uses is reported at the dashboard', () => {
  const declared = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
    name,
    type: name === 'f' ? 'datasource' : 'query',
    multi: false,
    includeAll: false,
  }));
  const dashboard: DashboardSubject = {
    title: 'T',
    variables: declared,
    queries: [
      subject(
        'up{job="$a"}',
        panel({ legend: '$b {{job}}', variables: new Map(declared.map((one) => [one.name, one])) }),
      ),
    ],
    otherTexts: ['Load of ${c}', '/d/other?var-d=$d'],
    where: ['dashboard "T"'],
  };
  const found = analyseProject({ groups: [], dashboards: [dashboard], queries: [] }, world);
  expect(found.map(({ code, where }) => [code, ...where])).toEqual([['D610', 'dashboard "T"', 'variable "e"']]);
});

test('R702: a text cannot use a label that the series never had', () => {
  const text = (summary: string, expr = 'up == 0', in_ = world): readonly string[] =>
    codes(expr, alert({ annotations: { summary } }), in_);
  expect(text('{{ $labels.nodename }}')).toEqual(['R702']);
  expect(text('{{ if gt $value 0.0 }}{{ .Labels.instanc }}{{ end }}')).toEqual(['R702']);
  expect(text('{{ index $labels "pods" }}', 'x_total == 0')).toEqual(['R702']);
  expect(text('{{ $labels.instance }}')).toEqual([]);
  expect(text('{{ $labels.nodename }}', 'up == 0', OPEN_WORLD)).toEqual([]);
  expect(text('{{ $labels.pod }}', 'sum by (job) (x_total) == 0')).toEqual(['R701']);
});

describe('R704 and R705: labels of rules', () => {
  test('an alert must not overwrite what tells its series apart', () => {
    expect(codes('up == 0', alert({ labels: { instance: 'prod' } }))).toEqual(['R704']);
    expect(codes('sum by (pod) (x_total) == 0', alert({ labels: { pod: 'all' } }))).toEqual(['R704']);
    expect(codes('sum by (pod) (y) == 0', alert({ labels: { pod: 'all' } }), OPEN_WORLD)).toEqual(['R704']);
    expect(codes('up == 0', alert({ labels: { env: 'prod', severity: 'page' } }))).toEqual([]);
    expect(codes('up == 0', alert({ labels: { instance: '{{ $labels.instance }}' } }))).toEqual([]);
    expect(codes('up{instance="a"} == 0', alert({ labels: { instance: 'b' } }))).toEqual([]);
  });

  test('a recording rule must not merge series', () => {
    expect(codes('sum by (pod) (x_total)', record('x:sum', { pod: 'all' }))).toEqual(['R705']);
    expect(codes('max by (pod, code) (x_total)', record('x:max', { code: 'any' }))).toEqual(['R705']);
    expect(codes('up', record('x:up', { instance: 'one' }))).toEqual(['R705']);
    expect(codes('sum(x_total)', record('x:sum', { pod: 'all' }))).toEqual([]);
    expect(codes('sum by (pod) (x_total)', record('pod:x:sum', { scope: 'all' }))).toEqual([]);
  });

  test('Prometheus refuses merged series', async () => {
    const rules = 'groups: [{name: g, rules: [{record: "a:b", expr: "sum by (pod) (x)", labels: {pod: all}}]}]';
    await expect(evaluate({ 'x{pod="a"}': '1x5', 'x{pod="b"}': '1x5' }, 'a:b', '2m', { rules })).rejects.toThrow(
      'same labelset',
    );
  });
});

test('R706: alerts keep the labels that they are routed by', () => {
  const place = alert({ routingLabels: ['cluster', 'severity'], labels: { severity: 'page' } });
  wrong('sum(increase(x_total[5m])) > 1', 'R706', 'sum(increase(x_total[5m]))', { world, place });
  wrong('up == 0', 'R706', 'up == 0', { world, place });
  wrong('sum by (pod) (rate(y[5m])) > 1', 'R706', 'sum by (pod) (rate(y[5m]))', { world: OPEN_WORLD, place });
  wrong('sum(rate(y[5m])) > 1', 'R706', 'sum(rate(y[5m]))', {
    world: OPEN_WORLD,
    place: alert({ routingLabels: ['constructor'] }),
  });
  right('sum by (cluster) (increase(x_total[5m])) > 1', { world, place });
  right('rate(y[5m]) > 1', { world: OPEN_WORLD, place });
});

test('R710: the name of a recorded series says its labels and its range', () => {
  const found = (name: string, text: string): readonly string[] =>
    codes(text, record(name)).filter((code) => code === 'R710');
  expect(found('job:x:rate5m', 'sum by (job) (rate(x_total[10m]))')).toEqual(['R710']);
  expect(found('job:x:rate5m', 'sum by (pod) (rate(x_total[5m]))')).toEqual(['R710']);
  expect(found('pod:x:increase1h', 'round(sum by (pod) (increase(x_total[1d])))')).toEqual(['R710']);
  expect(found('job:x:rate5m', 'sum by (job) (rate(x_total[5m]))')).toEqual([]);
  expect(found('pod_code:x:rate5m', 'sum by (pod, code) (rate(x_total[5m]))')).toEqual([]);
  expect(found('x_rate5m', 'sum by (pod) (rate(x_total[1h]))')).toEqual([]);
});

test('R711: rules in a circle, and rules that come too late, are errors', () => {
  const group = (name: string, ...rules: readonly (readonly [string, string])[]): GroupSubject => ({
    name,
    rules: rules.map(([rule, text]) => subject(text, { ...record(rule), group: name })),
  });
  const found = (...groups: readonly GroupSubject[]): readonly string[] =>
    analyseProject({ groups, dashboards: [], queries: [] }, OPEN_WORLD)
      .filter(({ code }) => code === 'R711')
      .map(({ message }) => message);
  expect(found(group('g', ['a:x', 'b:x + 1'], ['b:x', 'a:x + 1']))).toHaveLength(3);
  expect(found(group('g', ['a:x', 'c:x'], ['z', 'up']), group('h', ['c:x', 'b:x'], ['b:x', 'a:x']))).toHaveLength(4);
  expect(found(group('g', ['a:x', 'sum(b:x)'], ['b:x', 'sum by (job) (up)']))).toEqual([
    '`a:x` reads `b:x`, which the group records later.',
  ]);
  expect(found(group('g', ['b:x', 'sum by (job) (up)'], ['a:x', 'sum(b:x)']))).toEqual([]);
  expect(found(group('g', ['a:x', 'a:x + 1']))).toEqual([]);
  expect(found(group('g', ['a:x', 'avg_over_time(b:x[30d])'], ['b:x', 'sum by (job) (up)']))).toEqual([]);
});

test('Q507: a humanize function needs the unit that it is for', () => {
  const text = (summary: string, expr: string): readonly string[] => codes(expr, alert({ annotations: { summary } }));
  expect(text('{{ $value | humanizePercentage }}', '100 * used_ratio > 90')).toEqual(['Q507']);
  expect(text('{{ humanizeDuration .Value }}', 'age_milliseconds > 60000')).toEqual(['Q507']);
  expect(text('{{ if true }}{{ $value | humanize1024 }}B{{ end }}', 'wait_seconds > 60')).toEqual(['Q507']);
  expect(text('{{ $value | humanizePercentage }}', 'used_ratio > 0.9')).toEqual([]);
  expect(text('{{ $value | humanizeDuration }}', 'wait_seconds > 60')).toEqual([]);
  expect(text('{{ $value | humanize }}', '100 * used_ratio > 90')).toEqual([]);
});
