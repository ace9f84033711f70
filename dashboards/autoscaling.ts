/** Horizontal pod autoscalers, and what adds and removes nodes. */
import {
  age,
  and,
  annotation,
  avgOverTime,
  changes,
  count,
  countOverTime,
  dashboard,
  div,
  eq,
  gt,
  increase,
  labelValues,
  max,
  mul,
  ne,
  offset,
  or,
  percentile,
  rate,
  round,
  row,
  stat,
  statetimeline,
  subquery,
  sum,
  target,
  timeseries,
  variable,
  vector,
} from 'dashwright';
import {
  caFailedScaleUps,
  caLastActivity,
  caMaxNodes,
  caNodes,
  caSafeToAutoscale,
  caUnschedulablePods,
  hpaCondition,
  hpaCurrentReplicas,
  hpaDesiredReplicas,
  hpaInfo,
  hpaMaxReplicas,
  hpaMinReplicas,
  hpaReconciliationDuration,
  hpaReconciliations,
} from '../metrics/autoscaling.ts';
import { fromKsm } from '../metrics/exporters.ts';
import { scalingEvents } from './_key-numbers.ts';
import { freshFor, mlops, neighbours, neutral, noneIsGood, severalOrAll } from './_pack.ts';
import { nodesRow } from './_node-scaling-row.ts';

const namespace = variable('namespace', labelValues(hpaCurrentReplicas(fromKsm), 'namespace'), severalOrAll);
const hpa = variable(
  'hpa',
  labelValues(hpaCurrentReplicas({ ...fromKsm, namespace }), 'horizontalpodautoscaler'),
  severalOrAll,
);

const chosen = { ...fromKsm, namespace, horizontalpodautoscaler: hpa };
const current = hpaCurrentReplicas(chosen);
const desired = hpaDesiredReplicas(chosen);
const byHpa = ['namespace', 'horizontalpodautoscaler'] as const;
const onHpa = { on: byHpa };
const legend = '{{namespace}}/{{horizontalpodautoscaler}}';

const decisions = { action: ['scale_up', 'scale_down'] } as const;
const atMaximum = and(eq(current, hpaMaxReplicas(chosen)), ne(hpaMaxReplicas(chosen), hpaMinReplicas(chosen)), onHpa);

export default dashboard('Auto-scaling', {
  uid: 'auto-scaling',
  description:
    'Do replicas and nodes follow the load? Panels on the HPA controller and on Karpenter stay empty where these cannot be scraped or do not exist.',
  folder: mlops,
  tags: ['mlops', 'autoscaling'],
  links: neighbours,
  variables: [namespace, hpa],
  annotations: [
    annotation('Scaled up', gt(desired, offset(desired, '1m')), {
      color: 'green',
      text: legend,
      enabled: false,
    }),
  ],
  rows: [
    row('At a glance', [
      stat('Scaling events, 7 days', scalingEvents({ namespace, horizontalpodautoscaler: hpa }), {
        description: 'Changes of the wanted number of replicas, of the chosen autoscalers.',
        thresholds: neutral,
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Replicas, mean of 7 days', sum(avgOverTime(current, '7d')), {
        description: 'Replicas of the chosen autoscalers together, averaged over a week.',
        decimals: 1,
        thresholds: neutral,
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Autoscalers at their maximum', or(count(atMaximum), vector(0)), {
        unit: 'short',
        description: 'They cannot follow more load.',
        thresholds: noneIsGood,
        noValue: '0',
      }),
      stat(
        'Autoscalers without metrics',
        or(count(eq(hpaCondition({ ...chosen, condition: 'ScalingActive', status: 'false' }), 1)), vector(0)),
        {
          unit: 'short',
          description: 'They do not scale at all.',
          thresholds: noneIsGood,
          noValue: '0',
        },
      ),
      stat('Pods without a node', sum(caUnschedulablePods({ type: 'unschedulable' })), {
        description: 'Pods for which the cluster autoscaler has no node.',
        thresholds: noneIsGood,
        noValue: 'no data from cluster-autoscaler',
      }),
      stat('Nodes of the most allowed', div(sum(caNodes), gt(max(caMaxNodes), 0)), {
        description: 'How much of the maximum of all node groups is used.',
        thresholds: { base: 'green', 0.75: 'yellow', 0.95: 'red' },
        noValue: 'no data from cluster-autoscaler',
      }),
      stat('Cluster autoscaler', max(caSafeToAutoscale), {
        description: 'Whether the cluster autoscaler finds the cluster healthy enough to be scaled.',
        unit: 'short',
        mappings: [
          { value: 1, text: 'ready', color: 'green' },
          { value: 0, text: 'holds back', color: 'red' },
        ],
        thresholds: { base: 'red', 1: 'green' },
        noValue: 'no data from cluster-autoscaler',
      }),
      stat('Failed scale-ups, 1 day', round(sum(increase(caFailedScaleUps, '1d'))), {
        description: 'Attempts to add nodes that failed.',
        thresholds: noneIsGood,
        noValue: 'none',
      }),
      stat('Age of the last decision', age(caLastActivity({ activity: 'main' }), { by: ['job'] }), {
        description: 'When the main loop of the cluster autoscaler last ran.',
        legend: 'main loop',
        thresholds: freshFor(120, 600),
        noValue: 'no data from cluster-autoscaler',
      }),
    ]),

    row('Horizontal pod autoscalers', [
      timeseries(
        'Replicas',
        [
          target(current, { legend: `${legend}: current` }),
          target(desired, { legend: `${legend}: desired` }),
          target(hpaMinReplicas(chosen), { legend: `${legend}: least` }),
          target(hpaMaxReplicas(chosen), { legend: `${legend}: most` }),
        ],
        {
          description: 'Current against desired replicas, between least and most.',
          noValue: 'no data from kube-state-metrics',
        },
      ),
      timeseries('Scaling events by autoscaler, 1 hour', sum(changes(desired, '1h'), { by: byHpa }), {
        description: 'Changes of the wanted number of replicas in the hour before each point.',
        legend,
        draw: 'bars',
        stacking: 'normal',
        noValue: 'no data from kube-state-metrics',
      }),
      timeseries(
        'Scaling frequency, events per day',
        mul(sum(rate(hpaReconciliations(decisions), '1h'), { by: ['action'] }), 86_400),
        {
          description: 'Decisions of the HPA controller itself to scale, at the pace of the last hour.',
          legend: '{{action}}',
          unit: 'short',
          noValue: 'no data from kube-controller-manager',
        },
      ),
      timeseries('Upward events, 1 hour', countOverTime(subquery(gt(desired, offset(desired, '1m')), '1h', '1m')), {
        description: 'Minutes of the last hour in which more replicas were wanted than the minute before.',
        legend,
        noValue: 'none',
      }),
      timeseries('Desired not met, 1 hour', avgOverTime(subquery(ne(desired, current, { bool: true }), '1h', '1m')), {
        description: 'Share of the last hour in which current and desired replicas differed.',
        legend,
        unit: 'percentunit',
        max: 1,
        thresholds: { base: 'green', 0.25: 'yellow', 0.5: 'red' },
        noValue: 'no data from kube-state-metrics',
      }),
      statetimeline('At the maximum', eq(current, hpaMaxReplicas(chosen), { bool: true }), {
        description: 'When each autoscaler was at its maximum.',
        legend,
        unit: 'short',
        mappings: [
          { value: 1, text: 'at maximum', color: 'red' },
          { value: 0, text: 'below', color: 'green' },
        ],
        thresholds: noneIsGood,
        noValue: 'no data from kube-state-metrics',
      }),
      timeseries(
        'Replicas by workload, mean of 7 days',
        sum(
          mul(avgOverTime(current, '7d'), hpaInfo(chosen), {
            on: byHpa,
            groupLeft: ['scaletargetref_kind', 'scaletargetref_name'],
          }),
          { by: ['namespace', 'scaletargetref_kind', 'scaletargetref_name'] },
        ),
        {
          description: 'Mean replicas of the seven days before each point, by what is scaled.',
          legend: '{{namespace}}/{{scaletargetref_kind}}/{{scaletargetref_name}}',
          noValue: 'no data from kube-state-metrics',
        },
      ),
      timeseries(
        'HPA decision time, p95, 1 hour',
        percentile(0.95, hpaReconciliationDuration, { where: decisions, by: ['action'], over: '1h' }),
        {
          description: 'How long the HPA controller takes to decide.',
          legend: '{{action}}',
          noValue: 'no data from kube-controller-manager',
        },
      ),
    ]),

    nodesRow,
  ],
});
