/** Nodes: what the API knows of them, what they use, and the scheduler that fills them. */
import { any, counter, gauge, info, oneOf } from 'dashwright';
import { apiserver, kubelet, kubeScheduler, kubeStateMetrics, nodeExporter } from './exporters.ts';

const onOff = { min: 0, max: 1 };

const resource = { node: any, resource: any, unit: any };
const unitByLabel = {
  label: 'resource',
  units: { cpu: 'cores', memory: 'bytes', ephemeral_storage: 'bytes', pods: 'count', nvidia_com_gpu: 'count' },
} as const;

export const nodeCapacity = gauge('kube_node_status_capacity', {
  help: 'What the node has. (`kube_node_capacity` has never existed.)',
  labels: resource,
  unitByLabel,
  range: { min: 0 },
  from: kubeStateMetrics,
});

export const nodeAllocatable = gauge('kube_node_status_allocatable', {
  help: 'What the node has for pods: capacity without what the system keeps.',
  labels: resource,
  unitByLabel,
  range: { min: 0 },
  from: kubeStateMetrics,
});

export const NODE_PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

export const nodeCondition = gauge('kube_node_status_condition', {
  help: '1 for the status that the condition has, 0 for the two others.',
  unit: 'count',
  labels: {
    node: any,
    condition: oneOf('Ready', ...NODE_PRESSURES, 'NetworkUnavailable'),
    status: oneOf('true', 'false', 'unknown'),
  },
  range: onOff,
  boolean: true,
  from: kubeStateMetrics,
});

export const nodeUnschedulable = gauge('kube_node_spec_unschedulable', {
  help: '1 if the node is cordoned.',
  unit: 'count',
  labels: { node: any },
  range: onOff,
  boolean: true,
  from: kubeStateMetrics,
});

export const nodeInfo = info('kube_node_info', {
  help: 'The node and its software.',
  key: ['node'],
  labels: { node: any, kernel_version: any, os_image: any, kubelet_version: any, internal_ip: any },
  from: kubeStateMetrics,
});

export const evictions = counter('kubelet_evictions', {
  help: 'Pods that the kubelet evicted, by the signal that ran short. A counter, though its name lacks `_total`.',
  unit: 'count',
  labels: { eviction_signal: any },
  appearsOnFirstUse: true,
  from: kubelet,
  nameAsExposed: true,
});

export const nodeCpu = counter('node_cpu_seconds_total', {
  help: 'CPU time by mode.',
  unit: 'seconds',
  labels: { cpu: any, mode: oneOf('user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal') },
  from: nodeExporter,
});

export const nodeMemoryAvailable = gauge('node_memory_MemAvailable_bytes', {
  nameAsExposed: true,
  help: 'Memory that can be had without swapping.',
  unit: 'bytes',
  labels: {},
  range: { min: 0 },
  from: nodeExporter,
});

export const nodeMemoryTotal = gauge('node_memory_MemTotal_bytes', {
  nameAsExposed: true,
  help: 'Memory of the machine.',
  unit: 'bytes',
  labels: {},
  range: { min: 0 },
  from: nodeExporter,
});

export const memoryStalled = counter('node_pressure_memory_stalled_seconds_total', {
  help: 'Time in which every task waited for memory (PSI).',
  unit: 'seconds',
  labels: {},
  from: nodeExporter,
});

export const cpuWaiting = counter('node_pressure_cpu_waiting_seconds_total', {
  help: 'Time in which a task waited for a CPU (PSI).',
  unit: 'seconds',
  labels: {},
  from: nodeExporter,
});

export const ioStalled = counter('node_pressure_io_stalled_seconds_total', {
  help: 'Time in which every task waited for I/O (PSI).',
  unit: 'seconds',
  labels: {},
  from: nodeExporter,
});

export const scheduleAttempts = counter('scheduler_schedule_attempts_total', {
  help: 'Attempts to place a pod: attempts, not pods.',
  unit: 'count',
  labels: { profile: any, result: oneOf('scheduled', 'unschedulable', 'error') },
  appearsOnFirstUse: true,
  from: kubeScheduler,
});

export const pendingPods = gauge('scheduler_pending_pods', {
  help: 'Pods that wait now, by the queue they wait in.',
  unit: 'count',
  labels: { queue: oneOf('active', 'backoff', 'unschedulable', 'gated') },
  range: { min: 0 },
  from: kubeScheduler,
});

export const apiserverRequests = counter('apiserver_request_total', {
  help: 'Requests to the API server.',
  unit: 'count',
  labels: {
    verb: any,
    code: any,
    resource: any,
    scope: any,
    group: any,
    version: any,
    subresource: any,
    component: any,
    dry_run: any,
  },
  appearsOnFirstUse: true,
  from: apiserver,
});
