/** What the CI/CD dashboards and alerts look at more than once. */
import { increase, ratio, record, ruleGroup, sum } from 'dashwright';
import { deployments, JUDGED_STATUSES, pipelineRuns } from '../metrics/cicd.ts';

const pipeline = ['repository', 'pipeline_name'] as const;

export const judgedRuns = record(
  'repository_pipeline:cicd_pipeline_runs:increase1d',
  sum(increase(pipelineRuns({ status: JUDGED_STATUSES }), '1d'), { by: pipeline }),
  { help: 'Runs of a day that were meant to end well.' },
);

export const failureRatio = record(
  'repository_pipeline:cicd_pipeline_failures:ratio_increase1d',
  ratio(
    pipelineRuns({ status: ['failure', 'timed_out', 'startup_failure'] }),
    pipelineRuns({ status: JUDGED_STATUSES }),
    { by: pipeline, over: '1d' },
  ),
  { help: 'Share of the judged runs of a day that failed.' },
);

export const productionDeployments30d = record(
  'scope:cicd_deployments:increase30d',
  sum(increase(deployments({ environment: 'production', status: 'success' }), '30d'), { by: ['scope'] }),
  { help: 'Successful deployments to production in 30 days.' },
);

export default ruleGroup('cicd-records', { interval: '1m' }, [judgedRuns, failureRatio, productionDeployments30d]);
