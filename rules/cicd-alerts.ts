/** Alerts on CI/CD pipelines, runners, and what short-lived jobs push. */
import { age, alert, and, eq, firing, ge, gt, max, ruleGroup, silent, sub, sum, text } from 'dashwright';
import cicd from '../dashboards/cicd.ts';
import { lastEventTimestamp, pipelineLastRunSuccessful, pipelineRuns } from '../metrics/cicd.ts';
import { ghaAssignedJobs, ghaRunningJobs, pushFailureTime, pushTime } from '../metrics/cicd-runners.ts';
import { failureRatio, judgedRuns } from './cicd-records.ts';

const train = { repository: 'ml/models', pipeline_name: 'train' };
const runs = { ...train, branch: 'pr' } as const;
const nightly = { job: 'nightly-import', instance: '' };

export default ruleGroup('cicd', {}, [
  alert('CicdPipelineFailureRatioHigh', {
    expr: and(gt(failureRatio, 0.3), ge(judgedRuns, 5)),
    for: '15m',
    severity: 'warning',
    summary: 'A pipeline fails too often.',
    description: ({ labels, value }) =>
      text`${value.percentage} of the runs of ${labels.pipeline_name} in ${labels.repository} failed in a day.`,
    runbook: 'CicdPipelineFailureRatioHigh.md',
    panel: cicd.panel('Success ratio by pipeline, 7 days'),
    tests: [
      firing('half of the runs fail', {
        series: [
          pipelineRuns.series({ ...runs, status: 'success' }, '0+1x60'),
          pipelineRuns.series({ ...runs, status: 'failure' }, '0+1x60'),
        ],
        at: '1h',
        labels: train,
        annotations: { description: '50% of the runs of train in ml/models failed in a day.' },
      }),
      silent('one run in ten fails', {
        series: [
          pipelineRuns.series({ ...runs, status: 'success' }, '0+9x60'),
          pipelineRuns.series({ ...runs, status: 'failure' }, '0+1x60'),
        ],
        at: '1h',
      }),
      silent('two of two runs fail, which is too few to tell', {
        series: [pipelineRuns.series({ ...runs, status: 'failure' }, '0x10 1x10 2x60')],
        at: '1h',
      }),
      silent('most runs are cancelled', {
        series: [
          pipelineRuns.series({ ...runs, status: 'success' }, '0+1x60'),
          pipelineRuns.series({ ...runs, status: 'cancelled' }, '0+5x60'),
        ],
        at: '1h',
      }),
    ],
  }),

  alert('CicdDefaultBranchBroken', {
    expr: eq(max(pipelineLastRunSuccessful({ branch: 'default' }), { by: ['repository', 'pipeline_name'] }), 0),
    for: '2h',
    severity: 'warning',
    summary: 'The default branch has been broken for two hours.',
    description: ({ labels }) =>
      text`The last run of ${labels.pipeline_name} on the default branch of ${labels.repository} failed, two hours ago or more.`,
    runbook: 'CicdDefaultBranchBroken.md',
    panel: cicd.panel('Default branch'),
    tests: [
      firing('nothing has succeeded since', {
        series: [pipelineLastRunSuccessful.series({ ...train, branch: 'default' }, '0x130')],
        at: '121m',
        labels: train,
      }),
      silent('it was repaired after an hour', {
        series: [pipelineLastRunSuccessful.series({ ...train, branch: 'default' }, '0x60 1x70')],
        at: '121m',
      }),
      silent('a pull request fails', {
        series: [pipelineLastRunSuccessful.series({ ...train, branch: 'pr' }, '0x130')],
        at: '121m',
      }),
    ],
  }),

  alert('CicdExporterSilent', {
    // Three days, so that a weekend without a run is no alarm.
    expr: gt(age(lastEventTimestamp, { by: ['job'] }), 3 * 86_400),
    for: '15m',
    severity: 'warning',
    summary: 'No webhook has arrived for three days.',
    description: ({ value }) => text`The last webhook arrived ${value.duration} ago; what CI/CD panels show is older.`,
    runbook: 'CicdExporterSilent.md',
    panel: cicd.panel('Age of the last event'),
    tests: [
      firing('the last one came at the very start', {
        series: [lastEventTimestamp.series({ job: 'github-actions-exporter' }, '0x100')],
        interval: '1h',
        at: '74h',
        labels: { job: 'github-actions-exporter' },
        annotations: { description: 'The last webhook arrived 3d 2h 0m 0s ago; what CI/CD panels show is older.' },
      }),
      silent('the last one is two days old', {
        series: [lastEventTimestamp.series({ job: 'github-actions-exporter' }, '0x100')],
        interval: '1h',
        at: '48h',
      }),
    ],
  }),

  alert('RunnerJobsQueued', {
    expr: gt(sub(sum(ghaAssignedJobs, { by: ['name'] }), sum(ghaRunningJobs, { by: ['name'] })), 0),
    for: '15m',
    severity: 'warning',
    summary: 'Jobs wait for a runner.',
    description: ({ labels, value }) =>
      text`Jobs that have waited 15 minutes for a runner of the scale set ${labels.name}: ${value.humanize}.`,
    runbook: 'RunnerJobsQueued.md',
    panel: cicd.panel('Runners'),
    tests: [
      firing('five are assigned and three run', {
        series: [ghaAssignedJobs.series({ name: 'gpu' }, '5x20'), ghaRunningJobs.series({ name: 'gpu' }, '3x20')],
        at: '16m',
        labels: { name: 'gpu' },
        annotations: { description: 'Jobs that have waited 15 minutes for a runner of the scale set gpu: 2.' },
      }),
      silent('all of them run', {
        series: [ghaAssignedJobs.series({ name: 'gpu' }, '5x20'), ghaRunningJobs.series({ name: 'gpu' }, '5x20')],
        at: '16m',
      }),
    ],
  }),

  alert('PushedMetricsStale', {
    expr: gt(age(pushTime, { by: ['job'] }), 86_400),
    for: '15m',
    severity: 'warning',
    summary: 'A job has pushed nothing for a day.',
    description: ({ labels, value }) =>
      text`Job ${labels.job} last pushed ${value.duration} ago. The Pushgateway still shows its old values.`,
    runbook: 'PushedMetricsStale.md',
    panel: cicd.panel('Age of pushed metrics'),
    tests: [
      firing('the last push was 26 hours ago', {
        series: [pushTime.series(nightly, '0x60')],
        interval: '1h',
        at: '26h',
        labels: { job: 'nightly-import' },
        annotations: {
          description: 'Job nightly-import last pushed 1d 2h 0m 0s ago. The Pushgateway still shows its old values.',
        },
      }),
      silent('it was 20 hours ago', {
        series: [pushTime.series(nightly, '0x60')],
        interval: '1h',
        at: '20h',
      }),
    ],
  }),

  alert('PushgatewayPushRejected', {
    expr: gt(pushFailureTime, pushTime),
    for: '5m',
    severity: 'warning',
    summary: 'The Pushgateway refused a push.',
    description: ({ labels, value }) =>
      text`The push of job ${labels.job} at ${value.timestamp} was refused, and none has succeeded since.`,
    runbook: 'PushgatewayPushRejected.md',
    panel: cicd.panel('Age of pushed metrics'),
    tests: [
      firing('the second push was refused', {
        series: [pushTime.series(nightly, '60x20'), pushFailureTime.series(nightly, '0x4 300x20')],
        at: '15m',
        labels: { job: 'nightly-import' },
        annotations: {
          description:
            'The push of job nightly-import at 1970-01-01 00:05:00 +0000 UTC was refused, and none has succeeded since.',
        },
      }),
      silent('a later one succeeded', {
        series: [pushTime.series(nightly, '60x4 600x20'), pushFailureTime.series(nightly, '0x2 300x20')],
        at: '18m',
      }),
    ],
  }),
]);
