/** Alerts on deployments, jobs, cron jobs, quotas, and on kube-state-metrics, which tells of them. */
import {
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
  or,
  ratio,
  ruleGroup,
  silent,
  sub,
  text,
  time,
} from 'dashwright';
import kubernetes from '../dashboards/kubernetes.ts';
import { fromKsm } from '../metrics/exporters.ts';
import {
  cronjobActive,
  cronjobLastScheduleTime,
  cronjobLastSuccessfulTime,
  cronjobSuspended,
  deploymentCondition,
  deploymentReplicasAvailable,
  deploymentReplicasUpdated,
  deploymentSpecReplicas,
  jobActive,
  jobFailed,
  jobStartTime,
  ksmList,
  ksmWatch,
  resourceQuota,
} from '../metrics/kubernetes-workloads.ts';

const api = { ...fromKsm, namespace: 'ml', deployment: 'api' };
const train = { ...fromKsm, namespace: 'ml', job_name: 'train' };
const nightly = { ...fromKsm, namespace: 'ml', cronjob: 'nightly' };
const quota = { ...fromKsm, namespace: 'ml', resourcequota: 'team', resource: 'requests.cpu' };

export default ruleGroup('kubernetes-workloads', {}, [
  alert('KubeDeploymentReplicasMismatch', {
    expr: and(
      gt(deploymentSpecReplicas(fromKsm), deploymentReplicasAvailable(fromKsm)),
      eq(changes(deploymentReplicasUpdated(fromKsm), '10m'), 0),
    ),
    for: '15m',
    severity: 'warning',
    summary: 'A deployment lacks replicas.',
    description: ({ labels }) =>
      text`Deployment ${labels.namespace}/${labels.deployment} has had fewer replicas than wanted for 15 minutes, and no rollout moves.`,
    runbook: 'KubeDeploymentReplicasMismatch.md',
    panel: kubernetes.panel('Availability of deployments, 30 days'),
    tests: [
      firing('two of three are available', {
        series: [
          deploymentSpecReplicas.series(api, '3x40'),
          deploymentReplicasAvailable.series(api, '2x40'),
          deploymentReplicasUpdated.series(api, '3x40'),
        ],
        at: '30m',
        labels: api,
      }),
      silent('a rollout moves', {
        series: [
          deploymentSpecReplicas.series(api, '30x40'),
          deploymentReplicasAvailable.series(api, '25x40'),
          deploymentReplicasUpdated.series(api, '0+1x40'),
        ],
        at: '30m',
      }),
    ],
  }),

  alert('KubeDeploymentRolloutStuck', {
    expr: ne(deploymentCondition({ ...fromKsm, condition: 'Progressing', status: 'false' }), 0),
    for: '15m',
    severity: 'warning',
    summary: 'A rollout makes no progress.',
    description: ({ labels }) =>
      text`The rollout of ${labels.namespace}/${labels.deployment} has made no progress (${labels.reason}).`,
    runbook: 'KubeDeploymentRolloutStuck.md',
    panel: kubernetes.panel('Availability of deployments, 30 days'),
    tests: [
      firing('the deadline was exceeded', {
        series: [
          deploymentCondition.series(
            { ...api, condition: 'Progressing', status: 'false', reason: 'ProgressDeadlineExceeded' },
            '1x20',
          ),
        ],
        at: '16m',
        labels: { ...api, condition: 'Progressing', status: 'false', reason: 'ProgressDeadlineExceeded' },
      }),
      silent('it progresses', {
        series: [
          deploymentCondition.series(
            { ...api, condition: 'Progressing', status: 'false', reason: 'NewReplicaSetAvailable' },
            '0x20',
          ),
        ],
        at: '16m',
      }),
    ],
  }),

  alert('KubeJobFailed', {
    expr: gt(jobFailed({ ...fromKsm, condition: 'true' }), 0),
    for: '15m',
    severity: 'warning',
    summary: 'A job failed.',
    description: ({ labels }) => text`Job ${labels.namespace}/${labels.job_name} used up its retries.`,
    runbook: 'KubeJobFailed.md',
    panel: kubernetes.panel('Failed jobs'),
    tests: [
      firing('the job gave up', {
        series: [jobFailed.series({ ...train, condition: 'true' }, '1x20')],
        at: '16m',
        labels: { ...train, condition: 'true' },
      }),
      silent('the job did not', {
        series: [
          jobFailed.series({ ...train, condition: 'true' }, '0x20'),
          jobFailed.series({ ...train, condition: 'false' }, '1x20'),
        ],
        at: '16m',
      }),
    ],
  }),

  alert('KubeJobNotCompleted', {
    expr: gt(
      sub(time(), max(and(jobStartTime(fromKsm), gt(jobActive(fromKsm), 0)), { by: ['namespace', 'job_name'] })),
      12 * 3600,
    ),
    severity: 'warning',
    summary: 'A job runs for more than twelve hours.',
    description: ({ labels, value }) => text`Job ${labels.namespace}/${labels.job_name} has run for ${value.duration}.`,
    runbook: 'KubeJobNotCompleted.md',
    panel: kubernetes.panel('Running jobs: age'),
    tests: [
      firing('it started thirteen hours ago', {
        series: [jobStartTime.series(train, '0x800'), jobActive.series(train, '1x800')],
        at: '13h',
        labels: { namespace: 'ml', job_name: 'train' },
        annotations: { description: 'Job ml/train has run for 13h 0m 0s.' },
      }),
      silent('it has ended', {
        series: [jobStartTime.series(train, '0x800'), jobActive.series(train, '0x800')],
        at: '13h',
      }),
    ],
  }),

  alert('KubeCronJobFailing', {
    expr: and(
      and(gt(cronjobLastScheduleTime(fromKsm), cronjobLastSuccessfulTime(fromKsm)), eq(cronjobActive(fromKsm), 0)),
      eq(cronjobSuspended(fromKsm), 0),
    ),
    for: '10m',
    severity: 'warning',
    summary: 'The last run of a cron job failed.',
    description: ({ labels, value }) =>
      text`Cron job ${labels.namespace}/${labels.cronjob} did not succeed in its run of ${value.timestamp}.`,
    runbook: 'KubeCronJobFailing.md',
    panel: kubernetes.panel('Failed jobs'),
    tests: [
      firing('the run of ten minutes in did not succeed', {
        series: [
          cronjobLastScheduleTime.series(nightly, '600x30'),
          cronjobLastSuccessfulTime.series(nightly, '60x30'),
          cronjobActive.series(nightly, '0x30'),
          cronjobSuspended.series(nightly, '0x30'),
        ],
        at: '20m',
        labels: nightly,
        annotations: {
          description: 'Cron job ml/nightly did not succeed in its run of 1970-01-01 00:10:00 +0000 UTC.',
        },
      }),
      silent('the run is still going', {
        series: [
          cronjobLastScheduleTime.series(nightly, '600x30'),
          cronjobLastSuccessfulTime.series(nightly, '60x30'),
          cronjobActive.series(nightly, '1x30'),
          cronjobSuspended.series(nightly, '0x30'),
        ],
        at: '20m',
      }),
      silent('it is suspended', {
        series: [
          cronjobLastScheduleTime.series(nightly, '600x30'),
          cronjobLastSuccessfulTime.series(nightly, '60x30'),
          cronjobActive.series(nightly, '0x30'),
          cronjobSuspended.series(nightly, '1x30'),
        ],
        at: '20m',
      }),
    ],
  }),

  alert('KubeQuotaAlmostFull', {
    expr: lt(
      gt(
        div(resourceQuota({ ...fromKsm, type: 'used' }), gt(resourceQuota({ ...fromKsm, type: 'hard' }), 0), {
          ignoring: ['type'],
        }),
        0.9,
      ),
      1,
    ),
    for: '15m',
    severity: 'info',
    summary: 'A quota is almost used up.',
    description: ({ labels, value }) =>
      text`Quota ${labels.namespace}/${labels.resourcequota} has used ${value.percentage} of ${labels.resource}.`,
    runbook: 'KubeQuotaAlmostFull.md',
    panel: kubernetes.panel('Quotas'),
    tests: [
      firing('95 of 100 cores are used', {
        series: [
          resourceQuota.series({ ...quota, type: 'used' }, '95x20'),
          resourceQuota.series({ ...quota, type: 'hard' }, '100x20'),
        ],
        at: '16m',
        labels: quota,
        annotations: { description: 'Quota ml/team has used 95% of requests.cpu.' },
      }),
      silent('half is used', {
        series: [
          resourceQuota.series({ ...quota, type: 'used' }, '50x20'),
          resourceQuota.series({ ...quota, type: 'hard' }, '100x20'),
        ],
        at: '16m',
      }),
    ],
  }),

  alert('KubeStateMetricsErrors', {
    expr: or(
      gt(ratio(ksmList({ result: 'error' }), ksmList, { by: ['resource'], over: '5m' }), 0.01),
      gt(ratio(ksmWatch({ result: 'error' }), ksmWatch, { by: ['resource'], over: '5m' }), 0.01),
    ),
    for: '15m',
    severity: 'critical',
    summary: 'kube-state-metrics cannot read objects.',
    description: ({ labels, value }) =>
      text`${value.percentage} of the requests of kube-state-metrics for ${labels.resource} fail; what is shown of them is old or missing.`,
    runbook: 'KubeStateMetricsErrors.md',
    panel: kubernetes.panel('kube-state-metrics: failed requests'),
    tests: [
      firing('every list of pods fails', {
        series: [
          ksmList.series({ resource: '*v1.Pod', result: 'error' }, '0+1x30'),
          ksmList.series({ resource: '*v1.Pod', result: 'success' }, '0x30'),
        ],
        at: '25m',
        labels: { resource: '*v1.Pod' },
        annotations: {
          description:
            '100% of the requests of kube-state-metrics for *v1.Pod fail; what is shown of them is old or missing.',
        },
      }),
      silent('all succeed', {
        series: [
          ksmList.series({ resource: '*v1.Pod', result: 'error' }, '0x30'),
          ksmList.series({ resource: '*v1.Pod', result: 'success' }, '0+1x30'),
        ],
        at: '25m',
      }),
    ],
  }),
]);
