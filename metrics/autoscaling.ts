/**
 * Auto-scaling. The guide's `hpa_*` series are written by nothing; kube-state-metrics and the controllers
 * have the true ones.
 */
import { any, counter, gauge, histogram, info, oneOf, summary } from 'dashwright';
import { clusterAutoscaler, karpenter, keda, kubeControllerManager, kubeStateMetrics } from './exporters.ts';

const hpa = { namespace: any, horizontalpodautoscaler: any };
const replicas = { unit: 'count', labels: hpa, range: { min: 0 }, from: kubeStateMetrics } as const;

export const hpaMinReplicas = gauge('kube_horizontalpodautoscaler_spec_min_replicas', {
  help: 'Fewest replicas that the autoscaler may set.',
  renamedFrom: ['kube_hpa_spec_min_replicas'],
  ...replicas,
});

export const hpaMaxReplicas = gauge('kube_horizontalpodautoscaler_spec_max_replicas', {
  help: 'Most replicas that the autoscaler may set.',
  renamedFrom: ['kube_hpa_spec_max_replicas'],
  ...replicas,
});

export const hpaCurrentReplicas = gauge('kube_horizontalpodautoscaler_status_current_replicas', {
  help: 'Replicas that the autoscaler last saw.',
  renamedFrom: ['kube_hpa_status_current_replicas'],
  ...replicas,
});

export const hpaDesiredReplicas = gauge('kube_horizontalpodautoscaler_status_desired_replicas', {
  help: 'Replicas that the autoscaler wants.',
  renamedFrom: ['kube_hpa_status_desired_replicas'],
  ...replicas,
});

export const hpaCondition = gauge('kube_horizontalpodautoscaler_status_condition', {
  help: '1 for the status that the condition has. ScalingActive=false: the metrics cannot be read.',
  unit: 'count',
  labels: {
    ...hpa,
    condition: oneOf('AbleToScale', 'ScalingActive', 'ScalingLimited'),
    status: oneOf('true', 'false', 'unknown'),
  },
  range: { min: 0, max: 1 },
  boolean: true,
  from: kubeStateMetrics,
});

export const hpaInfo = info('kube_horizontalpodautoscaler_info', {
  help: 'What the autoscaler scales.',
  key: ['namespace', 'horizontalpodautoscaler'],
  labels: { ...hpa, scaletargetref_api_version: any, scaletargetref_kind: any, scaletargetref_name: any },
  since: '2.3',
  from: kubeStateMetrics,
});

const reconciliation = {
  action: oneOf('scale_up', 'scale_down', 'none'),
  error: oneOf('spec', 'internal', 'none'),
};

export const hpaReconciliations = counter('horizontal_pod_autoscaler_controller_reconciliations_total', {
  help: 'Decisions of the HPA controller, over all autoscalers. scale_up and scale_down are the scaling events.',
  unit: 'count',
  labels: reconciliation,
  appearsOnFirstUse: true,
  since: '1.27',
  from: kubeControllerManager,
});

export const hpaReconciliationDuration = histogram(
  'horizontal_pod_autoscaler_controller_reconciliation_duration_seconds',
  {
    help: 'How long the HPA controller took to decide.',
    unit: 'seconds',
    labels: reconciliation,
    buckets: Array.from({ length: 15 }, (_, power) => 2 ** power / 1000),
    since: '1.27',
    from: kubeControllerManager,
  },
);

export const caNodes = gauge('cluster_autoscaler_nodes_count', {
  help: 'Nodes, by state.',
  unit: 'count',
  labels: { state: oneOf('ready', 'unready', 'notStarted', 'suspended', 'unregistered', 'longUnregistered') },
  range: { min: 0 },
  from: clusterAutoscaler,
  nameAsExposed: true,
});

export const caMaxNodes = gauge('cluster_autoscaler_max_nodes_count', {
  help: 'Most nodes that all node groups together may have.',
  unit: 'count',
  labels: {},
  range: { min: 0 },
  from: clusterAutoscaler,
  nameAsExposed: true,
});

export const caUnschedulablePods = gauge('cluster_autoscaler_unschedulable_pods_count', {
  help: 'Pods that the autoscaler sees without a node.',
  unit: 'count',
  labels: { type: oneOf('unschedulable', 'scheduler_unprocessed') },
  range: { min: 0 },
  from: clusterAutoscaler,
  nameAsExposed: true,
});

export const caSafeToAutoscale = gauge('cluster_autoscaler_cluster_safe_to_autoscale', {
  help: '1 if the cluster is healthy enough to be scaled.',
  unit: 'count',
  labels: {},
  range: { min: 0, max: 1 },
  boolean: true,
  from: clusterAutoscaler,
});

/** GPU labels are empty for other nodes. */
const gpu = { gpu_resource_name: any, gpu_name: any, dra_drivers: any };

export const caScaledUpNodes = counter('cluster_autoscaler_scaled_up_nodes_total', {
  help: 'Nodes asked for. Counted when the size of the group was set, not when a machine joined.',
  unit: 'count',
  labels: gpu,
  from: clusterAutoscaler,
});

export const caScaledDownNodes = counter('cluster_autoscaler_scaled_down_nodes_total', {
  help: 'Nodes removed.',
  unit: 'count',
  labels: { reason: oneOf('empty', 'underutilized', 'unready'), ...gpu },
  appearsOnFirstUse: true,
  from: clusterAutoscaler,
});

export const caFailedScaleUps = counter('cluster_autoscaler_failed_scale_ups_total', {
  help: 'Scale-ups that failed.',
  unit: 'count',
  labels: { reason: any, ...gpu },
  appearsOnFirstUse: true,
  from: clusterAutoscaler,
});

export const caErrors = counter('cluster_autoscaler_errors_total', {
  help: 'Loops of the autoscaler that ended in an error.',
  unit: 'count',
  labels: { type: any },
  from: clusterAutoscaler,
});

export const caLastActivity = gauge('cluster_autoscaler_last_activity', {
  nameAsExposed: true,
  help: 'When a part of the autoscaler last ran.',
  unit: 'timestamp_seconds',
  labels: { activity: any },
  from: clusterAutoscaler,
});

export const caFunctionDuration = histogram('cluster_autoscaler_function_duration_seconds', {
  help: 'How long the parts of the main loop took.',
  unit: 'seconds',
  labels: { function: any },
  from: clusterAutoscaler,
});

/** Karpenter 1.x; a cluster has it or the cluster autoscaler. */
const pool = {
  labels: { nodepool: any, resource_type: any },
  unitByLabel: { label: 'resource_type', units: { cpu: 'cores', memory: 'bytes', nodes: 'count', pods: 'count' } },
  range: { min: 0 },
  from: karpenter,
} as const;

export const karpenterUsage = gauge('karpenter_nodepools_usage', {
  help: 'Resources that the pool has provisioned.',
  renamedFrom: ['karpenter_nodepool_usage'],
  ...pool,
});

export const karpenterLimit = gauge('karpenter_nodepools_limit', {
  help: 'Resources that the pool may provision. No series without a limit.',
  renamedFrom: ['karpenter_nodepool_limit'],
  ...pool,
});

export const karpenterNodeClaimsCreated = counter('karpenter_nodeclaims_created_total', {
  help: 'Nodes asked for.',
  unit: 'count',
  labels: { nodepool: any, reason: any, min_values_relaxed: any },
  appearsOnFirstUse: true,
  from: karpenter,
});

export const karpenterNodeClaimsTerminated = counter('karpenter_nodeclaims_terminated_total', {
  help: 'Nodes removed.',
  unit: 'count',
  labels: { nodepool: any, capacity_type: any, zone: any },
  appearsOnFirstUse: true,
  from: karpenter,
});

export const karpenterCloudErrors = counter('karpenter_cloudprovider_errors_total', {
  help: 'Errors of the cloud provider. NodeClaimNotFoundError is part of normal termination.',
  unit: 'count',
  labels: { controller: any, method: any, provider: any, error: any },
  appearsOnFirstUse: true,
  from: karpenter,
});

/** A summary, although many dashboards ask for its buckets, which do not exist. */
export const karpenterPodStartup = summary('karpenter_pods_startup_duration_seconds', {
  help: 'From the creation of a pod to the moment it runs.',
  unit: 'seconds',
  labels: {},
  quantiles: [0, 0.5, 0.9, 0.99, 1],
  from: karpenter,
});

export const karpenterPodBound = histogram('karpenter_pods_bound_duration_seconds', {
  help: 'From the creation of a pod to the moment it has a node.',
  unit: 'seconds',
  labels: {},
  from: karpenter,
});

export const kedaScalerErrors = counter('keda_scaler_detail_errors_total', {
  nameAsExposed: true,
  help: 'Errors of a scaler when it read its metric.',
  unit: 'count',
  labels: { namespace: any, metric: any, scaledObject: any, scaler: any, triggerIndex: any, type: any },
  appearsOnFirstUse: true,
  from: keda,
});
