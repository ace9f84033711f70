/**
 * The key numbers of the pack. The dashboard of an area narrows them down with its variables; the overview
 * reports them for everything. One definition, so that the two cannot disagree.
 */
import {
  and,
  age,
  avg,
  avgOverTime,
  changes,
  count,
  div,
  eq,
  gt,
  increase,
  max,
  mean,
  min,
  or,
  percentile,
  ratio,
  round,
  sum,
  sumOverTime,
  vector,
  not,
  type Matchers,
} from 'dashwright';
import { grafanaBootDuration } from '../metrics/alertmanager-grafana.ts';
import { hpaDesiredReplicas } from '../metrics/autoscaling.ts';
import { deploymentRecovery, deployments, JUDGED_STATUSES, pipelineDuration, pipelineRuns } from '../metrics/cicd.ts';
import { cost, onDemandEquivalent, savingsNet } from '../metrics/cost.ts';
import { dataPipelineRuns, dataQuality, dataVolume } from '../metrics/data-pipelines.ts';
import { fromKsm } from '../metrics/exporters.ts';
import { podPhase, podStartTime } from '../metrics/kubernetes-pods.ts';
import { alerts, up } from '../metrics/monitoring.ts';
import { productionDeployments30d } from '../rules/cicd-records.ts';
import { nodesReady } from '../rules/kubernetes-records.ts';
import { startedAlerts } from '../rules/monitoring-records.ts';

type Where<Labels extends string> = Matchers<Readonly<Record<Labels, string>>>;

export const pipelineSuccess = (where: Where<'repository' | 'pipeline_name'> = {}) =>
  ratio(pipelineRuns({ ...where, status: 'success' }), pipelineRuns({ ...where, status: JUDGED_STATUSES }), {
    over: '7d',
  });

export const meanRunTime = (where: Where<'repository' | 'pipeline_name'> = {}) =>
  mean(pipelineDuration, { where: { ...where, stage: 'total' }, over: '7d' });

/** increase() extrapolates, so three deployments can read 3.02. */
export const deploymentsPerWeek = (where: Where<'service'> = {}) =>
  round(sum(increase(deployments({ ...where, environment: 'production', status: 'success' }), '7d')));

export const recoveryTime = (where: Where<'service'> = {}) =>
  percentile(0.5, deploymentRecovery, { where: { ...where, environment: 'production' }, over: '30d' });

const byPod = ['namespace', 'pod'] as const;

/** Seconds since the kubelet accepted each running pod. */
export const podAges = (where: Where<'namespace'> = {}) =>
  max(
    and(age(podStartTime({ ...fromKsm, ...where })), eq(podPhase({ ...fromKsm, ...where, phase: 'Running' }), 1), {
      on: byPod,
    }),
    { by: byPod },
  );

export const meanPodAge = (where: Where<'namespace'> = {}) => avg(podAges(where));

export const clusterAvailability = avgOverTime(nodesReady, '30d');

export const scalingEvents = (where: Where<'namespace' | 'horizontalpodautoscaler'> = {}) =>
  sum(changes(hpaDesiredReplicas({ ...fromKsm, ...where }), '7d'));

export const dailyCost = (where: Where<'scope' | 'account'> = {}) =>
  sum(cost({ ...where, window: 'last_complete_day', metric: 'unblended' }));

/** The window of the gauge is 30 days already: nothing is to be multiplied. */
export const monthlyCost = (where: Where<'scope' | 'account'> = {}) =>
  sum(cost({ ...where, window: '30d', metric: 'unblended' }));

/** Amortized, because a fee that was paid up front belongs to the whole of its term. */
export const costPerDeployment = (where: Where<'scope'> = {}) =>
  div(sum(cost({ ...where, window: '30d', metric: 'amortized' })), gt(sum(productionDeployments30d(where)), 0));

export const savedShare = (where: Where<'scope' | 'account'> = {}) =>
  div(sum(savingsNet({ ...where, window: '30d' })), gt(sum(onDemandEquivalent({ ...where, window: '30d' })), 0));

export const targetsMonitored = (where: Where<'job'> = {}) => count(up(where));

/** Without the alerts that fire on purpose. */
export const ofPeople = { alertname: not(['Watchdog', 'InfoInhibitor']) };

export const firingNow = or(count(alerts({ alertstate: 'firing', ...ofPeople })), vector(0));

export const alertsPerDay = or(sum(sumOverTime(startedAlerts(ofPeople), '1d')), vector(0));

export const pageLoad = percentile(0.95, grafanaBootDuration, { over: '1d' });

export const dataSuccess = (where: Where<'pipeline_name'> = {}) =>
  ratio(dataPipelineRuns({ ...where, status: 'success' }), dataPipelineRuns(where), { over: '7d' });

export const dataProcessed = (where: Where<'pipeline_name'> = {}) => sum(increase(dataVolume(where), '7d'));

export const lowestQuality = (where: Where<'pipeline_name'> = {}) => min(dataQuality(where));

export const meanQuality = (where: Where<'pipeline_name'> = {}) => avg(dataQuality(where));
