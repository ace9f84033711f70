/** Alerts on horizontal pod autoscalers and on what adds and removes nodes. */
import {
  age,
  alert,
  and,
  changes,
  div,
  eq,
  firing,
  gt,
  lt,
  max,
  ne,
  not,
  ruleGroup,
  silent,
  sum,
  text,
} from 'dashwright';
import autoscaling from '../dashboards/autoscaling.ts';
import {
  caFailedScaleUps,
  caLastActivity,
  caMaxNodes,
  caNodes,
  caUnschedulablePods,
  hpaCondition,
  hpaCurrentReplicas,
  hpaDesiredReplicas,
  hpaMaxReplicas,
  hpaMinReplicas,
  karpenterCloudErrors,
  karpenterLimit,
  karpenterUsage,
  kedaScalerErrors,
} from '../metrics/autoscaling.ts';
import { fromKsm } from '../metrics/exporters.ts';
import { happened } from './_events.ts';

const current = hpaCurrentReplicas(fromKsm);
const least = hpaMinReplicas(fromKsm);
const most = hpaMaxReplicas(fromKsm);

const api = { ...fromKsm, namespace: 'ml', horizontalpodautoscaler: 'api' };
const ca = { job: 'cluster-autoscaler', instance: 'cluster-autoscaler:8085' } as const;
const pool = { nodepool: 'gpu', resource_type: 'cpu' };

/** An autoscaler with its bounds, current and desired replicas. */
const hpa = (fewest: number, highest: number, now: string, wanted: string) => [
  hpaMinReplicas.series(api, `${fewest}x40`),
  hpaMaxReplicas.series(api, `${highest}x40`),
  hpaCurrentReplicas.series(api, now),
  hpaDesiredReplicas.series(api, wanted),
];

export default ruleGroup('autoscaling', {}, [
  alert('KubeHpaReplicasMismatch', {
    expr: and(
      and(and(ne(hpaDesiredReplicas(fromKsm), current), gt(current, least)), lt(current, most)),
      eq(changes(current, '15m'), 0),
    ),
    for: '15m',
    severity: 'warning',
    summary: 'An autoscaler does not reach what it wants.',
    description: ({ labels, value }) =>
      text`Autoscaler ${labels.namespace}/${labels.horizontalpodautoscaler} has wanted ${value.humanize} replicas for 15 minutes, and nothing moves.`,
    runbook: 'KubeHpaReplicasMismatch.md',
    panel: autoscaling.panel('Replicas'),
    tests: [
      firing('it wants six and stays at four', {
        series: hpa(2, 10, '4x40', '6x40'),
        at: '35m',
        labels: api,
        annotations: { description: 'Autoscaler ml/api has wanted 6 replicas for 15 minutes, and nothing moves.' },
      }),
      silent('it is on its way', { series: hpa(2, 50, '4+1x40', '46x40'), at: '35m' }),
      silent('it is at its maximum', { series: hpa(2, 4, '4x40', '6x40'), at: '35m' }),
    ],
  }),

  alert('KubeHpaMaxedOut', {
    expr: and(eq(current, most), ne(most, least), { on: ['namespace', 'horizontalpodautoscaler'] }),
    for: '15m',
    severity: 'warning',
    summary: 'An autoscaler is at its maximum.',
    description: ({ labels, value }) =>
      text`Autoscaler ${labels.namespace}/${labels.horizontalpodautoscaler} has been at its maximum of ${value.humanize} replicas for 15 minutes.`,
    runbook: 'KubeHpaMaxedOut.md',
    panel: autoscaling.panel('Autoscalers at their maximum'),
    tests: [
      firing('ten of ten replicas run', {
        series: hpa(2, 10, '10x40', '10x40'),
        at: '16m',
        labels: api,
        annotations: { description: 'Autoscaler ml/api has been at its maximum of 10 replicas for 15 minutes.' },
      }),
      silent('four of ten do', { series: hpa(2, 10, '4x40', '4x40'), at: '16m' }),
      silent('its minimum is its maximum', { series: hpa(3, 3, '3x40', '3x40'), at: '16m' }),
    ],
  }),

  alert('HpaMetricsUnavailable', {
    expr: eq(hpaCondition({ ...fromKsm, condition: 'ScalingActive', status: 'false' }), 1),
    for: '15m',
    severity: 'warning',
    summary: 'An autoscaler cannot read its metrics.',
    description: ({ labels }) =>
      text`Autoscaler ${labels.namespace}/${labels.horizontalpodautoscaler} has not been able to read its metrics for 15 minutes and scales nothing.`,
    runbook: 'HpaMetricsUnavailable.md',
    panel: autoscaling.panel('Autoscalers without metrics'),
    tests: [
      firing('the metrics API is away', {
        series: [hpaCondition.series({ ...api, condition: 'ScalingActive', status: 'false' }, '1x20')],
        at: '16m',
        labels: { ...api, condition: 'ScalingActive', status: 'false' },
      }),
      silent('it is away for five minutes', {
        series: [hpaCondition.series({ ...api, condition: 'ScalingActive', status: 'false' }, '1x5 0x15')],
        at: '16m',
      }),
    ],
  }),

  alert('ClusterAutoscalerUnschedulablePods', {
    expr: gt(sum(caUnschedulablePods({ type: 'unschedulable' })), 0),
    for: '15m',
    severity: 'warning',
    summary: 'The cluster autoscaler finds no node for pods.',
    description: ({ value }) => text`Pods that have been without a node for 15 minutes: ${value.humanize}.`,
    runbook: 'ClusterAutoscalerUnschedulablePods.md',
    panel: autoscaling.panel('Pods without a node'),
    tests: [
      firing('three pods fit nowhere', {
        series: [caUnschedulablePods.series({ ...ca, type: 'unschedulable' }, '3x20')],
        at: '16m',
        labels: {},
        annotations: { description: 'Pods that have been without a node for 15 minutes: 3.' },
      }),
      silent('a node comes after five minutes', {
        series: [caUnschedulablePods.series({ ...ca, type: 'unschedulable' }, '3x5 0x20')],
        at: '16m',
      }),
    ],
  }),

  alert('ClusterAutoscalerNodeCountNearCapacity', {
    expr: gt(div(sum(caNodes), gt(max(caMaxNodes), 0)), 0.75),
    for: '15m',
    severity: 'warning',
    summary: 'Most of the nodes that may exist do exist.',
    description: ({ value }) => text`${value.percentage} of the nodes that may exist do exist.`,
    runbook: 'ClusterAutoscalerNodeCountNearCapacity.md',
    panel: autoscaling.panel('Nodes'),
    tests: [
      firing('eight of ten', {
        series: [caNodes.series({ ...ca, state: 'ready' }, '8x20'), caMaxNodes.series(ca, '10x20')],
        at: '16m',
        labels: {},
        annotations: { description: '80% of the nodes that may exist do exist.' },
      }),
      silent('half of them', {
        series: [caNodes.series({ ...ca, state: 'ready' }, '5x20'), caMaxNodes.series(ca, '10x20')],
        at: '16m',
      }),
    ],
  }),

  alert('ClusterAutoscalerScaleUpFailing', {
    expr: gt(sum(happened(caFailedScaleUps, '15m'), { by: ['reason'] }), 0),
    for: '5m',
    severity: 'warning',
    summary: 'Nodes cannot be added.',
    description: ({ labels, value }) =>
      text`Scale-ups that failed in 15 minutes: ${value.printf('%.0f')} (${labels.reason}).`,
    runbook: 'ClusterAutoscalerScaleUpFailing.md',
    panel: autoscaling.panel('Failed scale-ups, 1 day'),
    tests: [
      firing('the quota is used up', {
        series: [caFailedScaleUps.series({ ...ca, reason: 'cloudProviderError' }, '0+1x30')],
        at: '20m',
        labels: { reason: 'cloudProviderError' },
        annotations: { description: 'Scale-ups that failed in 15 minutes: 15 (cloudProviderError).' },
      }),
      firing('the first of all failures', {
        series: [
          caFailedScaleUps.series({ ...ca, reason: 'cloudProviderError' }, '_x10 1x20'),
          caNodes.series({ ...ca, state: 'ready' }, '3x30'),
        ],
        at: '18m',
        labels: { reason: 'cloudProviderError' },
        annotations: { description: 'Scale-ups that failed in 15 minutes: 1 (cloudProviderError).' },
      }),
      silent('one failed an hour ago', {
        series: [caFailedScaleUps.series({ ...ca, reason: 'cloudProviderError' }, '0 1x90')],
        at: '80m',
      }),
    ],
  }),

  alert('ClusterAutoscalerStalled', {
    expr: gt(age(caLastActivity({ activity: 'main' }), { by: ['job'] }), 600),
    for: '5m',
    severity: 'critical',
    summary: 'The cluster autoscaler stands still.',
    description: ({ value }) => text`The main loop of the cluster autoscaler last ran ${value.duration} ago.`,
    runbook: 'ClusterAutoscalerStalled.md',
    panel: autoscaling.panel('Age of the last decision'),
    tests: [
      firing('it ran last at the very start', {
        series: [caLastActivity.series({ ...ca, activity: 'main' }, '0x30')],
        at: '16m',
        labels: { job: 'cluster-autoscaler' },
        annotations: { description: 'The main loop of the cluster autoscaler last ran 16m 0s ago.' },
      }),
      silent('it runs every minute', {
        series: [caLastActivity.series({ ...ca, activity: 'main' }, '0+60x30')],
        at: '16m',
      }),
    ],
  }),

  alert('KarpenterNodepoolNearCapacity', {
    expr: gt(
      div(
        sum(karpenterUsage, { by: ['nodepool', 'resource_type'] }),
        gt(sum(karpenterLimit, { by: ['nodepool', 'resource_type'] }), 0),
      ),
      0.75,
    ),
    for: '15m',
    severity: 'warning',
    summary: 'A node pool is close to its limit.',
    description: ({ labels, value }) =>
      text`Node pool ${labels.nodepool} has provisioned ${value.percentage} of its limit of ${labels.resource_type}.`,
    runbook: 'KarpenterNodepoolNearCapacity.md',
    panel: autoscaling.panel('Node pools: used share of the limit'),
    tests: [
      firing('90 of 100 cores', {
        series: [karpenterUsage.series(pool, '90x20'), karpenterLimit.series(pool, '100x20')],
        at: '16m',
        labels: pool,
        annotations: { description: 'Node pool gpu has provisioned 90% of its limit of cpu.' },
      }),
      silent('half of them', {
        series: [karpenterUsage.series(pool, '50x20'), karpenterLimit.series(pool, '100x20')],
        at: '16m',
      }),
    ],
  }),

  alert('KarpenterCloudProviderErrors', {
    expr: gt(
      sum(happened(karpenterCloudErrors({ error: not('NodeClaimNotFoundError') }), '15m'), {
        by: ['method', 'error'],
      }),
      0,
    ),
    for: '5m',
    severity: 'warning',
    summary: 'Karpenter’s calls to the cloud fail.',
    description: ({ labels, value }) =>
      text`Calls of ${labels.method} that failed in 15 minutes: ${value.printf('%.0f')} (${labels.error}).`,
    runbook: 'KarpenterCloudProviderErrors.md',
    panel: autoscaling.panel('Errors of scalers'),
    tests: [
      firing('there is no capacity', {
        series: [karpenterCloudErrors.series({ method: 'Create', error: 'InsufficientCapacityError' }, '0+1x30')],
        at: '25m',
        labels: { method: 'Create', error: 'InsufficientCapacityError' },
        annotations: { description: 'Calls of Create that failed in 15 minutes: 15 (InsufficientCapacityError).' },
      }),
      silent('nodes are gone that were to be removed', {
        series: [karpenterCloudErrors.series({ method: 'Delete', error: 'NodeClaimNotFoundError' }, '0+1x30')],
        at: '25m',
      }),
    ],
  }),

  alert('KedaScalerErrors', {
    expr: gt(sum(happened(kedaScalerErrors, '15m'), { by: ['namespace', 'scaledObject', 'scaler'] }), 0),
    for: '5m',
    severity: 'warning',
    summary: 'A scaler cannot read its metric.',
    description: ({ labels, value }) =>
      text`Scaler ${labels.scaler} of ${labels.namespace}/${labels.scaledObject} failed ${value.printf('%.0f')} times in 15 minutes.`,
    runbook: 'KedaScalerErrors.md',
    panel: autoscaling.panel('Errors of scalers'),
    tests: [
      firing('the queue does not answer', {
        series: [kedaScalerErrors.series({ namespace: 'ml', scaledObject: 'worker', scaler: 'sqsScaler' }, '0+1x30')],
        at: '25m',
        labels: { namespace: 'ml', scaledObject: 'worker', scaler: 'sqsScaler' },
        annotations: { description: 'Scaler sqsScaler of ml/worker failed 15 times in 15 minutes.' },
      }),
      silent('it answers', {
        series: [kedaScalerErrors.series({ namespace: 'ml', scaledObject: 'worker', scaler: 'sqsScaler' }, '4x30')],
        at: '25m',
      }),
    ],
  }),
]);
