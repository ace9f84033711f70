/** Commitment, utilisation and availability of the cluster. */
import { avg, clampMax, count, div, eq, gt, max, mul, or, rate, record, ruleGroup, sub, sum, unless } from 'dashwright';
import { fromKsm } from '../metrics/exporters.ts';
import {
  nodeAllocatable,
  nodeCondition,
  nodeCpu,
  nodeMemoryAvailable,
  nodeMemoryTotal,
  nodeUnschedulable,
} from '../metrics/kubernetes-nodes.ts';
import { containerLimits, containerRequests, podPhase } from '../metrics/kubernetes-pods.ts';
import { deploymentReplicasAvailable, deploymentSpecReplicas } from '../metrics/kubernetes-workloads.ts';

/** Pods that finished keep their requests in kube-state-metrics, but hold nothing on the node. */
const activePods = max(eq(podPhase({ ...fromKsm, phase: ['Pending', 'Running'] }), 1), {
  by: ['namespace', 'pod', 'uid'],
});

const computed = ['cpu', 'memory'];

export const requests = record(
  'namespace_resource:kube_pod_container_resource_requests:sum',
  sum(
    mul(containerRequests({ ...fromKsm, resource: computed }), activePods, {
      on: ['namespace', 'pod', 'uid'],
      groupLeft: [],
    }),
    { by: ['namespace', 'resource'] },
  ),
  { help: 'What the pods that are not finished ask for: cores and bytes.' },
);

export const limits = record(
  'namespace_resource:kube_pod_container_resource_limits:sum',
  sum(
    mul(containerLimits({ ...fromKsm, resource: computed }), activePods, {
      on: ['namespace', 'pod', 'uid'],
      groupLeft: [],
    }),
    { by: ['namespace', 'resource'] },
  ),
  { help: 'What the pods that are not finished may use at most: cores and bytes.' },
);

/** Nothing new is placed on a cordoned node. */
const schedulable = unless(nodeAllocatable({ ...fromKsm, resource: computed }), eq(nodeUnschedulable(fromKsm), 1), {
  on: ['node'],
});

export const allocatable = record('resource:kube_node_status_allocatable:sum', sum(schedulable, { by: ['resource'] }), {
  help: 'What nodes that are not cordoned have for pods: cores and bytes.',
});

/** Room that is left when the largest node is lost; nothing in a cluster of one node. */
export const allocatableAfterLoss = record(
  'resource:kube_node_status_allocatable:sum_without_largest',
  gt(sub(sum(schedulable, { by: ['resource'] }), max(schedulable, { by: ['resource'] })), 0),
  { help: 'Allocatable cores and bytes without the largest node.' },
);

export const requestsCommitment = record(
  'resource:kube_pod_container_resource_requests:ratio',
  div(sum(requests, { by: ['resource'] }), allocatable),
  { help: 'Requested share of what nodes have for pods.' },
);

export const limitsCommitment = record(
  'resource:kube_pod_container_resource_limits:ratio',
  div(sum(limits, { by: ['resource'] }), allocatable),
  { help: 'What limits allow, as a share of what nodes have for pods. Above 1, not all can be used at once.' },
);

export const cpuUtilisation = record(
  'cluster:node_cpu:ratio_rate5m',
  sub(1, avg(sum(rate(nodeCpu({ mode: ['idle', 'iowait', 'steal'] }), '5m'), { without: ['mode'] }))),
  { help: 'Share of the CPU time of all nodes that was used.' },
);

export const memoryUtilisation = record(
  'cluster:node_memory_used:ratio',
  sub(1, div(sum(nodeMemoryAvailable), sum(nodeMemoryTotal))),
  { help: 'Share of the memory of all nodes that is used.' },
);

const ready = nodeCondition({ ...fromKsm, condition: 'Ready', status: 'true' });

export const nodesReady = record('cluster:kube_node_ready:ratio', div(sum(ready), count(ready)), {
  help: 'Share of the nodes that are ready.',
});

const wanted = gt(deploymentSpecReplicas(fromKsm), 0);

/** A deployment whose available replicas are unknown counts as down, hence the 0 on the right of `or`. */
export const deploymentAvailability = record(
  'namespace_deployment:kube_deployment_available:ratio',
  max(clampMax(div(or(deploymentReplicasAvailable(fromKsm), mul(0, deploymentSpecReplicas(fromKsm))), wanted), 1), {
    by: ['namespace', 'deployment'],
  }),
  { help: 'Share of the wanted replicas that are available, 1 at most.' },
);

export default ruleGroup('kubernetes-records', { interval: '1m' }, [
  requests,
  limits,
  allocatable,
  allocatableAfterLoss,
  requestsCommitment,
  limitsCommitment,
  cpuUtilisation,
  memoryUtilisation,
  nodesReady,
  deploymentAvailability,
]);
