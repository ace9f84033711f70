/** The part of "Auto-scaling" that is about nodes: the cluster autoscaler, Karpenter, and errors of scalers. */
import {
  div,
  gt,
  heatmap,
  increase,
  max,
  not,
  percentile,
  rate,
  row,
  statetimeline,
  sum,
  target,
  timeseries,
} from 'dashwright';
import {
  caErrors,
  caFailedScaleUps,
  caFunctionDuration,
  caMaxNodes,
  caNodes,
  caScaledDownNodes,
  caScaledUpNodes,
  karpenterCloudErrors,
  karpenterLimit,
  karpenterNodeClaimsCreated,
  karpenterNodeClaimsTerminated,
  karpenterPodBound,
  karpenterPodStartup,
  karpenterUsage,
  kedaScalerErrors,
} from '../metrics/autoscaling.ts';
import { fromKsm } from '../metrics/exporters.ts';
import { NODE_PRESSURES, nodeCondition } from '../metrics/kubernetes-nodes.ts';
import { noneIsGood } from './_pack.ts';

export const nodesRow = row('Nodes', [
  timeseries(
    'Nodes',
    [target(sum(caNodes, { by: ['state'] }), { legend: '{{state}}' }), target(max(caMaxNodes), { legend: 'most' })],
    {
      description: 'Nodes by state, and the most that may exist.',
      noValue: 'no data from cluster-autoscaler',
    },
  ),
  timeseries(
    'Nodes added and removed, 1 day',
    [
      target(sum(increase(caScaledUpNodes, '1d')), { legend: 'cluster autoscaler: added' }),
      target(sum(increase(caScaledDownNodes, '1d')), { legend: 'cluster autoscaler: removed' }),
      target(sum(increase(karpenterNodeClaimsCreated, '1d')), { legend: 'Karpenter: added' }),
      target(sum(increase(karpenterNodeClaimsTerminated, '1d')), { legend: 'Karpenter: removed' }),
    ],
    {
      description: 'Changes of the number of nodes in the day before each point.',
      noValue: 'no data from cluster-autoscaler or karpenter',
    },
  ),
  timeseries(
    'Scale-up decision time, p95, 1 hour',
    percentile(0.95, caFunctionDuration, { where: { function: 'scaleUp' }, over: '1h' }),
    {
      description: 'How long the cluster autoscaler takes to decide on new nodes.',
      legend: 'scale up',
      noValue: 'no data from cluster-autoscaler',
    },
  ),
  heatmap('Time of the main loop', sum(rate(caFunctionDuration.bucket({ function: 'main' })), { by: ['le'] }), {
    description: 'How long the loops of the cluster autoscaler take.',
    noValue: 'no data from cluster-autoscaler',
  }),
  timeseries(
    'From wanted to running',
    [
      target(percentile(0.95, karpenterPodBound, { over: '1h' }), { legend: 'has a node, p95 of an hour' }),
      target(karpenterPodStartup.quantile({ quantile: 0.9 }), { legend: 'runs, p90' }),
    ],
    {
      description:
        'From the creation of a pod to the moment it has a node, and to the moment it runs: what users feel.',
      thresholds: { base: 'green', 180: 'yellow', 600: 'red' },
      noValue: 'no data from karpenter',
    },
  ),
  timeseries(
    'Node pools: used share of the limit',
    div(
      sum(karpenterUsage, { by: ['nodepool', 'resource_type'] }),
      gt(sum(karpenterLimit, { by: ['nodepool', 'resource_type'] }), 0),
    ),
    {
      unit: 'percentunit',
      description: 'What each pool has provisioned of what it may.',
      legend: '{{nodepool}}: {{resource_type}}',
      thresholds: { base: 'green', 0.75: 'yellow', 1: 'red' },
      noValue: 'no data from karpenter',
    },
  ),
  timeseries('Failed scale-ups by reason', sum(increase(caFailedScaleUps, '1h'), { by: ['reason'] }), {
    description: 'Attempts of the last hour to add nodes that failed, by why.',
    legend: '{{reason}}',
    noValue: 'none',
  }),
  timeseries(
    'Errors of scalers',
    [
      target(sum(increase(karpenterCloudErrors({ error: not('NodeClaimNotFoundError') }), '15m'), { by: ['error'] }), {
        legend: 'Karpenter: {{error}}',
      }),
      target(sum(increase(kedaScalerErrors, '15m'), { by: ['namespace', 'scaledObject'] }), {
        legend: 'KEDA: {{namespace}}/{{scaledObject}}',
      }),
      target(sum(increase(caErrors, '15m'), { by: ['type'] }), { legend: 'cluster autoscaler: {{type}}' }),
    ],
    {
      description: 'Errors in 15 minutes.',
      noValue: 'none',
    },
  ),
  statetimeline(
    'Resource pressure',
    [
      target(sum(nodeCondition({ ...fromKsm, condition: NODE_PRESSURES, status: 'true' }), { by: ['condition'] }), {
        legend: '{{condition}}: nodes',
      }),
    ],
    {
      description: 'How many nodes run short of something.',
      thresholds: noneIsGood,
      noValue: 'no data from kube-state-metrics',
    },
  ),
]);
