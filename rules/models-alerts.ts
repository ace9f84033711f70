/** Alerts on models in use, the engines that serve them, and the GPUs below. */
import {
  age,
  alert,
  and,
  avgOverTime,
  changes,
  eq,
  firing,
  gt,
  increase,
  lt,
  max,
  minOverTime,
  offset,
  ruleGroup,
  silent,
  sum,
  text,
  unless,
} from 'dashwright';
import data from '../dashboards/data-pipelines.ts';
import { retrainingTriggers } from '../metrics/data-pipelines.ts';
import {
  driftDetected,
  driftLastEvaluation,
  gpuEngineActive,
  gpuXid,
  vllmCacheUsage,
  vllmWaiting,
} from '../metrics/models.ts';

const byModel = ['model_name', 'model_version'] as const;
const churn = { model_name: 'churn', model_version: '7' };
const engine = { model_name: 'llama', engine: '0' };
const gpu = { gpu: '0', UUID: 'GPU-1', Hostname: 'worker-1' };

export default ruleGroup('models', {}, [
  alert('ModelDriftDetected', {
    expr: eq(max(driftDetected, { by: byModel }), 1),
    for: '1h',
    severity: 'warning',
    summary: 'The data of a model have drifted.',
    description: ({ labels }) =>
      text`For an hour the data of ${labels.model_name} version ${labels.model_version} have differed from its reference.`,
    runbook: 'ModelDriftDetected.md',
    panel: data.panel('Drifted share of features'),
    tests: [
      firing('every evaluation says so', { series: [driftDetected.series(churn, '1x70')], at: '61m', labels: churn }),
      silent('one evaluation did', { series: [driftDetected.series(churn, '0x10 1x20 0x40')], at: '61m' }),
    ],
  }),

  alert('ModelDriftUnanswered', {
    expr: unless(
      and(
        eq(max(minOverTime(driftDetected, '1d'), { by: byModel }), 1),
        max(offset(driftDetected, '1d'), { by: byModel }),
      ),
      gt(sum(increase(retrainingTriggers({ trigger_type: 'drift' }), '1d')), 0),
      { on: [] },
    ),
    for: '15m',
    severity: 'warning',
    summary: 'Drift did not lead to a retraining.',
    description: ({ labels }) =>
      text`Drift of ${labels.model_name} version ${labels.model_version} has been detected for a day, and it triggered no retraining.`,
    runbook: 'ModelDriftUnanswered.md',
    panel: data.panel('Retrainings by trigger'),
    tests: [
      firing('nothing was triggered', {
        series: [driftDetected.series(churn, '1x400'), retrainingTriggers.series({ trigger_type: 'drift' }, '0x400')],
        interval: '5m',
        at: '25h',
        labels: churn,
      }),
      silent('a retraining was', {
        series: [
          driftDetected.series(churn, '1x400'),
          retrainingTriggers.series({ trigger_type: 'drift' }, '0x200 1x200'),
        ],
        interval: '5m',
        at: '25h',
      }),
    ],
  }),

  alert('DriftEvaluationStale', {
    expr: gt(age(driftLastEvaluation, { by: byModel }), 2 * 86_400),
    for: '15m',
    severity: 'warning',
    summary: 'Drift is not evaluated any more.',
    description: ({ labels, value }) =>
      text`Drift of ${labels.model_name} version ${labels.model_version} was last evaluated ${value.duration} ago.`,
    runbook: 'DriftEvaluationStale.md',
    panel: data.panel('Age of the drift evaluation'),
    tests: [
      firing('the last one was 50 hours ago', {
        series: [driftLastEvaluation.series(churn, '0x60')],
        interval: '1h',
        at: '50h',
        labels: churn,
        annotations: { description: 'Drift of churn version 7 was last evaluated 2d 2h 0m 0s ago.' },
      }),
      silent('the last one was 40 hours ago', {
        series: [driftLastEvaluation.series(churn, '0x60')],
        interval: '1h',
        at: '40h',
      }),
    ],
  }),

  alert('VllmQueueing', {
    expr: gt(sum(vllmWaiting, { by: ['model_name'] }), 10),
    for: '10m',
    severity: 'warning',
    summary: 'Requests to a model queue up.',
    description: ({ labels, value }) =>
      text`${value.humanize} requests to ${labels.model_name} wait, and have for ten minutes.`,
    runbook: 'VllmQueueing.md',
    panel: data.panel('Requests running and waiting'),
    tests: [
      firing('forty wait', {
        series: [vllmWaiting.series(engine, '40x20')],
        at: '11m',
        labels: { model_name: 'llama' },
        annotations: { description: '40 requests to llama wait, and have for ten minutes.' },
      }),
      silent('forty wait for three minutes', { series: [vllmWaiting.series(engine, '40x3 0x20')], at: '11m' }),
    ],
  }),

  alert('VllmCacheFull', {
    expr: gt(max(vllmCacheUsage, { by: ['model_name', 'engine'] }), 0.95),
    for: '10m',
    severity: 'warning',
    summary: 'The KV cache of an engine is full.',
    description: ({ labels, value }) =>
      text`The KV cache of engine ${labels.engine} of ${labels.model_name} has been at ${value.percentage} for ten minutes.`,
    runbook: 'VllmCacheFull.md',
    panel: data.panel('KV cache'),
    tests: [
      firing('98 % are used', {
        series: [vllmCacheUsage.series(engine, '0.98x20')],
        at: '11m',
        labels: engine,
        annotations: { description: 'The KV cache of engine 0 of llama has been at 98% for ten minutes.' },
      }),
      silent('half is', { series: [vllmCacheUsage.series(engine, '0.5x20')], at: '11m' }),
    ],
  }),

  alert('GpuXidError', {
    // The gauge is the code of the last error: the same code twice in a row leaves no trace.
    expr: and(gt(changes(gpuXid, '15m'), 0), gt(gpuXid, 0)),
    severity: 'warning',
    summary: 'A GPU reported an error.',
    description: ({ labels }) =>
      text`GPU ${labels.gpu} (${labels.UUID}) of ${labels.Hostname} reported a new Xid error.`,
    runbook: 'GpuXidError.md',
    panel: data.panel('Last Xid error'),
    tests: [
      firing('it fell off the bus', { series: [gpuXid.series(gpu, '0x5 79x10')], at: '10m', labels: gpu }),
      silent('the error is old', { series: [gpuXid.series(gpu, '79x30')], at: '25m' }),
    ],
  }),

  alert('GpuIdle', {
    expr: and(lt(avgOverTime(gpuEngineActive, '6h'), 0.05), offset(gpuEngineActive, '6h')),
    severity: 'info',
    summary: 'A GPU is paid for and not used.',
    description: ({ labels, value }) =>
      text`GPU ${labels.gpu} of ${labels.Hostname} was active for ${value.percentage} of six hours.`,
    runbook: 'GpuIdle.md',
    panel: data.panel('GPU activity'),
    tests: [
      firing('nothing ran for seven hours', {
        series: [gpuEngineActive.series(gpu, '0.01x500')],
        at: '7h',
        labels: gpu,
        annotations: { description: 'GPU 0 of worker-1 was active for 1% of six hours.' },
      }),
      silent('it came up an hour ago', { series: [gpuEngineActive.series(gpu, '_x360 0.01x100')], at: '7h' }),
      silent('it is at half load', { series: [gpuEngineActive.series(gpu, '0.5x500')], at: '7h' }),
    ],
  }),
]);
