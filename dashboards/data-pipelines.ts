/** Data pipelines, the quality of what they make, and the models that live on it. */
import {
  age,
  bargauge,
  count,
  dashboard,
  div,
  eq,
  gt,
  increase,
  labelValues,
  lt,
  max,
  mean,
  min,
  or,
  percentile,
  ratio,
  round,
  row,
  stat,
  statetimeline,
  sum,
  table,
  timeseries,
  variable,
  vector,
} from 'dashwright';
import {
  dataLastRun,
  dataLastSuccess,
  dataPipelineDuration,
  dataPipelineRuns,
  dataQuality,
  dataQualityThreshold,
  dataRows,
  dataSchemaErrors,
  dataVolume,
  retrainingTriggers,
} from '../metrics/data-pipelines.ts';
import { driftDetected } from '../metrics/models.ts';
import { dataLateness } from '../rules/data-records.ts';
import { gpuRow, modelsRow, servingRow, model } from './_model-rows.ts';
import { dataProcessed, dataSuccess, lowestQuality } from './_key-numbers.ts';
import { freshFor, mlops, neighbours, neutral, noneIsGood, valueColumn, severalOrAll } from './_pack.ts';

const pipeline = variable('pipeline', labelValues(dataPipelineRuns, 'pipeline_name'), severalOrAll);

const chosen = { pipeline_name: pipeline };
const byPipeline = ['pipeline_name'] as const;
const succeeded = dataPipelineRuns({ ...chosen, status: 'success' });
const belowThreshold = lt(dataQuality(chosen), dataQualityThreshold(chosen), {
  on: ['pipeline_name', 'check_type'],
  bool: true,
});

export default dashboard('Data pipelines and models', {
  uid: 'data-pipelines',
  description:
    'Are data fresh, complete and good, do models still fit them, and are they served well? A pipeline that runs once a day has few runs: freshness says more than the success ratio.',
  folder: mlops,
  tags: ['mlops', 'data'],
  links: neighbours,
  time: { from: 'now-7d', to: 'now' },
  refresh: '5m',
  variables: [pipeline, model],
  rows: [
    row('At a glance', [
      stat('Success ratio, 7 days', dataSuccess(chosen), {
        description: 'Share of the runs that succeeded.',
        thresholds: { base: 'red', 0.9: 'yellow', 0.99: 'green' },
        noValue: 'no runs',
      }),
      stat('Runs, 7 days', round(sum(increase(dataPipelineRuns(chosen), '7d'))), {
        description: 'How many runs the success ratio is made of.',
        thresholds: neutral,
        noValue: 'no runs',
      }),
      stat('Late pipelines', or(count(gt(dataLateness(chosen), 1.5)), vector(0)), {
        unit: 'short',
        description: 'Pipelines that have not succeeded for one and a half of their own intervals.',
        thresholds: noneIsGood,
        noValue: '0',
      }),
      stat('Processed, 7 days', dataProcessed(chosen), {
        description: 'Input that was read.',
        thresholds: neutral,
        noValue: 'no data from data-pipeline-exporter',
      }),
      stat('Lowest quality score', lowestQuality(chosen), {
        description: 'The worst check. A mean would hide one bad check behind fifty good ones.',
        thresholds: { base: 'red', 0.9: 'yellow', 0.95: 'green' },
        noValue: 'no checks',
      }),
      stat('Checks below their threshold', div(sum(belowThreshold), count(dataQuality(chosen))), {
        description: 'Share of the checks that score lower than they may.',
        unit: 'percentunit',
        thresholds: { base: 'green', 0.001: 'red' },
        noValue: 'no checks',
      }),
      stat('Drifted models', or(count(eq(max(driftDetected, { by: ['model_name'] }), 1)), vector(0)), {
        unit: 'short',
        description: 'Models whose data differ from their reference.',
        thresholds: noneIsGood,
        noValue: '0',
      }),
      stat('Retrainings, 30 days', round(sum(increase(retrainingTriggers, '30d'))), {
        description: 'Retrainings that were triggered.',
        thresholds: neutral,
        noValue: 'no data from data-pipeline-exporter',
      }),
      stat('Age of the last run', min(age(dataLastRun(chosen))), {
        description: 'When the exporter last heard of a run, of whichever pipeline.',
        thresholds: freshFor(86_400, 172_800),
        noValue: 'no data from data-pipeline-exporter',
      }),
    ]),

    row('Runs', [
      bargauge('Freshness against the schedule', dataLateness(chosen), {
        description: 'Age of the last success in the pipeline’s own intervals. Above 1 it is late.',
        legend: '{{pipeline_name}}',
        unit: 'short',
        decimals: 2,
        thresholds: { base: 'green', 1: 'yellow', 1.5: 'red' },
        noValue: 'no pipelines',
      }),
      table('Age of the last success', age(dataLastSuccess(chosen), { by: byPipeline }), {
        overrides: valueColumn('Age'),
        description: 'When each pipeline last succeeded.',
        thresholds: neutral,
        noValue: 'no pipelines',
      }),
      timeseries('Runs by status', sum(increase(dataPipelineRuns(chosen), '1h'), { by: ['status'] }), {
        description: 'Finished runs in the hour before each point.',
        legend: '{{status}}',
        stacking: 'normal',
        draw: 'bars',
        interval: '1h',
        noValue: 'no runs',
      }),
      bargauge(
        'Success ratio by pipeline, 7 days',
        ratio(succeeded, dataPipelineRuns(chosen), { by: byPipeline, over: '7d' }),
        {
          description: 'Share of the runs of each pipeline that succeeded.',
          legend: '{{pipeline_name}}',
          thresholds: { base: 'red', 0.9: 'yellow', 0.99: 'green' },
          noValue: 'no runs',
        },
      ),
      timeseries(
        'Run time, p95, 7 days',
        percentile(0.95, dataPipelineDuration, { where: chosen, by: byPipeline, over: '7d' }),
        {
          description: 'Nineteen in twenty successful runs of seven days took at most this long.',
          legend: '{{pipeline_name}}',
          noValue: 'no runs',
        },
      ),
      timeseries('Mean run time, 7 days', mean(dataPipelineDuration, { where: chosen, by: byPipeline, over: '7d' }), {
        description: 'Mean wall time of the successful runs of seven days.',
        legend: '{{pipeline_name}}',
        noValue: 'no runs',
      }),
    ]),

    row('Data', [
      timeseries('Processed by pipeline, 1 day', sum(increase(dataVolume(chosen), '1d'), { by: byPipeline }), {
        description: 'Input read in the day before each point. A sudden fall is a missing source.',
        legend: '{{pipeline_name}}',
        noValue: 'no data from data-pipeline-exporter',
      }),
      bargauge('Processed by pipeline, 7 days', sum(increase(dataVolume(chosen), '7d'), { by: byPipeline }), {
        description: 'Input read in seven days.',
        legend: '{{pipeline_name}}',
        thresholds: neutral,
        noValue: 'no data from data-pipeline-exporter',
      }),
      timeseries('Rows, 1 day', sum(increase(dataRows(chosen), '1d'), { by: ['pipeline_name', 'stage'] }), {
        description: 'Rows read, and rows written after filtering.',
        legend: '{{pipeline_name}}: {{stage}}',
        noValue: 'no data from data-pipeline-exporter',
      }),
      statetimeline('Quality by check', min(dataQuality(chosen), { by: ['pipeline_name', 'check_type'] }), {
        description: 'Score of each check at its last run.',
        legend: '{{pipeline_name}}: {{check_type}}',
        thresholds: { base: 'red', 0.9: 'yellow', 0.95: 'green' },
        noValue: 'no checks',
      }),
      timeseries('Lowest quality by pipeline', min(dataQuality(chosen), { by: byPipeline }), {
        description: 'The worst check of each pipeline.',
        legend: '{{pipeline_name}}',
        max: 1,
        noValue: 'no checks',
      }),
      timeseries('Schema errors', sum(increase(dataSchemaErrors(chosen), '1h'), { by: byPipeline }), {
        description: 'Records of the last hour that did not fit the schema: where a change of the input shows first.',
        legend: '{{pipeline_name}}',
        noValue: 'no data from data-pipeline-exporter',
      }),
      timeseries('Retrainings by trigger', sum(increase(retrainingTriggers, '1d'), { by: ['trigger_type'] }), {
        description: 'Retrainings triggered in the day before each point, by what triggered them.',
        legend: '{{trigger_type}}',
        draw: 'bars',
        stacking: 'normal',
        interval: '1d',
        noValue: 'no data from data-pipeline-exporter',
      }),
    ]),

    modelsRow,
    servingRow,
    gpuRow,
  ],
});
