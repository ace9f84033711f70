/** Alerts on pods, containers and their volumes. Most follow the kubernetes-mixin. */
import {
  alert,
  and,
  count,
  eq,
  firing,
  ge,
  gt,
  increase,
  max,
  maxOverTime,
  not,
  or,
  ratio,
  ruleGroup,
  silent,
  text,
  unless,
} from 'dashwright';
import kubernetes from '../dashboards/kubernetes.ts';
import { fromKsm } from '../metrics/exporters.ts';
import {
  containerCfsPeriods,
  containerCfsThrottledPeriods,
  containerLastTerminatedReason,
  containerRestarts,
  containerWaitingReason,
  podOwner,
  podPhase,
  podReady,
  podReason,
  podUnschedulable,
} from '../metrics/kubernetes-pods.ts';

const onPod = { on: ['namespace', 'pod'] } as const;
const gated = eq(podReason({ ...fromKsm, reason: 'SchedulingGated' }), 1);

const pod = { ...fromKsm, namespace: 'ml', pod: 'api-1', uid: 'u1' };
const container = { ...pod, container: 'api' };
export default ruleGroup('kubernetes-pods', {}, [
  alert('KubePodCrashLooping', {
    // The reason comes and goes between restarts; the maximum bridges that.
    expr: ge(maxOverTime(containerWaitingReason({ ...fromKsm, reason: 'CrashLoopBackOff' }), '5m'), 1),
    for: '15m',
    severity: 'warning',
    summary: 'A container is crash looping.',
    description: ({ labels }) =>
      text`Container ${labels.container} of ${labels.namespace}/${labels.pod} has been in CrashLoopBackOff for 15 minutes.`,
    runbook: 'KubePodCrashLooping.md',
    panel: kubernetes.panel('Containers that restarted, 1 day'),
    tests: [
      firing('the reason flickers for 20 minutes', {
        series: [
          containerWaitingReason.series(
            { ...container, reason: 'CrashLoopBackOff' },
            '1 1 _ 1 1 _ 1 1 _ 1 1 _ 1 1 _ 1 1 _ 1 1 _',
          ),
        ],
        at: '20m',
        labels: { ...container, reason: 'CrashLoopBackOff' },
      }),
      silent('it recovers after three minutes', {
        series: [containerWaitingReason.series({ ...container, reason: 'CrashLoopBackOff' }, '1 1 1 stale _x20')],
        at: '20m',
      }),
    ],
  }),

  alert('KubePodNotReady', {
    expr: unless(
      unless(
        gt(
          max(
            or(
              podPhase({ ...fromKsm, phase: ['Pending', 'Unknown'] }),
              and(
                eq(podPhase({ ...fromKsm, phase: 'Running' }), 1),
                eq(podReady({ ...fromKsm, condition: 'true' }), 0),
                onPod,
              ),
            ),
            { by: ['namespace', 'pod'] },
          ),
          0,
        ),
        podOwner({ ...fromKsm, owner_kind: 'Job' }),
        onPod,
      ),
      gated,
      onPod,
    ),
    for: '15m',
    severity: 'warning',
    summary: 'A pod has not been ready for 15 minutes.',
    description: ({ labels }) => text`Pod ${labels.namespace}/${labels.pod} has not been ready for 15 minutes.`,
    runbook: 'KubePodNotReady.md',
    panel: kubernetes.panel('Pods not ready'),
    tests: [
      firing('it runs and its readiness probe fails', {
        series: [
          podPhase.series({ ...pod, phase: 'Running' }, '1x20'),
          podReady.series({ ...pod, condition: 'true' }, '0x20'),
        ],
        at: '16m',
        labels: { namespace: 'ml', pod: 'api-1' },
      }),
      silent('it belongs to a job', {
        series: [
          podPhase.series({ ...pod, phase: 'Pending' }, '1x20'),
          podOwner.series({ ...pod, owner_kind: 'Job', owner_name: 'train' }, '1x20'),
        ],
        at: '16m',
      }),
      silent('a scheduling gate holds it back', {
        series: [
          podPhase.series({ ...pod, phase: 'Pending' }, '1x20'),
          podReason.series({ ...pod, reason: 'SchedulingGated' }, '1x20'),
        ],
        at: '16m',
      }),
    ],
  }),

  alert('KubePodsUnschedulable', {
    expr: gt(count(unless(eq(podUnschedulable(fromKsm), 1), gated, onPod), { by: ['namespace'] }), 0),
    for: '15m',
    severity: 'warning',
    summary: 'Pods find no node.',
    description: ({ labels, value }) =>
      text`Pods of namespace ${labels.namespace} that have waited 15 minutes for a node: ${value.humanize}.`,
    runbook: 'KubePodsUnschedulable.md',
    panel: kubernetes.panel('Pods without a node'),
    tests: [
      firing('one pod fits nowhere', {
        series: [podUnschedulable.series(pod, '1x20')],
        at: '16m',
        labels: { namespace: 'ml' },
        annotations: { description: 'Pods of namespace ml that have waited 15 minutes for a node: 1.' },
      }),
      silent('a scheduling gate holds it back', {
        series: [podUnschedulable.series(pod, '1x20'), podReason.series({ ...pod, reason: 'SchedulingGated' }, '1x20')],
        at: '16m',
      }),
    ],
  }),

  alert('KubeContainerWaiting', {
    expr: gt(containerWaitingReason({ ...fromKsm, reason: not('CrashLoopBackOff') }), 0),
    for: '1h',
    severity: 'warning',
    summary: 'A container has waited for an hour.',
    description: ({ labels }) =>
      text`Container ${labels.container} of ${labels.namespace}/${labels.pod} has waited for an hour: ${labels.reason}.`,
    runbook: 'KubeContainerWaiting.md',
    panel: kubernetes.panel('Waiting containers'),
    tests: [
      firing('its image cannot be pulled', {
        series: [containerWaitingReason.series({ ...container, reason: 'ImagePullBackOff' }, '1x70')],
        at: '61m',
        labels: { ...container, reason: 'ImagePullBackOff' },
      }),
      silent('it is created within ten minutes', {
        series: [containerWaitingReason.series({ ...container, reason: 'ContainerCreating' }, '1x10 stale')],
        at: '61m',
      }),
    ],
  }),

  alert('KubeContainerOomKilled', {
    expr: and(
      gt(increase(containerRestarts(fromKsm), '10m'), 0),
      eq(containerLastTerminatedReason({ ...fromKsm, reason: 'OOMKilled' }), 1),
      { ignoring: ['reason'] },
    ),
    severity: 'warning',
    summary: 'A container was killed for its memory.',
    description: ({ labels }) =>
      text`Container ${labels.container} of ${labels.namespace}/${labels.pod} ran out of memory and was restarted.`,
    runbook: 'KubeContainerOomKilled.md',
    panel: kubernetes.panel('Memory against limit'),
    tests: [
      firing('it restarted after an OOM kill', {
        series: [
          containerRestarts.series(container, '0x10 1x10'),
          containerLastTerminatedReason.series({ ...container, reason: 'OOMKilled' }, '_x10 1x10'),
        ],
        at: '15m',
        labels: container,
      }),
      silent('it restarted for another reason', {
        series: [
          containerRestarts.series(container, '0x10 1x10'),
          containerLastTerminatedReason.series({ ...container, reason: 'Error' }, '_x10 1x10'),
        ],
        at: '15m',
      }),
      silent('the OOM kill was an hour ago', {
        series: [
          containerRestarts.series(container, '0x5 1x80'),
          containerLastTerminatedReason.series({ ...container, reason: 'OOMKilled' }, '_x5 1x80'),
        ],
        at: '70m',
      }),
    ],
  }),

  alert('CPUThrottlingHigh', {
    expr: gt(
      ratio(containerCfsThrottledPeriods({ container: not('') }), containerCfsPeriods({ container: not('') }), {
        by: ['namespace', 'pod', 'container'],
        over: '5m',
      }),
      0.25,
    ),
    for: '15m',
    severity: 'info',
    summary: 'A container is held back by its CPU limit.',
    description: ({ labels, value }) =>
      text`Container ${labels.container} of ${labels.namespace}/${labels.pod} was throttled in ${value.percentage} of its periods.`,
    runbook: 'CPUThrottlingHigh.md',
    panel: kubernetes.panel('CPU throttling'),
    tests: [
      firing('half of the periods are throttled', {
        series: [
          containerCfsPeriods.series({ namespace: 'ml', pod: 'api-1', container: 'api' }, '0+600x30'),
          containerCfsThrottledPeriods.series({ namespace: 'ml', pod: 'api-1', container: 'api' }, '0+300x30'),
        ],
        at: '25m',
        labels: { namespace: 'ml', pod: 'api-1', container: 'api' },
        annotations: { description: 'Container api of ml/api-1 was throttled in 50% of its periods.' },
      }),
      silent('one period in ten is', {
        series: [
          containerCfsPeriods.series({ namespace: 'ml', pod: 'api-1', container: 'api' }, '0+600x30'),
          containerCfsThrottledPeriods.series({ namespace: 'ml', pod: 'api-1', container: 'api' }, '0+60x30'),
        ],
        at: '25m',
      }),
    ],
  }),
]);
