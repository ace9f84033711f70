/** CI/CD pipelines, and the five DORA metrics per service. */
import {
  age,
  annotation,
  bargauge,
  count,
  dashboard,
  gt,
  heatmap,
  increase,
  labelValues,
  max,
  mean,
  percentile,
  ratio,
  row,
  stat,
  subquery,
  countOverTime,
  sum,
  table,
  target,
  timeseries,
  variable,
} from 'dashwright';
import {
  deploymentFailures,
  deploymentLeadTime,
  deployments,
  JUDGED_STATUSES,
  lastEventTimestamp,
  pipelineActiveRuns,
  pipelineDuration,
  pipelineLastRunSuccessful,
  pipelineQueueDuration,
  pipelineRuns,
  webhookEvents,
} from '../metrics/cicd.ts';
import {
  ghaAssignedJobs,
  ghaMaxRunners,
  ghaRegisteredRunners,
  ghaRunningJobs,
  pushTime,
} from '../metrics/cicd-runners.ts';
import { deploymentsPerWeek, meanRunTime, pipelineSuccess, recoveryTime } from './_key-numbers.ts';
import { freshFor, mlops, neighbours, neutral, valueColumn, severalOrAll } from './_pack.ts';

const repository = variable('repository', labelValues(pipelineRuns, 'repository'), severalOrAll);
const pipeline = variable('pipeline', labelValues(pipelineRuns({ repository }), 'pipeline_name'), severalOrAll);
const service = variable('service', labelValues(deployments({ environment: 'production' }), 'service'), severalOrAll);

const chosen = { repository, pipeline_name: pipeline };
const succeeded = pipelineRuns({ ...chosen, status: 'success' });
const judged = pipelineRuns({ ...chosen, status: JUDGED_STATUSES });
const byPipeline = ['repository', 'pipeline_name'] as const;
const whole = { ...chosen, stage: 'total' } as const;

const production = { service, environment: 'production' } as const;
const shipped = deployments({ ...production, status: 'success' });
const byService = ['service'] as const;

const deploymentDays = countOverTime(subquery(gt(sum(increase(shipped, '1d')), 0.5), '28d', '1d'));

export default dashboard('CI/CD pipelines', {
  uid: 'cicd-pipelines',
  description:
    'Do pipelines work, how long do they take, and how often, how safely and how fast does work reach production? Definitions of the DORA metrics: https://dora.dev/guides/dora-metrics/',
  folder: mlops,
  tags: ['mlops', 'cicd'],
  links: neighbours,
  time: { from: 'now-7d', to: 'now' },
  refresh: '5m',
  variables: [repository, pipeline, service],
  annotations: [
    annotation('Deployments', gt(sum(increase(shipped, '5m'), { by: byService }), 0), {
      color: 'blue',
      text: '{{service}}',
      step: '5m',
    }),
  ],
  rows: [
    row('Pipelines', [
      stat('Success ratio, 7 days', pipelineSuccess(chosen), {
        description: 'Share of the runs that ended well. Cancelled and skipped runs do not count either way.',
        thresholds: { base: 'red', 0.8: 'yellow', 0.95: 'green' },
        noValue: 'no runs',
      }),
      stat('Mean run time, 7 days', meanRunTime(chosen), {
        description: 'Wall time of a successful run. The mean hides the tail: see the 95th percentile.',
        thresholds: { base: 'green', 900: 'yellow', 1800: 'red' },
        noValue: 'no runs',
      }),
      stat('Run time, p95, 7 days', percentile(0.95, pipelineDuration, { where: whole, over: '7d' }), {
        description: 'Nineteen in twenty successful runs take at most this long.',
        thresholds: { base: 'green', 1800: 'yellow', 3600: 'red' },
        noValue: 'no runs',
      }),
      stat('Active runs', sum(pipelineActiveRuns(chosen), { by: ['state'] }), {
        description: 'Runs that have not finished yet.',
        legend: '{{state}}',
        thresholds: neutral,
        noValue: 'none',
      }),
      stat('Age of the last event', age(lastEventTimestamp, { by: ['job'] }), {
        description: 'When the exporter last heard from GitHub. Everything else here is at least as old.',
        legend: 'last webhook',
        thresholds: freshFor(86_400, 3 * 86_400),
        noValue: 'no data from github-actions-exporter',
      }),
    ]),

    row('DORA, production', [
      stat('Deployments, 7 days', deploymentsPerWeek({ service }), {
        description: 'Successful deployments to production. DORA: deployment frequency.',
        thresholds: { base: 'yellow', 1: 'green' },
        noValue: 'no deployments',
      }),
      stat('Days with a deployment, 28 days', deploymentDays, {
        description:
          'DORA measures frequency in days, so that ten deployments on one day are not ten days of shipping.',
        thresholds: { base: 'yellow', 4: 'green' },
        noValue: '0',
      }),
      stat('Lead time, median, 30 days', percentile(0.5, deploymentLeadTime, { where: production, over: '30d' }), {
        description: 'From a commit to the moment it runs in production. DORA: change lead time.',
        thresholds: { base: 'green', 86_400: 'yellow', 604_800: 'red' },
        noValue: 'no deployments',
      }),
      stat('Change fail rate, 30 days', ratio(deploymentFailures(production), shipped, { over: '30d' }), {
        description: 'Share of deployments that needed immediate intervention.',
        thresholds: { base: 'green', 0.15: 'yellow', 0.3: 'red' },
        noValue: 'no deployments',
      }),
      stat('Recovery time, median, 30 days', recoveryTime({ service }), {
        description:
          'From a deployment that failed in production to the one that restored it. DORA: failed deployment recovery time, formerly mean time to recovery.',
        thresholds: { base: 'green', 3600: 'yellow', 86_400: 'red' },
        noValue: 'no failed deployments',
      }),
      stat(
        'Rework rate, 30 days',
        ratio(deployments({ ...production, status: 'success', reason: ['hotfix', 'rollback'] }), shipped, {
          over: '30d',
        }),
        {
          description: 'Share of deployments that were not planned: hotfixes and rollbacks.',
          thresholds: { base: 'green', 0.1: 'yellow', 0.2: 'red' },
          noValue: 'no deployments',
        },
      ),
      timeseries('Deployments per day', sum(increase(shipped, '1d'), { by: byService }), {
        description: 'Successful deployments to production in the day before each point.',
        legend: '{{service}}',
        stacking: 'normal',
        draw: 'bars',
        interval: '1d',
        noValue: 'no deployments',
      }),
      timeseries(
        'Lead time by service, 7 days',
        percentile(0.5, deploymentLeadTime, { where: production, by: byService, over: '7d' }),
        {
          description: 'Median from commit to production over the seven days before each point.',
          legend: '{{service}}',
          noValue: 'no deployments',
        },
      ),
    ]),

    row('Runs', [
      timeseries('Runs by result', sum(increase(pipelineRuns(chosen), '1h'), { by: ['status'] }), {
        description: 'Finished runs in the hour before each point. Stacked, because the whole matters too.',
        legend: '{{status}}',
        stacking: 'normal',
        draw: 'bars',
        interval: '1h',
        noValue: 'no runs',
      }),
      bargauge('Success ratio by pipeline, 7 days', ratio(succeeded, judged, { by: byPipeline, over: '7d' }), {
        description: 'The worst first tells where to look.',
        legend: '{{repository}}: {{pipeline_name}}',
        thresholds: { base: 'red', 0.8: 'yellow', 0.95: 'green' },
        noValue: 'no runs',
      }),
      timeseries(
        'Mean run time by pipeline, 7 days',
        mean(pipelineDuration, { where: whole, by: byPipeline, over: '7d' }),
        {
          description: 'Mean wall time of the successful runs in the seven days before each point.',
          legend: '{{repository}}: {{pipeline_name}}',
          noValue: 'no runs',
        },
      ),
      timeseries(
        'Run time by stage, median, 1 day',
        percentile(0.5, pipelineDuration, {
          where: { ...chosen, stage: ['build', 'test', 'deploy'] },
          by: ['stage'],
          over: '1d',
        }),
        {
          description: 'Build, test and deployment time. Stages overlap, so they do not add up to the run time.',
          legend: '{{stage}}',
          noValue: 'no runs',
        },
      ),
      heatmap('Run times', sum(increase(pipelineDuration.bucket(whole), '1h'), { by: ['le'] }), {
        description: 'How many runs took how long, per hour.',
        interval: '1h',
        noValue: 'no runs',
      }),
      timeseries(
        'Waiting for a runner, p95, 1 hour',
        percentile(0.95, pipelineQueueDuration, { where: chosen, by: byPipeline, over: '1h' }),
        {
          description: 'From the creation of a job to the moment a runner started it.',
          legend: '{{repository}}: {{pipeline_name}}',
          noValue: 'no jobs',
        },
      ),
      table(
        'Default branch',
        max(pipelineLastRunSuccessful({ ...chosen, branch: 'default' }), { by: ['repository', 'pipeline_name'] }),
        {
          overrides: valueColumn('Last run'),
          description: 'The result of the last judged run on the default branch.',
          unit: 'short',
          mappings: [
            { value: 1, text: 'ok', color: 'green' },
            { value: 0, text: 'broken', color: 'red' },
          ],
          thresholds: { base: 'red', 1: 'green' },
          noValue: 'no runs',
        },
      ),
    ]),

    row(
      'Runners and pushed metrics',
      [
        timeseries(
          'Runners',
          [
            target(sum(ghaAssignedJobs, { by: ['name'] }), { legend: '{{name}}: assigned jobs' }),
            target(sum(ghaRunningJobs, { by: ['name'] }), { legend: '{{name}}: running jobs' }),
            target(sum(ghaRegisteredRunners, { by: ['name'] }), { legend: '{{name}}: runners' }),
            target(max(ghaMaxRunners, { by: ['name'] }), { legend: '{{name}}: most runners' }),
          ],
          {
            description: 'Where more jobs are assigned than run, jobs wait.',
            noValue: 'no data from arc-listener',
          },
        ),
        table('Age of pushed metrics', age(pushTime, { by: ['job'] }), {
          overrides: valueColumn('Last push'),
          description: 'The Pushgateway never forgets: old values look like new ones, except here.',
          thresholds: freshFor(86_400, 2 * 86_400),
          noValue: 'nothing was pushed',
        }),
        timeseries('Webhooks', sum(increase(webhookEvents), { by: ['event', 'result'] }), {
          description: 'Deliveries from GitHub, by what became of them. bad_signature means that the secret differs.',
          legend: '{{event}}: {{result}}',
          noValue: 'no data from github-actions-exporter',
        }),
        stat('Pushing jobs', count(count(pushTime, { by: ['job'] })), {
          description: 'Jobs with metrics on the Pushgateway, deleted ones included.',
          thresholds: neutral,
          noValue: 'none',
        }),
      ],
      { collapsed: true },
    ),
  ],
});
