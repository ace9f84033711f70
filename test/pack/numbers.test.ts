/** Do the queries say what their titles promise? Known series in, the number that a person would work out by hand. */
import { expect, test } from 'vitest';
import { evaluateAll, type Sample } from '../engines/promtool.ts';
import { dashboards, rules } from './output.ts';

interface Case {
  readonly what: string;
  /** `Dashboard › Panel`, or the name of a recorded metric. */
  readonly of: string;
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  /** Values by the labels of the result, as text; none for an empty result. */
  readonly expected: Readonly<Record<string, number>>;
}

const runs = (status: string): string =>
  `cicd_pipeline_runs_total{repository="ml", pipeline_name="train", branch="pr", status="${status}"}`;
const shipped = (status: string, scope: string): string =>
  `cicd_deployments_total{service="api", scope="${scope}", environment="production", status="${status}", reason="planned"}`;
const cost = (window: string, metric: string, scope = 'ml'): string =>
  `cloud_cost_usd{scope="${scope}", service="EC2", window="${window}", metric="${metric}", estimated="false"}`;
const ksm = 'job="kube-state-metrics"';
const requested = (pod: string, resource: string): string =>
  `kube_pod_container_resource_requests{${ksm}, namespace="ml", pod="${pod}", uid="${pod}", container="c", node="a", resource="${resource}"}`;
const phase = (pod: string, name: string): string =>
  `kube_pod_status_phase{${ksm}, namespace="ml", pod="${pod}", uid="${pod}", phase="${name}"}`;
const allocatable = (node: string, resource: string): string =>
  `kube_node_status_allocatable{${ksm}, node="${node}", resource="${resource}"}`;

const CASES: readonly Case[] = [
  {
    what: 'three successes to one failure are 75 %',
    of: 'CI/CD pipelines › Success ratio, 7 days',
    series: { [runs('success')]: '0+3x60', [runs('failure')]: '0+1x60', [runs('cancelled')]: '0+9x60' },
    at: '1h',
    expected: { '{}': 0.75 },
  },
  {
    what: 'a pipeline that only failed has 0 %, not nothing',
    of: 'CI/CD pipelines › Success ratio, 7 days',
    series: { [runs('failure')]: '0+1x60' },
    at: '1h',
    expected: { '{}': 0 },
  },
  {
    what: 'a pipeline without a run has no ratio',
    of: 'CI/CD pipelines › Success ratio, 7 days',
    series: { [runs('success')]: '4x60', [runs('failure')]: '1x60' },
    at: '1h',
    expected: {},
  },
  {
    what: 'the mean is that of the whole run, not of its stages',
    of: 'CI/CD pipelines › Mean run time, 7 days',
    series: {
      'cicd_pipeline_duration_seconds_sum{stage="total", repository="ml", pipeline_name="train"}': '0+360x60',
      'cicd_pipeline_duration_seconds_count{stage="total", repository="ml", pipeline_name="train"}': '0+1x60',
      'cicd_pipeline_duration_seconds_sum{stage="build", repository="ml", pipeline_name="train"}': '0+60x60',
      'cicd_pipeline_duration_seconds_count{stage="build", repository="ml", pipeline_name="train"}': '0+1x60',
    },
    at: '1h',
    expected: { '{}': 360 },
  },
  {
    what: 'failed deployments are not deployments',
    of: 'CI/CD pipelines › Deployments, 7 days',
    series: { [shipped('success', 'ml')]: '0x10 1x10 2x10 3x80', [shipped('failure', 'ml')]: '0+1x120' },
    at: '100m',
    expected: { '{}': 3 },
  },
  {
    what: 'a finished pod and a cordoned node do not count',
    of: 'namespace_resource:kube_pod_container_resource_requests:sum',
    series: {
      [requested('running', 'cpu')]: '2x5',
      [requested('finished', 'cpu')]: '4x5',
      [phase('running', 'Running')]: '1x5',
      [phase('finished', 'Succeeded')]: '1x5',
      [phase('finished', 'Running')]: '0x5',
    },
    at: '3m',
    expected: { '{namespace="ml", resource="cpu"}': 2 },
  },
  {
    what: 'a cordoned node has no room',
    of: 'resource:kube_node_status_allocatable:sum',
    series: {
      [allocatable('a', 'cpu')]: '8x5',
      [allocatable('b', 'cpu')]: '8x5',
      [`kube_node_spec_unschedulable{${ksm}, node="a"}`]: '0x5',
      [`kube_node_spec_unschedulable{${ksm}, node="b"}`]: '1x5',
    },
    at: '3m',
    expected: { '{resource="cpu"}': 8 },
  },
  {
    what: 'a deployment that nobody reports on is down',
    of: 'namespace_deployment:kube_deployment_available:ratio',
    series: {
      [`kube_deployment_spec_replicas{${ksm}, namespace="ml", deployment="api"}`]: '4x5',
      [`kube_deployment_status_replicas_available{${ksm}, namespace="ml", deployment="api"}`]: '3x5',
      [`kube_deployment_spec_replicas{${ksm}, namespace="ml", deployment="lost"}`]: '2x5',
      [`kube_deployment_spec_replicas{${ksm}, namespace="ml", deployment="off"}`]: '0x5',
    },
    at: '3m',
    expected: { '{namespace="ml", deployment="api"}': 0.75, '{namespace="ml", deployment="lost"}': 0 },
  },
  {
    what: '30 days cost what the window says, not thirty times as much',
    of: 'Infrastructure cost › Last 30 days',
    series: {
      [cost('30d', 'unblended')]: '375x5',
      [cost('30d', 'amortized')]: '400x5',
      [cost('last_month', 'unblended')]: '360x5',
    },
    at: '3m',
    expected: { '{}': 375 },
  },
  {
    what: 'a scope without deployments has no cost per deployment',
    of: 'Infrastructure cost › Cost per deployment by scope, 30 days',
    series: {
      [cost('30d', 'amortized')]: '360x5',
      [cost('30d', 'amortized', 'idle')]: '90x5',
      'scope:cicd_deployments:increase30d{scope="ml"}': '36x5',
      'scope:cicd_deployments:increase30d{scope="idle"}': '0x5',
    },
    at: '3m',
    expected: { '{scope="ml"}': 10 },
  },
  {
    what: 'when all targets are down there are still targets',
    of: 'Monitoring health › Targets',
    series: { 'up{job="a", instance="1"}': '0x5', 'up{job="a", instance="2"}': '0x5' },
    at: '3m',
    expected: { '{}': 2 },
  },
  {
    what: 'an alert starts once, however long it fires',
    of: 'alertname_severity:ALERTS_started:count',
    series: { 'ALERTS{alertname="A", alertstate="firing", severity="critical"}': '_x5 1x10' },
    at: '12m',
    expected: {},
  },
  {
    what: 'and in that minute it is seen',
    of: 'alertname_severity:ALERTS_started:count',
    series: { 'ALERTS{alertname="A", alertstate="firing", severity="critical"}': '_x5 1x10' },
    at: '5m',
    expected: { '{alertname="A", severity="critical"}': 1 },
  },
  {
    what: 'two episodes of four and six minutes are five minutes to recovery',
    of: 'Monitoring health › Mean time to recovery of critical alerts, 30 days',
    series: {
      'alertname_severity:ALERTS_firing:count{alertname="A", severity="critical"}': '_x9 1x3 stale _x9 1x5 stale',
      'alertname_severity:ALERTS_started:count{alertname="A", severity="critical"}': '_x9 1 stale _x12 1 stale',
    },
    at: '40m',
    expected: { '{alertname="A"}': 300 },
  },
  {
    what: 'from two to four to three replicas is two events',
    of: 'Auto-scaling › Scaling events, 7 days',
    series: {
      [`kube_horizontalpodautoscaler_status_desired_replicas{${ksm}, namespace="ml", horizontalpodautoscaler="api"}`]:
        '2x10 4x10 3x10',
    },
    at: '30m',
    expected: { '{}': 2 },
  },
  {
    what: 'one check of four under its own threshold is a quarter',
    of: 'Data pipelines and models › Checks below their threshold',
    series: Object.fromEntries(
      ['a', 'b', 'c', 'd'].flatMap((check) => [
        [`data_quality_score{pipeline_name="p", check_type="${check}"}`, check === 'a' ? '0.9x5' : '0.97x5'],
        [`data_quality_score_threshold{pipeline_name="p", check_type="${check}"}`, '0.95x5'],
      ]),
    ),
    at: '3m',
    expected: { '{}': 0.25 },
  },
];

const everything = (expr: string): string => expr.replaceAll('$__rate_interval', '5m').replaceAll(/"\$\w+"/g, '".*"');

function expressionOf(of: string): string {
  const [dashboard = '', panel] = of.split(' › ');
  const found =
    panel === undefined
      ? rules().find(({ record }) => record === of)?.expr
      : dashboards()
          .find(({ title }) => title === dashboard)
          ?.panels.find(({ title }) => title === panel)?.targets?.[0]?.expr;
  if (found === undefined) throw new Error(`There is no ${of}.`);
  return everything(found);
}

/** Labels in the order in which the expectation names them, so that both read the same. */
const named = (samples: readonly Sample[], like: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    samples.map(({ labels, value }) => {
      const text = Object.entries(labels).map(([label, of]) => `${label}="${of}"`);
      const key = Object.keys(like).find(
        (one) => text.every((pair) => one.includes(pair)) && one.split('="').length === text.length + 1,
      );
      return [key ?? `{${text.join(', ')}}`, Math.round(value * 1e6) / 1e6];
    }),
  );

const results = await evaluateAll(
  CASES.map(({ of, series, at }) => ({
    expr: expressionOf(of),
    series,
    at,
  })),
);

test.each(CASES.map((one, index) => ({ ...one, result: results[index] })))('$of: $what', ({ expected, result }) => {
  expect(result?.error).toBeUndefined();
  expect(named(result?.samples ?? [], expected)).toEqual(expected);
});
