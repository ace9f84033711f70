/** Data pipelines against their own schedule. */
import { div, max, record, ruleGroup, sub, time } from 'dashwright';
import { dataExpectedInterval, dataLastSuccess } from '../metrics/data-pipelines.ts';

const pipeline = ['pipeline_name'] as const;

export const dataLateness = record(
  'pipeline:data_pipeline_age_in_intervals:ratio',
  div(sub(time(), max(dataLastSuccess, { by: pipeline })), max(dataExpectedInterval, { by: pipeline })),
  { help: 'Age of the last success in intervals of the schedule: above 1 is late.' },
);

export default ruleGroup('data-records', { interval: '1m' }, [dataLateness]);
