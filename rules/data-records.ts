/** Data pipelines against their own schedule. */
import { div, max, ratio, record, ruleGroup, sub, time } from 'dashwright';
import { dataExpectedInterval, dataLastSuccess, dataPipelineRuns } from '../metrics/data-pipelines.ts';

const pipeline = ['pipeline_name'] as const;

export const dataSuccessRatio7d = record(
  'pipeline:data_pipeline_success:ratio_increase7d',
  ratio(dataPipelineRuns({ status: 'success' }), dataPipelineRuns, { by: pipeline, over: '7d' }),
  { help: 'Share of the runs of a week that succeeded.' },
);

export const dataLateness = record(
  'pipeline:data_pipeline_age_in_intervals:ratio',
  div(sub(time(), max(dataLastSuccess, { by: pipeline })), max(dataExpectedInterval, { by: pipeline })),
  { help: 'Age of the last success in intervals of the schedule: above 1 is late.' },
);

export default ruleGroup('data-records', { interval: '1m' }, [dataSuccessRatio7d, dataLateness]);
