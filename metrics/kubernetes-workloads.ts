/** Deployments, jobs, cron jobs and quotas, from kube-state-metrics. */
import { any, counter, gauge, oneOf } from 'dashwright';
import { kubeStateMetrics, kubeStateMetricsSelf } from './exporters.ts';

const deployment = { namespace: any, deployment: any };
const replicas = { unit: 'count', labels: deployment, range: { min: 0 }, from: kubeStateMetrics } as const;

export const deploymentSpecReplicas = gauge('kube_deployment_spec_replicas', {
  help: 'Replicas wanted.',
  ...replicas,
});

export const deploymentReplicasAvailable = gauge('kube_deployment_status_replicas_available', {
  help: 'Replicas that have been ready for minReadySeconds.',
  ...replicas,
});

export const deploymentReplicasUpdated = gauge('kube_deployment_status_replicas_updated', {
  help: 'Replicas that run the newest pod template.',
  ...replicas,
});

export const deploymentCondition = gauge('kube_deployment_status_condition', {
  help: '1 for the status that the condition has.',
  unit: 'count',
  labels: {
    ...deployment,
    condition: oneOf('Available', 'Progressing', 'ReplicaFailure'),
    status: oneOf('true', 'false', 'unknown'),
    reason: any,
  },
  range: { min: 0, max: 1 },
  boolean: true,
  from: kubeStateMetrics,
});

const job = { namespace: any, job_name: any };

export const jobFailed = gauge('kube_job_failed', {
  help: '1 for the value that the Failed condition of the job has.',
  unit: 'count',
  labels: { ...job, condition: oneOf('true', 'false', 'unknown') },
  range: { min: 0, max: 1 },
  boolean: true,
  appearsOnFirstUse: true,
  from: kubeStateMetrics,
});

export const jobStartTime = gauge('kube_job_status_start_time', {
  nameAsExposed: true,
  help: 'When the job controller first saw the job.',
  unit: 'timestamp_seconds',
  labels: job,
  from: kubeStateMetrics,
});

export const jobActive = gauge('kube_job_status_active', {
  help: 'Pods of the job that run.',
  unit: 'count',
  labels: job,
  range: { min: 0 },
  from: kubeStateMetrics,
});

const cronjob = { namespace: any, cronjob: any };

export const cronjobLastScheduleTime = gauge('kube_cronjob_status_last_schedule_time', {
  nameAsExposed: true,
  help: 'When the cron job last made a job.',
  unit: 'timestamp_seconds',
  labels: cronjob,
  from: kubeStateMetrics,
});

export const cronjobLastSuccessfulTime = gauge('kube_cronjob_status_last_successful_time', {
  nameAsExposed: true,
  help: 'When a job of the cron job last succeeded.',
  unit: 'timestamp_seconds',
  labels: cronjob,
  since: '2.5',
  from: kubeStateMetrics,
});

export const cronjobActive = gauge('kube_cronjob_status_active', {
  help: 'Jobs of the cron job that run.',
  unit: 'count',
  labels: cronjob,
  range: { min: 0 },
  from: kubeStateMetrics,
});

export const cronjobSuspended = gauge('kube_cronjob_spec_suspend', {
  help: '1 if the cron job is suspended.',
  unit: 'count',
  labels: cronjob,
  range: { min: 0, max: 1 },
  boolean: true,
  from: kubeStateMetrics,
});

export const resourceQuota = gauge('kube_resourcequota', {
  help: 'What a quota allows (hard) and what is used of it.',
  labels: { namespace: any, resourcequota: any, resource: any, type: oneOf('hard', 'used') },
  range: { min: 0 },
  from: kubeStateMetrics,
});

const watched = { resource: any, result: oneOf('success', 'error') };

export const ksmList = counter('kube_state_metrics_list_total', {
  help: 'List requests of kube-state-metrics to the API server.',
  unit: 'count',
  labels: watched,
  from: kubeStateMetricsSelf,
});

export const ksmWatch = counter('kube_state_metrics_watch_total', {
  help: 'Watch requests of kube-state-metrics to the API server.',
  unit: 'count',
  labels: watched,
  from: kubeStateMetricsSelf,
});
