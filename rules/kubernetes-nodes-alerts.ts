/** Alerts on nodes and on the room that they leave. Most follow the kubernetes-mixin. */
import { alert, and, changes, count, eq, firing, gt, ruleGroup, silent, sub, sum, text, unless } from 'dashwright';
import kubernetes from '../dashboards/kubernetes.ts';
import { fromKsm } from '../metrics/exporters.ts';
import {
  evictions,
  NODE_PRESSURES,
  nodeAllocatable,
  nodeCondition,
  nodeInfo,
  nodeUnschedulable,
} from '../metrics/kubernetes-nodes.ts';
import { containerRequests, podPhase } from '../metrics/kubernetes-pods.ts';
import { up } from '../metrics/monitoring.ts';
import { happened } from './_events.ts';
import { allocatableAfterLoss, requests } from './kubernetes-records.ts';

/** Who cordons a node knows that something is wrong with it. */
const inUse = eq(nodeUnschedulable(fromKsm), 0);
const onNode = { on: ['node'] } as const;

const worker = { ...fromKsm, node: 'worker-1' };
const ready = { condition: 'Ready', status: 'true' } as const;

/** Requests of one pod, on two nodes of the same size. */
const cluster = (resource: 'cpu' | 'memory', requested: string, perNode: string) => {
  const unit = resource === 'cpu' ? 'core' : 'byte';
  const pod = { ...fromKsm, namespace: 'ml', pod: 'train-0', uid: 'u1' };
  return [
    containerRequests.series({ ...pod, container: 'train', node: 'worker-1', resource, unit }, `${requested}x20`),
    podPhase.series({ ...pod, phase: 'Running' }, '1x20'),
    nodeAllocatable.series({ ...worker, resource, unit }, `${perNode}x20`),
    nodeAllocatable.series({ ...fromKsm, node: 'worker-2', resource, unit }, `${perNode}x20`),
  ];
};

export default ruleGroup('kubernetes-nodes', {}, [
  alert('KubeNodeNotReady', {
    expr: and(eq(nodeCondition({ ...fromKsm, ...ready }), 0), inUse, onNode),
    for: '15m',
    severity: 'warning',
    summary: 'A node is not ready.',
    description: ({ labels }) => text`Node ${labels.node} has not been ready for 15 minutes.`,
    runbook: 'KubeNodeNotReady.md',
    panel: kubernetes.panel('Nodes ready'),
    tests: [
      firing('the kubelet stopped reporting', {
        series: [nodeCondition.series({ ...worker, ...ready }, '0x20'), nodeUnschedulable.series(worker, '0x20')],
        at: '16m',
        labels: { ...worker, ...ready },
      }),
      silent('the node is cordoned', {
        series: [nodeCondition.series({ ...worker, ...ready }, '0x20'), nodeUnschedulable.series(worker, '1x20')],
        at: '16m',
      }),
    ],
  }),

  alert('KubeNodePressure', {
    expr: and(eq(nodeCondition({ ...fromKsm, condition: NODE_PRESSURES, status: 'true' }), 1), inUse, onNode),
    for: '10m',
    severity: 'info',
    summary: 'A node runs short of a resource.',
    description: ({ labels }) => text`Node ${labels.node} has reported ${labels.condition} for ten minutes.`,
    runbook: 'KubeNodePressure.md',
    panel: kubernetes.panel('Pressure'),
    tests: [
      firing('its disk is full', {
        series: [
          nodeCondition.series({ ...worker, condition: 'DiskPressure', status: 'true' }, '1x20'),
          nodeUnschedulable.series(worker, '0x20'),
        ],
        at: '11m',
        labels: { ...worker, condition: 'DiskPressure', status: 'true' },
      }),
      silent('it was short for five minutes', {
        series: [
          nodeCondition.series({ ...worker, condition: 'DiskPressure', status: 'true' }, '1x5 0x15'),
          nodeUnschedulable.series(worker, '0x20'),
        ],
        at: '11m',
      }),
    ],
  }),

  alert('KubeNodeReadinessFlapping', {
    expr: and(gt(sum(changes(nodeCondition({ ...fromKsm, ...ready }), '15m'), { by: ['node'] }), 2), inUse, onNode),
    for: '15m',
    severity: 'warning',
    summary: 'A node goes in and out of readiness.',
    description: ({ labels, value }) =>
      text`Node ${labels.node} changed its readiness ${value.humanize} times in 15 minutes.`,
    runbook: 'KubeNodeReadinessFlapping.md',
    panel: kubernetes.panel('Nodes ready'),
    tests: [
      firing('it changes every two minutes', {
        series: [
          nodeCondition.series({ ...worker, ...ready }, '1 1 0 0 '.repeat(10)),
          nodeUnschedulable.series(worker, '0x40'),
        ],
        at: '35m',
        labels: { node: 'worker-1' },
      }),
      silent('it changes once', {
        series: [nodeCondition.series({ ...worker, ...ready }, '1x20 0x20'), nodeUnschedulable.series(worker, '0x40')],
        at: '35m',
      }),
    ],
  }),

  alert('KubeNodeEviction', {
    expr: gt(sum(happened(evictions, '15m'), { by: ['eviction_signal', 'instance'] }), 0),
    severity: 'info',
    summary: 'A node evicts pods.',
    description: ({ labels }) =>
      text`The kubelet at ${labels.instance} evicted pods because of ${labels.eviction_signal}.`,
    runbook: 'KubeNodeEviction.md',
    panel: kubernetes.panel('Evictions, 1 day'),
    tests: [
      firing('two pods were evicted', {
        series: [
          evictions.series(
            { job: 'kubelet', instance: 'worker-1:10250', eviction_signal: 'memory.available' },
            '0x5 2x10',
          ),
        ],
        at: '10m',
        labels: { instance: 'worker-1:10250', eviction_signal: 'memory.available' },
      }),
      silent('none was', {
        series: [
          evictions.series({ job: 'kubelet', instance: 'worker-1:10250', eviction_signal: 'memory.available' }, '2x30'),
        ],
        at: '20m',
      }),
    ],
  }),

  alert('KubeletDown', {
    // Better than absent(): silent where there are no nodes to ask.
    expr: unless(count(nodeInfo(fromKsm)), count(eq(up({ job: 'kubelet' }), 1))),
    for: '15m',
    severity: 'critical',
    summary: 'Prometheus reaches no kubelet.',
    description: ({ value }) =>
      text`No kubelet could be scraped for 15 minutes. Nodes of the cluster: ${value.humanize}.`,
    runbook: 'KubeletDown.md',
    panel: kubernetes.panel('Nodes ready'),
    tests: [
      firing('all are down', {
        series: [nodeInfo.series(worker, '1x20'), up.series({ job: 'kubelet', instance: 'worker-1:10250' }, '0x20')],
        at: '16m',
        labels: {},
        annotations: { description: 'No kubelet could be scraped for 15 minutes. Nodes of the cluster: 1.' },
      }),
      silent('one is up', {
        series: [
          nodeInfo.series(worker, '1x20'),
          up.series({ job: 'kubelet', instance: 'worker-1:10250' }, '0x20'),
          up.series({ job: 'kubelet', instance: 'worker-2:10250' }, '1x20'),
        ],
        at: '16m',
      }),
    ],
  }),

  alert('KubeCPUOvercommit', {
    expr: gt(
      sub(sum(requests({ resource: 'cpu' }), { by: ['resource'] }), allocatableAfterLoss({ resource: 'cpu' })),
      0,
    ),
    for: '10m',
    severity: 'warning',
    summary: 'The CPU requests do not survive the loss of a node.',
    description: ({ value }) =>
      text`${value.humanize} cores that pods request would find no place after the loss of the largest node.`,
    runbook: 'KubeCPUOvercommit.md',
    panel: kubernetes.panel('Requests commitment'),
    tests: [
      firing('six cores are requested on two nodes of four', {
        series: cluster('cpu', '6', '4'),
        at: '15m',
        labels: { resource: 'cpu' },
        annotations: {
          description: '2 cores that pods request would find no place after the loss of the largest node.',
        },
      }),
      silent('three are', { series: cluster('cpu', '3', '4'), at: '15m' }),
    ],
  }),

  alert('KubeMemoryOvercommit', {
    expr: gt(
      sub(sum(requests({ resource: 'memory' }), { by: ['resource'] }), allocatableAfterLoss({ resource: 'memory' })),
      0,
    ),
    for: '10m',
    severity: 'warning',
    summary: 'The memory requests do not survive the loss of a node.',
    description: ({ value }) =>
      text`${value.humanize1024}B that pods request would find no place after the loss of the largest node.`,
    runbook: 'KubeMemoryOvercommit.md',
    panel: kubernetes.panel('Requests commitment'),
    tests: [
      firing('24 GB are requested on two nodes of 16', {
        series: cluster('memory', '24000000000', '16000000000'),
        at: '15m',
        labels: { resource: 'memory' },
        annotations: {
          description: '7.451GiB that pods request would find no place after the loss of the largest node.',
        },
      }),
      silent('12 are', { series: cluster('memory', '12000000000', '16000000000'), at: '15m' }),
    ],
  }),
]);
