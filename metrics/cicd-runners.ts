/** Self-hosted runners (actions-runner-controller) and the Pushgateway that short-lived jobs report to. */
import { any, counter, gauge, label, oneOf } from 'dashwright';
import { pushgateway, runnerListener } from './exporters.ts';

/** A scale set belongs to an enterprise, an organisation or a repository; the labels of the others are empty. */
const maybe = label(any, { presence: 'sometimes' });
const scaleSet = { name: any, namespace: any, organization: maybe, enterprise: maybe, repository: maybe };

export const ghaAssignedJobs = gauge('gha_assigned_jobs', {
  help: 'Jobs assigned to this runner scale set, running or waiting for a runner.',
  unit: 'count',
  labels: scaleSet,
  range: { min: 0 },
  from: runnerListener,
});

export const ghaRunningJobs = gauge('gha_running_jobs', {
  help: 'Jobs that run on this runner scale set.',
  unit: 'count',
  labels: scaleSet,
  range: { min: 0 },
  from: runnerListener,
});

export const ghaRegisteredRunners = gauge('gha_registered_runners', {
  help: 'Runners registered by this scale set.',
  unit: 'count',
  labels: scaleSet,
  range: { min: 0 },
  from: runnerListener,
});

export const ghaBusyRunners = gauge('gha_busy_runners', {
  help: 'Registered runners that run a job.',
  unit: 'count',
  labels: scaleSet,
  range: { min: 0 },
  from: runnerListener,
});

export const ghaMaxRunners = gauge('gha_max_runners', {
  help: 'Most runners that this scale set may have.',
  unit: 'count',
  labels: scaleSet,
  range: { min: 0 },
  from: runnerListener,
});

/** What was pushed carries its own `job` and, unless the pusher set one, an empty `instance`. */
const group = { job: any, instance: any };

export const pushTime = gauge('push_time_seconds', {
  help: 'When this group was last pushed with success.',
  unit: 'timestamp_seconds',
  labels: group,
  from: pushgateway,
});

export const pushFailureTime = gauge('push_failure_time_seconds', {
  help: 'When a push to this group was last refused; 0 until then.',
  unit: 'timestamp_seconds',
  labels: group,
  from: pushgateway,
});

export const pushgatewayRequests = counter('pushgateway_http_requests_total', {
  help: 'HTTP requests to the Pushgateway.',
  unit: 'count',
  labels: { code: any, handler: any, method: oneOf('get', 'post', 'put', 'delete') },
  appearsOnFirstUse: true,
  from: pushgateway,
});
