/** The part of "Kubernetes health" that is about nodes, the scheduler and volumes. */
import {
  bargauge,
  div,
  gt,
  increase,
  matching,
  max,
  predictLinear,
  rate,
  ratio,
  row,
  sort,
  statetimeline,
  sub,
  avg,
  sum,
  target,
  timeseries,
} from 'dashwright';
import { fromKsm } from '../metrics/exporters.ts';
import {
  apiserverRequests,
  cpuWaiting,
  evictions,
  ioStalled,
  memoryStalled,
  NODE_PRESSURES,
  nodeCondition,
  nodeCpu,
  nodeMemoryAvailable,
  nodeMemoryTotal,
  pendingPods,
  scheduleAttempts,
} from '../metrics/kubernetes-nodes.ts';
import { volumeAvailable, volumeCapacity, volumeUsed } from '../metrics/kubernetes-pods.ts';
import { ksmList, ksmWatch } from '../metrics/kubernetes-workloads.ts';
import { noneIsGood } from './_pack.ts';
import { namespace, utilisation } from './_kubernetes-selection.ts';

export const nodesRow = row('Nodes and scheduling', [
  statetimeline(
    'Pressure',
    sum(nodeCondition({ ...fromKsm, condition: NODE_PRESSURES, status: 'true' }), { by: ['condition'] }),
    {
      description: 'How many nodes report that memory, disk or process ids run short.',
      legend: '{{condition}}',
      thresholds: noneIsGood,
      noValue: 'no data from kube-state-metrics',
    },
  ),
  timeseries('Evictions, 1 day', sum(increase(evictions, '1d'), { by: ['eviction_signal'] }), {
    description: 'Pods that kubelets evicted in the day before each point, by what ran short.',
    legend: '{{eviction_signal}}',
    noValue: 'no evictions',
  }),
  timeseries(
    'CPU by node',
    sub(1, avg(sum(rate(nodeCpu({ mode: ['idle', 'iowait', 'steal'] })), { without: ['mode'] }), { by: ['instance'] })),
    {
      description: 'Used share of the CPU time of each node.',
      legend: '{{instance}}',
      max: 1,
      thresholds: utilisation,
      noValue: 'no data from node-exporter',
    },
  ),
  timeseries('Memory by node', sub(1, div(nodeMemoryAvailable, nodeMemoryTotal)), {
    description: 'Used share of the memory of each node.',
    legend: '{{instance}}',
    max: 1,
    thresholds: utilisation,
    noValue: 'no data from node-exporter',
  }),
  timeseries(
    'Stalled time',
    [
      target(max(rate(memoryStalled)), { legend: 'memory' }),
      target(max(rate(ioStalled)), { legend: 'I/O' }),
      target(max(rate(cpuWaiting)), { legend: 'CPU' }),
    ],
    {
      description: 'Pressure stall information of the worst node: share of time in which work stood still.',
      noValue: 'no data from node-exporter',
    },
  ),
  timeseries('Scheduling', [target(sum(pendingPods, { by: ['queue'] }), { legend: 'waiting pods: {{queue}}' })], {
    description: 'Pods in the queues of the scheduler, where it can be scraped.',
    noValue: 'no data from kube-scheduler',
  }),
  timeseries('Failed attempts to schedule', sum(rate(scheduleAttempts({ result: 'unschedulable' }))), {
    description: 'Attempts per second, not pods: one pod that fits nowhere is tried again and again.',
    legend: 'unschedulable',
    noValue: 'no data from kube-scheduler',
  }),
  timeseries('API server: failed requests', ratio(apiserverRequests({ code: matching(/5../) }), apiserverRequests), {
    description: 'Share of the requests that the API server could not serve.',
    legend: 'failed',
    noValue: 'no data from apiserver',
  }),
  timeseries(
    'kube-state-metrics: failed requests',
    [
      target(ratio(ksmList({ result: 'error' }), ksmList), { legend: 'list' }),
      target(ratio(ksmWatch({ result: 'error' }), ksmWatch), { legend: 'watch' }),
    ],
    {
      description: 'Whatever fails here is old or missing on this dashboard.',
      noValue: 'no data from kube-state-metrics',
    },
  ),
]);

export const volumesRow = row(
  'Volumes',
  [
    bargauge('Volumes: free share', sort(div(volumeAvailable({ namespace }), gt(volumeCapacity({ namespace }), 0))), {
      description: 'Free share of the volume behind each claim.',
      legend: '{{namespace}}/{{persistentvolumeclaim}}',
      thresholds: { base: 'red', 0.03: 'yellow', 0.15: 'green' },
      noValue: 'no volumes',
    }),
    timeseries('Volumes: used share', div(volumeUsed({ namespace }), gt(volumeCapacity({ namespace }), 0)), {
      description: 'Used share of the volume behind each claim.',
      legend: '{{namespace}}/{{persistentvolumeclaim}}',
      max: 1,
      noValue: 'no volumes',
    }),
    timeseries('Volumes: free in four days', predictLinear(volumeAvailable({ namespace }), '4d', '6h'), {
      description: 'At the pace of the last six hours. Below zero: full by then.',
      legend: '{{namespace}}/{{persistentvolumeclaim}}',
      thresholds: { base: 'red', 0: 'green' },
      noValue: 'no volumes',
    }),
  ],
  { collapsed: true },
);
