/** Pods and containers, as kube-state-metrics tells of them and as the kubelet measures them. */
import { any, counter, gauge, info, oneOf } from 'dashwright';
import { cadvisor, kubelet, kubeStateMetrics } from './exporters.ts';

const pod = { namespace: any, pod: any, uid: any };
const container = { ...pod, container: any };
const onOff = { min: 0, max: 1 };

export const POD_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;

export const podPhase = gauge('kube_pod_status_phase', {
  help: '1 for the phase that the pod is in, 0 for the four others: add up, do not count.',
  unit: 'count',
  labels: { ...pod, phase: oneOf(...POD_PHASES) },
  range: onOff,
  boolean: true,
  from: kubeStateMetrics,
});

export const podCreated = gauge('kube_pod_created', {
  help: 'When the pod object was created. Says nothing about when its containers started.',
  unit: 'timestamp_seconds',
  labels: pod,
  from: kubeStateMetrics,
  nameAsExposed: true,
});

export const podStartTime = gauge('kube_pod_start_time', {
  nameAsExposed: true,
  help: 'When the kubelet accepted the pod.',
  unit: 'timestamp_seconds',
  labels: pod,
  from: kubeStateMetrics,
});

export const containerStarted = gauge('kube_pod_container_state_started', {
  nameAsExposed: true,
  help: 'When the container last started; moves at each restart.',
  unit: 'timestamp_seconds',
  labels: container,
  from: kubeStateMetrics,
});

export const podReady = gauge('kube_pod_status_ready', {
  help: '1 for the value that the Ready condition of the pod has.',
  unit: 'count',
  labels: { ...pod, condition: oneOf('true', 'false', 'unknown') },
  range: onOff,
  boolean: true,
  from: kubeStateMetrics,
});

export const podUnschedulable = gauge('kube_pod_status_unschedulable', {
  help: '1 while the pod cannot be placed; no series otherwise. Set for brand-new and scheduling-gated pods too.',
  unit: 'count',
  labels: pod,
  range: { min: 1, max: 1 },
  appearsOnFirstUse: true,
  from: kubeStateMetrics,
});

export const podReason = gauge('kube_pod_status_reason', {
  help: 'Why the pod is where it is. Since 2.20 only the reason that is set has a series.',
  unit: 'count',
  labels: {
    ...pod,
    reason: oneOf(
      'Evicted',
      'NodeAffinity',
      'NodeLost',
      'PreemptionByScheduler',
      'SchedulingGated',
      'Shutdown',
      'TerminationByKubelet',
      'UnexpectedAdmissionError',
      'Other',
    ),
  },
  range: onOff,
  boolean: true,
  appearsOnFirstUse: true,
  from: kubeStateMetrics,
});

export const podOwner = info('kube_pod_owner', {
  help: 'Who made the pod.',
  labels: { ...pod, owner_kind: any, owner_name: any, owner_is_controller: any },
  from: kubeStateMetrics,
  nameAsExposed: true,
});

export const containerInfo = info('kube_pod_container_info', {
  help: 'The container and the image that it runs.',
  key: ['namespace', 'pod', 'uid', 'container'],
  labels: { ...container, image: any, image_id: any, image_spec: any, container_id: any },
  from: kubeStateMetrics,
});

export const containerRestarts = counter('kube_pod_container_status_restarts_total', {
  help: 'Restarts of the container since its pod exists; gone with the pod.',
  unit: 'count',
  labels: container,
  from: kubeStateMetrics,
});

export const containerWaitingReason = gauge('kube_pod_container_status_waiting_reason', {
  help: '1 while the container waits for this reason; no series otherwise.',
  unit: 'count',
  labels: { ...container, reason: any },
  range: { min: 1, max: 1 },
  appearsOnFirstUse: true,
  from: kubeStateMetrics,
});

export const containerLastTerminatedReason = gauge('kube_pod_container_status_last_terminated_reason', {
  help: 'Why the previous run of the container ended.',
  unit: 'count',
  labels: { ...container, reason: any },
  range: { min: 1, max: 1 },
  appearsOnFirstUse: true,
  since: '1.5',
  from: kubeStateMetrics,
});

/** Extended resources, such as `nvidia_com_gpu`, are counted in pieces. */
const resource = { resource: any, unit: any };
const unitByLabel = {
  label: 'resource',
  units: { cpu: 'cores', memory: 'bytes', ephemeral_storage: 'bytes', nvidia_com_gpu: 'count' },
} as const;

export const containerRequests = gauge('kube_pod_container_resource_requests', {
  help: 'What the container asked for. Pods that finished are included.',
  labels: { ...container, node: any, ...resource },
  unitByLabel,
  range: { min: 0 },
  from: kubeStateMetrics,
});

export const containerLimits = gauge('kube_pod_container_resource_limits', {
  help: 'What the container may use at most. No series where no limit is set.',
  labels: { ...container, node: any, ...resource },
  unitByLabel,
  range: { min: 0 },
  from: kubeStateMetrics,
});

/** cAdvisor also reports the cgroups above the containers, with empty labels: selectors must leave those out. */
const cgroup = { namespace: any, pod: any, container: any, image: any, id: any, name: any };

export const containerCpuUsage = counter('container_cpu_usage_seconds_total', {
  help: 'CPU time used.',
  unit: 'seconds',
  labels: { ...cgroup, cpu: any },
  from: cadvisor,
});

export const containerMemoryWorkingSet = gauge('container_memory_working_set_bytes', {
  help: 'Memory that cannot be given back under pressure: what the OOM killer looks at.',
  unit: 'bytes',
  labels: cgroup,
  range: { min: 0 },
  from: cadvisor,
});

export const containerCfsPeriods = counter('container_cpu_cfs_periods_total', {
  help: 'Scheduling periods of containers that have a CPU limit.',
  unit: 'count',
  labels: cgroup,
  from: cadvisor,
});

export const containerCfsThrottledPeriods = counter('container_cpu_cfs_throttled_periods_total', {
  help: 'Scheduling periods in which the container was held back by its CPU limit.',
  unit: 'count',
  labels: cgroup,
  from: cadvisor,
});

const claim = { namespace: any, persistentvolumeclaim: any };

export const volumeAvailable = gauge('kubelet_volume_stats_available_bytes', {
  help: 'Free space of the volume behind the claim.',
  unit: 'bytes',
  labels: claim,
  range: { min: 0 },
  from: kubelet,
});

export const volumeCapacity = gauge('kubelet_volume_stats_capacity_bytes', {
  help: 'Size of the volume behind the claim.',
  unit: 'bytes',
  labels: claim,
  range: { min: 0 },
  from: kubelet,
});

export const volumeUsed = gauge('kubelet_volume_stats_used_bytes', {
  help: 'Used space of the volume behind the claim.',
  unit: 'bytes',
  labels: claim,
  range: { min: 0 },
  from: kubelet,
});

export const claimAccessMode = info('kube_persistentvolumeclaim_access_mode', {
  help: 'Access modes of the claim, one series each.',
  labels: { ...claim, access_mode: oneOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod') },
  from: kubeStateMetrics,
  nameAsExposed: true,
});
