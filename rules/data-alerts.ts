/** Alerts on data pipelines, on the quality of what they make, and on retraining. */
import { alert, and, firing, ge, gt, increase, lt, ratio, ruleGroup, silent, sum, text } from 'dashwright';
import data from '../dashboards/data-pipelines.ts';
import {
  dataExpectedInterval,
  dataLastSuccess,
  dataPipelineRuns,
  dataQuality,
  dataQualityThreshold,
  retrainingTriggers,
} from '../metrics/data-pipelines.ts';
import { dataLateness } from './data-records.ts';

const features = { pipeline_name: 'features' };
const exporter = { job: 'data-pipeline-exporter', instance: 'data-pipeline-exporter:9103' } as const;
const check = { ...exporter, ...features, check_type: 'completeness' };

export default ruleGroup('data-pipelines', {}, [
  alert('DataPipelineStale', {
    expr: gt(dataLateness, 1.5),
    for: '10m',
    severity: 'warning',
    summary: 'A data pipeline is late.',
    description: ({ labels, value }) =>
      text`Pipeline ${labels.pipeline_name} last succeeded ${value.printf('%.1f')} of its own intervals ago.`,
    runbook: 'DataPipelineStale.md',
    panel: data.panel('Freshness against the schedule'),
    tests: [
      firing('an hourly pipeline has not succeeded for two hours', {
        series: [dataLastSuccess.series(features, '0x130'), dataExpectedInterval.series(features, '3600x130')],
        at: '2h',
        labels: features,
        annotations: { description: 'Pipeline features last succeeded 2.0 of its own intervals ago.' },
      }),
      silent('a daily one has not', {
        series: [dataLastSuccess.series(features, '0x130'), dataExpectedInterval.series(features, '86400x130')],
        at: '2h',
      }),
    ],
  }),

  alert('DataPipelineFailing', {
    expr: and(
      gt(ratio(dataPipelineRuns({ status: 'failure' }), dataPipelineRuns, { by: ['pipeline_name'], over: '1d' }), 0.5),
      ge(sum(increase(dataPipelineRuns({ status: 'failure' }), '1d'), { by: ['pipeline_name'] }), 2.5),
    ),
    for: '10m',
    severity: 'warning',
    summary: 'A data pipeline fails more often than it succeeds.',
    description: ({ labels, value }) =>
      text`${value.percentage} of the runs of ${labels.pipeline_name} failed in a day.`,
    runbook: 'DataPipelineFailing.md',
    panel: data.panel('Runs by status'),
    tests: [
      firing('every run fails', {
        series: [
          dataPipelineRuns.series({ ...features, status: 'failure' }, '0+1x60'),
          dataPipelineRuns.series({ ...features, status: 'success' }, '0x60'),
        ],
        at: '1h',
        labels: features,
        annotations: { description: '100% of the runs of features failed in a day.' },
      }),
      silent('one of one fails', {
        series: [
          dataPipelineRuns.series({ ...features, status: 'failure' }, '0x20 1x60'),
          dataPipelineRuns.series({ ...features, status: 'success' }, '0x80'),
        ],
        at: '1h',
      }),
    ],
  }),

  alert('DataQualityCheckFailing', {
    expr: lt(dataQuality, dataQualityThreshold),
    for: '15m',
    severity: 'warning',
    summary: 'Data fail a quality check.',
    description: ({ labels, value }) =>
      text`Check ${labels.check_type} of ${labels.pipeline_name} passed for ${value.percentage} only, which is under its own threshold.`,
    runbook: 'DataQualityCheckFailing.md',
    panel: data.panel('Quality by check'),
    tests: [
      firing('completeness is 0.8 where 0.95 is asked for', {
        series: [dataQuality.series(check, '0.8x20'), dataQualityThreshold.series(check, '0.95x20')],
        at: '16m',
        labels: check,
        annotations: {
          description: 'Check completeness of features passed for 80% only, which is under its own threshold.',
        },
      }),
      silent('it is 0.99', {
        series: [dataQuality.series(check, '0.99x20'), dataQualityThreshold.series(check, '0.95x20')],
        at: '16m',
      }),
    ],
  }),

  alert('RetrainingStorm', {
    expr: gt(sum(increase(retrainingTriggers, '1d'), { by: ['trigger_type'] }), 3.5),
    severity: 'warning',
    summary: 'Models are trained again and again.',
    description: ({ labels, value }) =>
      text`${value.printf('%.0f')} retrainings were triggered by ${labels.trigger_type} in a day.`,
    runbook: 'RetrainingStorm.md',
    panel: data.panel('Retrainings by trigger'),
    tests: [
      firing('five in an hour', {
        series: [retrainingTriggers.series({ trigger_type: 'drift' }, '0x5 1x10 2x10 3x10 4x10 5x10 6x10')],
        at: '1h',
        labels: { trigger_type: 'drift' },
      }),
      silent('one in an hour', {
        series: [retrainingTriggers.series({ trigger_type: 'drift' }, '0x5 1x60')],
        at: '1h',
      }),
    ],
  }),
]);
