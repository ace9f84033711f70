/** The part of "Kubernetes health" that is about workloads, and what they ask for and use. */
import {
  age,
  and,
  avgOverTime,
  bargauge,
  count,
  div,
  gt,
  max,
  not,
  rate,
  ratio,
  row,
  sum,
  table,
  timeseries,
  topk,
  unless,
} from 'dashwright';
import {
  containerCfsPeriods,
  containerCfsThrottledPeriods,
  containerCpuUsage,
  containerInfo,
  containerLimits,
  containerMemoryWorkingSet,
} from '../metrics/kubernetes-pods.ts';
import { jobActive, jobFailed, jobStartTime, resourceQuota } from '../metrics/kubernetes-workloads.ts';
import { deploymentAvailability, limits, requests } from '../rules/kubernetes-records.ts';
import { noneIsGood, valueColumn } from './_pack.ts';
import { ksm, namespace, utilisation } from './_kubernetes-selection.ts';

/** Real containers: not the pod's own cgroup, and not those above it. */
const measured = { namespace, container: not(''), image: not('') };
const byNamespace = ['namespace'] as const;
const byContainer = ['namespace', 'pod', 'container'] as const;

export const workloadsRow = row('Workloads', [
  bargauge('Availability of deployments, 30 days', avgOverTime(deploymentAvailability({ namespace }), '30d'), {
    description: 'Share of the time in which wanted replicas were available. This is what "uptime 99.8 %" can mean.',
    legend: '{{namespace}}/{{deployment}}',
    decimals: 3,
    thresholds: { base: 'red', 0.99: 'yellow', 0.999: 'green' },
    noValue: 'no deployments',
  }),
  table(
    'Running jobs: age',
    max(and(age(jobStartTime(ksm)), gt(jobActive(ksm), 0)), { by: ['namespace', 'job_name'] }),
    {
      overrides: valueColumn('Age'),
      description: 'Training can take days; what hangs looks the same, but older.',
      thresholds: { base: 'green', 21_600: 'yellow', 43_200: 'red' },
      noValue: 'no jobs run',
    },
  ),
  table('Failed jobs', gt(max(jobFailed({ ...ksm, condition: 'true' }), { by: ['namespace', 'job_name'] }), 0), {
    overrides: valueColumn('Failed'),
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
      unit: 'percentunit',
      description: 'Used share of each quota.',
      legend: '{{namespace}}/{{resourcequota}}: {{resource}}',
      thresholds: { base: 'green', 0.9: 'yellow', 1: 'red' },
      noValue: 'no quotas',
    },
  ),
]);

export const usageRow = row('Requests, limits and use', [
  timeseries('Requests over limits', div(requests({ namespace }), limits({ namespace })), {
    unit: 'percentunit',
    description: 'At 100 % pods get what they may use; far below it, nodes are overcommitted.',
    legend: '{{namespace}}: {{resource}}',
    noValue: 'no limits set',
  }),
  timeseries(
    'CPU used of requested',
    div(
      sum(rate(containerCpuUsage(measured)), { by: byNamespace }),
      sum(requests({ namespace, resource: 'cpu' }), { by: byNamespace }),
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
      sum(requests({ namespace, resource: 'memory' }), { by: byNamespace }),
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
]);
