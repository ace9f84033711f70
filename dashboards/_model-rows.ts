/** The part of "Data pipelines and models" that is about models, the engines that serve them, and GPUs. */
import {
  add,
  age,
  div,
  gt,
  labelValues,
  max,
  percentile,
  rate,
  ratio,
  row,
  stat,
  sum,
  table,
  target,
  timeseries,
  topk,
  variable,
} from 'dashwright';
import {
  driftLastEvaluation,
  driftShare,
  featureDrift,
  gpuEngineActive,
  gpuMemoryFree,
  gpuMemoryUsed,
  gpuTemperature,
  gpuUtilization,
  gpuXid,
  modelQuality,
  predictions,
  vllmCacheUsage,
  vllmFirstToken,
  vllmGeneratedTokens,
  vllmLatency,
  vllmRequests,
  vllmRunning,
  vllmWaiting,
} from '../metrics/models.ts';
import { freshFor, noneIsGood, valueColumn, severalOrAll } from './_pack.ts';

export const model = variable('model', labelValues(predictions, 'model_name'), severalOrAll);

const chosen = { model_name: model };
const byVersion = ['model_name', 'model_version'] as const;
const byGpu = ['Hostname', 'gpu'] as const;

export const modelsRow = row('Models', [
  timeseries(
    'Drifted share of features',
    max(driftShare(chosen), { by: ['model_name', 'model_version', 'reference'] }),
    {
      description: 'Share of the features whose distribution moved away from the reference.',
      legend: '{{model_name}} {{model_version}} against {{reference}}',
      max: 1,
      thresholds: { base: 'green', 0.2: 'yellow', 0.5: 'red' },
      noValue: 'no data from model-monitor',
    },
  ),
  table('Drift by feature', topk(10, max(featureDrift(chosen), { by: ['model_name', 'feature', 'method'] })), {
    overrides: valueColumn('Distance'),
    description:
      'The ten features that moved furthest. One feature points to a broken input, many to a change of the world.',
    unit: 'none',
    thresholds: { base: 'green', 0.1: 'yellow', 0.25: 'red' },
    noValue: 'no data from model-monitor',
  }),
  timeseries('Model quality', max(modelQuality(chosen), { by: ['model_name', 'model_version', 'metric'] }), {
    description: 'On labelled data. What is good depends on the metric: high for AUC, low for RMSE.',
    legend: '{{model_name}} {{model_version}}: {{metric}}',
    unit: 'none',
    noValue: 'no labelled data',
  }),
  timeseries('Predictions', sum(rate(predictions(chosen)), { by: byVersion }), {
    description: 'Predictions per second. Two versions at once are a rollout.',
    legend: '{{model_name}} {{model_version}}',
    noValue: 'no predictions',
  }),
  timeseries(
    'Predictions that failed',
    ratio(predictions({ ...chosen, outcome: 'error' }), predictions(chosen), { by: byVersion }),
    {
      description: 'Share of the predictions that ended in an error.',
      legend: '{{model_name}} {{model_version}}',
      thresholds: { base: 'green', 0.01: 'yellow', 0.05: 'red' },
      noValue: 'no predictions',
    },
  ),
  stat('Age of the drift evaluation', age(driftLastEvaluation(chosen), { by: ['model_name'] }), {
    description: 'While it is old, silence about drift means nothing.',
    legend: '{{model_name}}',
    thresholds: freshFor(86_400, 172_800),
    noValue: 'no data from model-monitor',
  }),
]);

export const servingRow = row(
  'Serving (vLLM)',
  [
    timeseries(
      'Requests running and waiting',
      [
        target(sum(vllmRunning(chosen), { by: ['model_name'] }), { legend: '{{model_name}}: running' }),
        target(sum(vllmWaiting(chosen), { by: ['model_name'] }), { legend: '{{model_name}}: waiting' }),
      ],
      {
        description: 'A queue that does not empty means that users wait for their first token.',
        noValue: 'no data from vllm',
      },
    ),
    timeseries('Requests', sum(rate(vllmRequests(chosen)), { by: ['model_name', 'finished_reason'] }), {
      description: 'Requests per second, by why they ended. "length" means that they were cut off.',
      legend: '{{model_name}}: {{finished_reason}}',
      noValue: 'no data from vllm',
    }),
    timeseries(
      'Time to the first token',
      [
        target(percentile(0.5, vllmFirstToken, { where: chosen, by: ['model_name'] }), {
          legend: '{{model_name}}: median',
        }),
        target(percentile(0.95, vllmFirstToken, { where: chosen, by: ['model_name'] }), {
          legend: '{{model_name}}: p95',
        }),
      ],
      { description: 'What users of a chat feel.', noValue: 'no data from vllm' },
    ),
    timeseries(
      'Request latency',
      [
        target(percentile(0.5, vllmLatency, { where: chosen, by: ['model_name'] }), {
          legend: '{{model_name}}: median',
        }),
        target(percentile(0.95, vllmLatency, { where: chosen, by: ['model_name'] }), { legend: '{{model_name}}: p95' }),
        target(percentile(0.99, vllmLatency, { where: chosen, by: ['model_name'] }), { legend: '{{model_name}}: p99' }),
      ],
      { description: 'From the arrival of a request to its end.', noValue: 'no data from vllm' },
    ),
    timeseries('Tokens generated', sum(rate(vllmGeneratedTokens(chosen)), { by: ['model_name'] }), {
      description: 'Tokens per second.',
      legend: '{{model_name}}',
      noValue: 'no data from vllm',
    }),
    timeseries('KV cache', max(vllmCacheUsage(chosen), { by: ['model_name', 'engine'] }), {
      description: 'When it is full, requests are preempted and computed again.',
      legend: '{{model_name}} engine {{engine}}',
      max: 1,
      thresholds: { base: 'green', 0.85: 'yellow', 0.95: 'red' },
      noValue: 'no data from vllm',
    }),
  ],
  { collapsed: true },
);

export const gpuRow = row(
  'GPUs (DCGM)',
  [
    timeseries('GPU activity', max(gpuEngineActive, { by: byGpu }), {
      description:
        'Share of the time in which the engine was active. Truer than utilisation, which one small kernel fills.',
      legend: '{{Hostname}} GPU {{gpu}}',
      max: 1,
      noValue: 'no data from dcgm-exporter',
    }),
    timeseries('GPU utilisation', max(gpuUtilization, { by: byGpu }), {
      description: 'Share of the time in which any kernel ran.',
      legend: '{{Hostname}} GPU {{gpu}}',
      max: 100,
      noValue: 'no data from dcgm-exporter',
    }),
    timeseries(
      'GPU memory',
      div(
        max(gpuMemoryUsed, { by: byGpu }),
        gt(add(max(gpuMemoryUsed, { by: byGpu }), max(gpuMemoryFree, { by: byGpu })), 0),
      ),
      {
        description: 'Used share of the frame buffer.',
        legend: '{{Hostname}} GPU {{gpu}}',
        max: 1,
        noValue: 'no data from dcgm-exporter',
      },
    ),
    timeseries('GPU temperature', max(gpuTemperature, { by: byGpu }), {
      description: 'Above about 85 °C most GPUs slow down.',
      legend: '{{Hostname}} GPU {{gpu}}',
      thresholds: { base: 'green', 75: 'yellow', 85: 'red' },
      noValue: 'no data from dcgm-exporter',
    }),
    table('Last Xid error', gt(max(gpuXid, { by: ['Hostname', 'gpu', 'UUID'] }), 0), {
      overrides: valueColumn('Code'),
      description: 'Code of the last error of the driver. 48, 63, 64, 74, 79, 94 and 95 are hardware.',
      unit: 'none',
      thresholds: noneIsGood,
      noValue: 'no errors',
    }),
  ],
  { collapsed: true },
);
