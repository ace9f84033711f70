/** The cluster: room, health of pods and nodes, and what restarts. The guide calls it "Infrastructure Health". */
import {
  age,
  and,
  bargauge,
  count,
  dashboard,
  eq,
  gt,
  increase,
  lt,
  max,
  min,
  or,
  round,
  row,
  sort,
  stat,
  sub,
  sum,
  table,
  time,
  timeseries,
  timestamp,
  topk,
  vector,
} from 'dashwright';
import { fromKsm } from '../metrics/exporters.ts';
import { nodeCapacity } from '../metrics/kubernetes-nodes.ts';
import {
  containerLastTerminatedReason,
  containerRestarts,
  containerStarted,
  containerWaitingReason,
  podCreated,
  podPhase,
  podReady,
  podUnschedulable,
} from '../metrics/kubernetes-pods.ts';
import {
  cpuUtilisation,
  limitsCommitment,
  memoryUtilisation,
  nodesReady,
  requestsCommitment,
} from '../rules/kubernetes-records.ts';
import { clusterAvailability, meanPodAge, podAges } from './_key-numbers.ts';
import { freshFor, mlops, neighbours, neutral, noneIsGood, valueColumn } from './_pack.ts';
import { nodesRow, volumesRow } from './_kubernetes-node-rows.ts';
import { ksm, namespace, utilisation } from './_kubernetes-selection.ts';
import { usageRow, workloadsRow } from './_kubernetes-workload-rows.ts';

const byNamespace = ['namespace'] as const;
const byPod = ['namespace', 'pod'] as const;
const byContainer = ['namespace', 'pod', 'container'] as const;

const running = eq(podPhase({ ...ksm, phase: 'Running' }), 1);
const commitment = { base: 'green', 0.8: 'yellow', 1: 'red' } as const;

export default dashboard('Kubernetes health', {
  uid: 'kubernetes-health',
  description:
    'Is there room, do pods run and stay running, are nodes well? Commitment is what pods ask for, utilisation is what they use: two different things.',
  folder: mlops,
  tags: ['mlops', 'kubernetes'],
  links: neighbours,
  variables: [namespace],
  rows: [
    row('Cluster', [
      stat('Requests commitment', requestsCommitment, {
        unit: 'percentunit',
        description: 'Requested share of what nodes that are not cordoned have for pods. Finished pods do not count.',
        legend: '{{resource}}',
        thresholds: commitment,
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Limits commitment', limitsCommitment, {
        unit: 'percentunit',
        description: 'What limits allow. Above 100 % not every container can use what it may; that can be meant.',
        legend: '{{resource}}',
        thresholds: { base: 'green', 1.5: 'yellow' },
        noValue: 'no limits set',
      }),
      stat('CPU utilisation', cpuUtilisation, {
        description: 'Used share of the CPU time of all nodes.',
        thresholds: utilisation,
        noValue: 'no data from node-exporter',
      }),
      stat('Memory utilisation', memoryUtilisation, {
        description: 'Used share of the memory of all nodes.',
        thresholds: utilisation,
        noValue: 'no data from node-exporter',
      }),
      stat('Cores', sum(nodeCapacity({ ...fromKsm, resource: 'cpu' })), {
        description: 'Cores of all nodes, cordoned ones included.',
        unit: 'short',
        thresholds: neutral,
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Nodes ready', nodesReady, {
        description: 'Share of the nodes that are ready.',
        thresholds: { base: 'red', 1: 'green' },
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Nodes ready, 30 days', clusterAvailability, {
        description:
          'Availability of the cluster as share of node time. What users of a service see is another number.',
        decimals: 3,
        thresholds: { base: 'red', 0.99: 'yellow', 0.999: 'green' },
        noValue: 'no data from kube-state-metrics',
      }),
    ]),

    row('Pods', [
      stat('Age of the newest figures', sub(time(), max(timestamp(podPhase(fromKsm)))), {
        description: 'When kube-state-metrics was last scraped. Everything below comes from there.',
        thresholds: freshFor(120, 300),
        noValue: 'no data from kube-state-metrics',
      }),
      stat(
        'Pods not ready',
        or(sum(and(eq(podReady({ ...ksm, condition: ['false', 'unknown'] }), 1), running, { on: byPod })), vector(0)),
        {
          unit: 'short',
          description: 'Pods that run and do not answer their readiness probe.',
          thresholds: noneIsGood,
          noValue: '0',
        },
      ),
      stat('Pods without a node', or(count(eq(podUnschedulable(ksm), 1)), vector(0)), {
        unit: 'short',
        description: 'Pods that the scheduler cannot place now, those held back by a gate included.',
        thresholds: noneIsGood,
        noValue: '0',
      }),
      stat('Restarts, 1 day', round(sum(increase(containerRestarts(ksm), '1d'))), {
        description: 'Restarts of containers within a day. The lifetime sum would fall whenever a pod is deleted.',
        thresholds: { base: 'green', 5: 'yellow', 50: 'red' },
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Age of running pods, mean', meanPodAge({ namespace }), {
        description: 'How long running pods have run, on average. It is no availability: a new version makes it fall.',
        thresholds: neutral,
        noValue: 'no pods run',
      }),
      timeseries('Pods by phase', sum(podPhase(ksm), { by: ['phase'] }), {
        description: 'Each pod is in one of five phases.',
        legend: '{{phase}}',
        stacking: 'normal',
        noValue: 'no data from kube-state-metrics',
      }),
      bargauge('Pods by namespace', sum(podPhase({ ...ksm, phase: 'Running' }), { by: byNamespace }), {
        description: 'Running pods of each namespace.',
        legend: '{{namespace}}',
        thresholds: neutral,
        noValue: 'no pods run',
      }),
      timeseries('Restarts by namespace, 1 day', sum(increase(containerRestarts(ksm), '1d'), { by: byNamespace }), {
        description: 'Restarts of containers in the day before each point.',
        legend: '{{namespace}}',
        noValue: 'no data from kube-state-metrics',
      }),
      table(
        'Containers that restarted, 1 day',
        topk(20, gt(round(sum(increase(containerRestarts(ksm), '1d'), { by: byContainer })), 0)),
        {
          overrides: valueColumn('Restarts'),
          description: 'The twenty containers with the most restarts.',
          thresholds: { base: 'yellow', 5: 'red' },
          noValue: 'no restarts',
        },
      ),
      table(
        'Why containers ended last',
        sum(containerLastTerminatedReason(ksm), { by: ['namespace', 'pod', 'container', 'reason'] }),
        {
          overrides: valueColumn('Containers'),
          description: 'OOMKilled is memory, Error is the program.',
          thresholds: neutral,
          noValue: 'nothing ended',
        },
      ),
      table(
        'Waiting containers',
        sum(containerWaitingReason(ksm), { by: ['namespace', 'pod', 'container', 'reason'] }),
        {
          overrides: valueColumn('Containers'),
          description: 'Containers that do not run, and why.',
          thresholds: neutral,
          noValue: 'none waits',
        },
      ),
      table('Age of running pods', sort(podAges({ namespace })), {
        overrides: valueColumn('Age'),
        description: 'Time since the kubelet accepted the pod, youngest first.',
        thresholds: neutral,
        noValue: 'no pods run',
      }),
      table('Time since the last start of a container', sort(min(age(containerStarted(ksm)), { by: byContainer })), {
        overrides: valueColumn('Running for'),
        description: 'Falls to 0 at each restart, unlike the age of the pod.',
        thresholds: { base: 'yellow', 3600: 'green' },
        noValue: 'no containers run',
      }),
      timeseries('Pods created, last hour', count(lt(age(podCreated(ksm)), 3600), { by: byNamespace }), {
        description: 'Pods that are younger than an hour: rollouts, jobs, and what keeps being replaced.',
        legend: '{{namespace}}',
        noValue: 'no new pods',
      }),
    ]),

    workloadsRow,

    usageRow,

    nodesRow,

    volumesRow,
  ],
});
