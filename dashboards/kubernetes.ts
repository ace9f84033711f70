/** The cluster: room, health of pods and nodes, and what restarts. The guide calls it "Infrastructure Health". */
import {
  age,
  and,
  avgOverTime,
  bargauge,
  count,
  dashboard,
  div,
  eq,
  gt,
  increase,
  labelValues,
  lt,
  max,
  min,
  not,
  or,
  predictLinear,
  rate,
  ratio,
  round,
  row,
  sort,
  stat,
  statetimeline,
  sum,
  table,
  target,
  timeseries,
  topk,
  unless,
  variable,
  vector,
} from 'dashwright';
import { fromKsm } from '../metrics/exporters.ts';
import {
  apiserverRequests,
  cpuWaiting,
  evictions,
  ioStalled,
  memoryStalled,
  NODE_PRESSURES,
  nodeCapacity,
  nodeCondition,
  pendingPods,
  scheduleAttempts,
} from '../metrics/kubernetes-nodes.ts';
import {
  containerCfsPeriods,
  containerCfsThrottledPeriods,
  containerCpuUsage,
  containerInfo,
  containerLastTerminatedReason,
  containerLimits,
  containerMemoryWorkingSet,
  containerRequests,
  containerRestarts,
  containerStarted,
  containerWaitingReason,
  podCreated,
  podPhase,
  podReady,
  podUnschedulable,
  volumeAvailable,
  volumeCapacity,
  volumeUsed,
} from '../metrics/kubernetes-pods.ts';
import {
  jobActive,
  jobFailed,
  jobStartTime,
  ksmList,
  ksmWatch,
  resourceQuota,
} from '../metrics/kubernetes-workloads.ts';
import {
  cpuUtilisation,
  deploymentAvailability,
  limitsCommitment,
  memoryUtilisation,
  nodesReady,
  requestsCommitment,
} from '../rules/kubernetes-records.ts';
import { clusterAvailability, meanPodAge, podAges } from './_key-numbers.ts';
import { mlops, neighbours, neutral, noneIsGood } from './_pack.ts';

const namespace = variable('namespace', labelValues(podPhase(fromKsm), 'namespace'), { multi: true, includeAll: true });

const ksm = { ...fromKsm, namespace };
/** Real containers: not the pod's own cgroup, and not those above it. */
const measured = { namespace, container: not(''), image: not('') };
const byNamespace = ['namespace'] as const;
const byPod = ['namespace', 'pod'] as const;
const byContainer = ['namespace', 'pod', 'container'] as const;

const running = eq(podPhase({ ...ksm, phase: 'Running' }), 1);
const commitment = { base: 'green', 0.8: 'yellow', 1: 'red' } as const;
const utilisation = { base: 'green', 0.8: 'yellow', 0.9: 'red' } as const;

export default dashboard('Kubernetes health', {
  uid: 'kubernetes-health',
  description:
    'Is there room, do pods run and stay running, are nodes well? Commitment is what pods ask for, utilisation is what they use: two different things.',
  folder: mlops,
  tags: ['mlops', 'kubernetes'],
  links: neighbours,
  variables: [namespace],
  rows: [
    row('Cluster', [
      stat('Requests commitment', requestsCommitment, {
        description: 'Requested share of what nodes that are not cordoned have for pods. Finished pods do not count.',
        legend: '{{resource}}',
        thresholds: commitment,
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Limits commitment', limitsCommitment, {
        description: 'What limits allow. Above 100 % not every container can use what it may; that can be meant.',
        legend: '{{resource}}',
        thresholds: { base: 'green', 1.5: 'yellow' },
        noValue: 'no limits set',
      }),
      stat('CPU utilisation', cpuUtilisation, {
        description: 'Used share of the CPU time of all nodes.',
        thresholds: utilisation,
        noValue: 'no data from node-exporter',
      }),
      stat('Memory utilisation', memoryUtilisation, {
        description: 'Used share of the memory of all nodes.',
        thresholds: utilisation,
        noValue: 'no data from node-exporter',
      }),
      stat('Nodes ready', nodesReady, {
        description: 'Share of the nodes that are ready.',
        thresholds: { base: 'red', 1: 'green' },
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Nodes ready, 30 days', clusterAvailability, {
        description:
          'Availability of the cluster as share of node time. What users of a service see is another number.',
        decimals: 3,
        thresholds: { base: 'red', 0.99: 'yellow', 0.999: 'green' },
        noValue: 'no data from kube-state-metrics',
      }),
    ]),

    row('Pods', [
      stat(
        'Pods not ready',
        or(sum(and(eq(podReady({ ...ksm, condition: ['false', 'unknown'] }), 1), running, { on: byPod })), vector(0)),
        {
          description: 'Pods that run and do not answer their readiness probe.',
          thresholds: noneIsGood,
          noValue: '0',
        },
      ),
      stat('Pods without a node', or(count(eq(podUnschedulable(ksm), 1)), vector(0)), {
        description: 'Pods that the scheduler cannot place now, those held back by a gate included.',
        thresholds: noneIsGood,
        noValue: '0',
      }),
      stat('Restarts, 1 day', round(sum(increase(containerRestarts(ksm), '1d'))), {
        description: 'Restarts of containers within a day. (The lifetime sum falls whenever a pod is deleted.)',
        thresholds: { base: 'green', 5: 'yellow', 50: 'red' },
        noValue: 'no data from kube-state-metrics',
      }),
      stat('Age of running pods, mean', meanPodAge({ namespace }), {
        description: 'How long running pods have run, on average. It is no availability: a new version makes it fall.',
        thresholds: neutral,
        noValue: 'no pods run',
      }),
      timeseries('Pods by phase', sum(podPhase(ksm), { by: ['phase'] }), {
        description: 'Each pod is in one of five phases.',
        legend: '{{phase}}',
        stacking: 'normal',
        noValue: 'no data from kube-state-metrics',
      }),
      bargauge('Pods by namespace', sum(podPhase({ ...ksm, phase: 'Running' }), { by: byNamespace }), {
        description: 'Running pods of each namespace.',
        legend: '{{namespace}}',
        thresholds: neutral,
        noValue: 'no pods run',
      }),
      timeseries('Restarts by namespace, 1 day', sum(increase(containerRestarts(ksm), '1d'), { by: byNamespace }), {
        description: 'Restarts of containers in the day before each point.',
        legend: '{{namespace}}',
        noValue: 'no data from kube-state-metrics',
      }),
      table(
        'Containers that restarted, 1 day',
        topk(20, gt(round(sum(increase(containerRestarts(ksm), '1d'), { by: byContainer })), 0)),
        {
          description: 'The twenty containers with the most restarts.',
          thresholds: { base: 'yellow', 5: 'red' },
          noValue: 'no restarts',
        },
      ),
      table(
        'Why containers ended last',
        sum(containerLastTerminatedReason(ksm), { by: ['namespace', 'pod', 'container', 'reason'] }),
        {
          description: 'OOMKilled is memory, Error is the program.',
          thresholds: neutral,
          noValue: 'nothing ended',
        },
      ),
      table(
        'Waiting containers',
        sum(containerWaitingReason(ksm), { by: ['namespace', 'pod', 'container', 'reason'] }),
        {
          description: 'Containers that do not run, and why.',
          thresholds: neutral,
          noValue: 'none waits',
        },
      ),
      table('Age of running pods', sort(podAges({ namespace })), {
        description: 'Time since the kubelet accepted the pod, youngest first.',
        thresholds: neutral,
        noValue: 'no pods run',
      }),
      table('Time since the last start of a container', sort(min(age(containerStarted(ksm)), { by: byContainer })), {
        description: 'Falls to 0 at each restart, unlike the age of the pod.',
        thresholds: { base: 'yellow', 3600: 'green' },
        noValue: 'no containers run',
      }),
      timeseries('Pods created, last hour', count(lt(age(podCreated(ksm)), 3600), { by: byNamespace }), {
        description: 'Pods that are younger than an hour: rollouts, jobs, and what keeps being replaced.',
        legend: '{{namespace}}',
        noValue: 'no new pods',
      }),
    ]),

    row('Workloads', [
      bargauge('Availability of deployments, 30 days', avgOverTime(deploymentAvailability({ namespace }), '30d'), {
        description:
          'Share of the time in which wanted replicas were available. This is what "uptime 99.8 %" can mean.',
        legend: '{{namespace}}/{{deployment}}',
        decimals: 3,
        thresholds: { base: 'red', 0.99: 'yellow', 0.999: 'green' },
        noValue: 'no deployments',
      }),
      table(
        'Running jobs: age',
        max(and(age(jobStartTime(ksm)), gt(jobActive(ksm), 0)), { by: ['namespace', 'job_name'] }),
        {
          description: 'Training can take days; what hangs looks the same, but older.',
          thresholds: { base: 'green', 21_600: 'yellow', 43_200: 'red' },
          noValue: 'no jobs run',
        },
      ),
      table('Failed jobs', gt(max(jobFailed({ ...ksm, condition: 'true' }), { by: ['namespace', 'job_name'] }), 0), {
        description: 'Jobs that used up their retries. They stay until somebody deletes them.',
        thresholds: noneIsGood,
        noValue: 'no failed jobs',
      }),
      bargauge(
        'Quotas',
        div(resourceQuota({ ...ksm, type: 'used' }), gt(resourceQuota({ ...ksm, type: 'hard' }), 0), {
          ignoring: ['type'],
        }),
        {
          description: 'Used share of each quota.',
          legend: '{{namespace}}/{{resourcequota}}: {{resource}}',
          thresholds: { base: 'green', 0.9: 'yellow', 1: 'red' },
          noValue: 'no quotas',
        },
      ),
    ]),

    row('Requests, limits and use', [
      timeseries(
        'Requests over limits',
        div(
          sum(containerRequests({ ...ksm, resource: ['cpu', 'memory'] }), { by: ['namespace', 'resource'] }),
          sum(containerLimits({ ...ksm, resource: ['cpu', 'memory'] }), { by: ['namespace', 'resource'] }),
        ),
        {
          description: 'At 100 % pods get what they may use; far below it, nodes are overcommitted.',
          legend: '{{namespace}}: {{resource}}',
          noValue: 'no limits set',
        },
      ),
      timeseries(
        'CPU used of requested',
        div(
          sum(rate(containerCpuUsage(measured)), { by: byNamespace }),
          sum(containerRequests({ ...ksm, resource: 'cpu' }), { by: byNamespace }),
        ),
        {
          description: 'Far below 100 % means that less could be asked for.',
          legend: '{{namespace}}',
          noValue: 'no data from cadvisor',
        },
      ),
      timeseries(
        'Memory used of requested',
        div(
          sum(containerMemoryWorkingSet(measured), { by: byNamespace }),
          sum(containerRequests({ ...ksm, resource: 'memory' }), { by: byNamespace }),
        ),
        {
          description: 'Above 100 %, these pods are the first to be evicted when memory runs short.',
          legend: '{{namespace}}',
          noValue: 'no data from cadvisor',
        },
      ),
      timeseries(
        'Memory against limit',
        topk(
          10,
          div(
            max(containerMemoryWorkingSet(measured), { by: byContainer }),
            max(containerLimits({ ...ksm, resource: 'memory' }), { by: byContainer }),
          ),
        ),
        {
          description: 'The ten containers closest to their limit. At 100 % the kernel kills them.',
          legend: '{{namespace}}/{{pod}}: {{container}}',
          thresholds: utilisation,
          noValue: 'no memory limits',
        },
      ),
      timeseries(
        'CPU throttling',
        topk(
          10,
          ratio(
            containerCfsThrottledPeriods({ namespace, container: not('') }),
            containerCfsPeriods({ namespace, container: not('') }),
            { by: byContainer },
          ),
        ),
        {
          description: 'Share of the scheduling periods in which the CPU limit held a container back.',
          legend: '{{namespace}}/{{pod}}: {{container}}',
          thresholds: { base: 'green', 0.25: 'yellow', 0.5: 'red' },
          noValue: 'no CPU limits',
        },
      ),
      bargauge(
        'Containers without a memory limit',
        count(unless(containerInfo(ksm), containerLimits({ ...ksm, resource: 'memory' }), { on: byContainer }), {
          by: byNamespace,
        }),
        {
          description: 'Each of them can take a whole node down.',
          legend: '{{namespace}}',
          thresholds: { base: 'green', 1: 'yellow' },
          noValue: 'all have one',
        },
      ),
    ]),

    row('Nodes and scheduling', [
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
      stat('Capacity', sum(nodeCapacity({ ...fromKsm, resource: ['cpu'] }), { by: ['resource'] }), {
        description: 'Cores of all nodes.',
        legend: '{{resource}}',
        unit: 'suffix: cores',
        thresholds: neutral,
        noValue: 'no data from kube-state-metrics',
      }),
      timeseries(
        'API server: failed requests',
        ratio(apiserverRequests({ code: ['500', '503', '504'] }), apiserverRequests),
        {
          description: 'Share of the requests that the API server could not serve.',
          legend: 'failed',
          noValue: 'no data from apiserver',
        },
      ),
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
    ]),

    row(
      'Volumes',
      [
        bargauge(
          'Volumes: free share',
          sort(div(volumeAvailable({ namespace }), gt(volumeCapacity({ namespace }), 0))),
          {
            description: 'Free share of the volume behind each claim.',
            legend: '{{namespace}}/{{persistentvolumeclaim}}',
            thresholds: { base: 'red', 0.03: 'yellow', 0.15: 'green' },
            noValue: 'no volumes',
          },
        ),
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
    ),
  ],
});
