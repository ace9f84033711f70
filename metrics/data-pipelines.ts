/** Data pipelines: runs, volume, freshness, quality, and what makes a model be trained again. */
import { any, counter, gauge, histogram, oneOf } from 'dashwright';
import { dataPipelines } from './exporters.ts';

const pipeline = { pipeline_name: any };

export const dataPipelineRuns = counter('data_pipeline_runs_total', {
  help: 'Finished runs. Each (pipeline, status) starts at 0.',
  unit: 'count',
  labels: { ...pipeline, status: oneOf('success', 'failure') },
  from: dataPipelines,
});

export const dataPipelineDuration = histogram('data_pipeline_duration_seconds', {
  help: 'Wall time of a successful run.',
  unit: 'seconds',
  labels: pipeline,
  buckets: [60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 43200],
  from: dataPipelines,
});

export const dataVolume = counter('data_volume_processed_bytes_total', {
  help: 'Input read. (The Python client adds the `_total` that the guide leaves out.)',
  unit: 'bytes',
  labels: pipeline,
  from: dataPipelines,
});

export const dataRows = counter('data_rows_processed_total', {
  help: 'Rows read, and rows written after filtering.',
  unit: 'count',
  labels: { ...pipeline, stage: oneOf('read', 'written') },
  from: dataPipelines,
});

export const dataLastSuccess = gauge('data_pipeline_last_success_timestamp_seconds', {
  help: 'When a run last succeeded.',
  unit: 'timestamp_seconds',
  labels: pipeline,
  from: dataPipelines,
});

export const dataLastRun = gauge('data_pipeline_last_run_timestamp_seconds', {
  help: 'When a run last ended, however it ended.',
  unit: 'timestamp_seconds',
  labels: pipeline,
  from: dataPipelines,
});

export const dataExpectedInterval = gauge('data_pipeline_expected_interval_seconds', {
  help: 'How often the pipeline is to succeed, from its schedule.',
  unit: 'seconds',
  labels: pipeline,
  range: { min: 0 },
  from: dataPipelines,
});

const check = { ...pipeline, check_type: any };
const score = { unit: 'ratio', range: { min: 0, max: 1 }, from: dataPipelines } as const;

export const dataQuality = gauge('data_quality_score', {
  nameAsExposed: true,
  help: 'Result of a check at the last run: 0 (nothing passed) to 1.',
  labels: check,
  ...score,
});

export const dataQualityThreshold = gauge('data_quality_score_threshold', {
  nameAsExposed: true,
  help: 'Least score that the check accepts.',
  labels: check,
  ...score,
});

export const dataSchemaErrors = counter('data_schema_errors_total', {
  help: 'Records that did not fit the schema.',
  unit: 'count',
  labels: pipeline,
  from: dataPipelines,
});

export const retrainingTriggers = counter('retraining_triggers_total', {
  help: 'Retrainings started, by what started them. Each type starts at 0.',
  unit: 'count',
  labels: { trigger_type: oneOf('schedule', 'drift', 'performance') },
  from: dataPipelines,
});
