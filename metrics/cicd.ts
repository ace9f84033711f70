/** CI/CD: pipeline runs and the five DORA metrics, as the webhook exporter counts them. */
import { any, counter, gauge, histogram, oneOf } from 'dashwright';
import { githubActions } from './exporters.ts';

/**
 * GitHub's `conclusion` of a finished run. `neutral`, `stale` and `action_required` end no build that people
 * wait for; the exporter folds them into `skipped`.
 */
export const RUN_STATUSES = ['success', 'failure', 'timed_out', 'startup_failure', 'cancelled', 'skipped'] as const;

/** Runs that were meant to end well: somebody's cancel or a skipped path says nothing about the pipeline. */
export const JUDGED_STATUSES = ['success', 'failure', 'timed_out', 'startup_failure'] as const;

const pipeline = { repository: any, pipeline_name: any };

/** `pr` and `other` may fail without anybody being held up; `default` may not. */
const branch = oneOf('default', 'release', 'pr', 'other');

export const pipelineRuns = counter('cicd_pipeline_runs_total', {
  help: 'Finished pipeline runs. Each (pipeline, branch, status) starts at 0, so that the first failure counts.',
  unit: 'count',
  labels: { ...pipeline, branch, status: oneOf(...RUN_STATUSES) },
  from: githubActions,
});

export const pipelineDuration = histogram('cicd_pipeline_duration_seconds', {
  help: 'Wall time of a successful run (stage="total") or of one of its stages. Stages overlap: never add them up.',
  unit: 'seconds',
  labels: { ...pipeline, stage: oneOf('total', 'build', 'test', 'deploy', 'other') },
  buckets: [15, 30, 60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 7200, 14400],
  from: githubActions,
});

export const pipelineQueueDuration = histogram('cicd_pipeline_queue_duration_seconds', {
  help: 'Time from the creation of a job to the moment a runner started it.',
  unit: 'seconds',
  labels: pipeline,
  buckets: [5, 15, 30, 60, 120, 300, 600, 1800, 3600],
  from: githubActions,
});

export const pipelineActiveRuns = gauge('cicd_pipeline_active_runs', {
  help: 'Runs that have not finished yet.',
  unit: 'count',
  labels: { ...pipeline, state: oneOf('queued', 'in_progress') },
  range: { min: 0 },
  from: githubActions,
});

export const pipelineLastRunSuccessful = gauge('cicd_pipeline_last_run_successful', {
  help: '1 if the last judged run on this class of branch succeeded, else 0.',
  unit: 'count',
  labels: { ...pipeline, branch },
  range: { min: 0, max: 1 },
  boolean: true,
  from: githubActions,
});

export const pipelineLastRunTimestamp = gauge('cicd_pipeline_last_run_timestamp_seconds', {
  help: 'When the last run on this class of branch ended.',
  unit: 'timestamp_seconds',
  labels: { ...pipeline, branch },
  from: githubActions,
});

/** `scope` is the cost allocation tag of what was deployed; it joins deployments to the bill. */
const deployed = { service: any, scope: any, environment: oneOf('production', 'staging', 'development') };

export const deployments = counter('cicd_deployments_total', {
  help: 'Finished deployments. reason: planned work, or a hotfix or rollback that a failure in production forced.',
  unit: 'count',
  labels: { ...deployed, status: oneOf('success', 'failure'), reason: oneOf('planned', 'hotfix', 'rollback') },
  from: githubActions,
});

export const deploymentFailures = counter('cicd_deployment_change_failures_total', {
  help: 'Deployments that needed immediate intervention (rollback, hotfix or a linked incident).',
  unit: 'count',
  labels: deployed,
  from: githubActions,
});

export const deploymentLeadTime = histogram('cicd_deployment_lead_time_seconds', {
  help: 'From each commit of a deployment to the moment it runs in the environment.',
  unit: 'seconds',
  labels: deployed,
  buckets: [900, 1800, 3600, 14400, 43200, 86400, 259200, 604800, 1209600, 2592000],
  from: githubActions,
});

export const deploymentRecovery = histogram('cicd_deployment_recovery_seconds', {
  help: 'From a deployment that failed in production to the one that restored it.',
  unit: 'seconds',
  labels: deployed,
  buckets: [300, 900, 1800, 3600, 14400, 86400, 259200, 604800],
  from: githubActions,
});

export const webhookEvents = counter('cicd_webhook_events_total', {
  help: 'Webhook deliveries, by what became of them.',
  unit: 'count',
  labels: {
    event: oneOf('workflow_run', 'workflow_job', 'deployment_status'),
    result: oneOf('accepted', 'duplicate', 'bad_signature', 'unknown_payload'),
  },
  from: githubActions,
});

export const lastEventTimestamp = gauge('cicd_last_event_timestamp_seconds', {
  help: 'When the last accepted webhook arrived.',
  unit: 'timestamp_seconds',
  labels: {},
  from: githubActions,
});
