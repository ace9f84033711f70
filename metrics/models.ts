/**
 * Models: drift and quality (a schema of our own, since nothing standard exists), serving (vLLM) and GPUs
 * (DCGM).
 */
import { any, counter, gauge, histogram, oneOf } from 'dashwright';
import { dcgm, modelMonitor, vllm } from './exporters.ts';

const model = { model_name: any, model_version: any };
const share = { unit: 'ratio', range: { min: 0, max: 1 }, from: modelMonitor } as const;

export const driftShare = gauge('ml_drift_share', {
  nameAsExposed: true,
  help: 'Share of the features whose distribution moved away from the reference.',
  labels: { ...model, reference: oneOf('training', 'previous_window') },
  ...share,
});

export const featureDrift = gauge('ml_feature_drift_score', {
  help: 'Distance of the distribution of a feature from the reference. The exporter reports the ten worst.',
  labels: { ...model, feature: any, method: oneOf('psi', 'ks', 'js', 'wasserstein') },
  range: { min: 0 },
  from: modelMonitor,
});

export const driftDetected = gauge('ml_drift_detected', {
  help: '1 if the last evaluation judged that the data have drifted.',
  unit: 'count',
  labels: model,
  range: { min: 0, max: 1 },
  boolean: true,
  from: modelMonitor,
});

export const modelQuality = gauge('ml_model_quality', {
  help: 'Quality on labelled data. What is good depends on the metric.',
  labels: { ...model, metric: oneOf('auc', 'f1', 'accuracy', 'rmse') },
  from: modelMonitor,
});

export const predictions = counter('ml_predictions_total', {
  help: 'Predictions served.',
  unit: 'count',
  labels: { ...model, outcome: oneOf('success', 'error') },
  from: modelMonitor,
});

export const driftLastEvaluation = gauge('ml_drift_last_evaluation_timestamp_seconds', {
  help: 'When drift was last evaluated.',
  unit: 'timestamp_seconds',
  labels: model,
  from: modelMonitor,
});

/** vLLM's names hold a colon, which elsewhere marks a recording rule. */
const engine = { model_name: any, engine: any };

export const vllmWaiting = gauge('vllm:num_requests_waiting', {
  nameAsExposed: true,
  help: 'Requests in the queue.',
  unit: 'count',
  labels: engine,
  range: { min: 0 },
  from: vllm,
});

export const vllmRunning = gauge('vllm:num_requests_running', {
  nameAsExposed: true,
  help: 'Requests in the running batch.',
  unit: 'count',
  labels: engine,
  range: { min: 0 },
  from: vllm,
});

export const vllmCacheUsage = gauge('vllm:kv_cache_usage_perc', {
  nameAsExposed: true,
  help: 'Used share of the KV cache: 0 to 1, though its name says percent.',
  unit: 'ratio',
  labels: engine,
  range: { min: 0, max: 1 },
  renamedFrom: ['vllm:gpu_cache_usage_perc'],
  from: vllm,
});

export const vllmGeneratedTokens = counter('vllm:generation_tokens_total', {
  nameAsExposed: true,
  help: 'Tokens generated.',
  unit: 'count',
  labels: engine,
  from: vllm,
});

export const vllmRequests = counter('vllm:request_success_total', {
  nameAsExposed: true,
  help: 'Requests that ended, by why.',
  unit: 'count',
  labels: { ...engine, finished_reason: any },
  from: vllm,
});

export const vllmFirstToken = histogram('vllm:time_to_first_token_seconds', {
  nameAsExposed: true,
  help: 'From the arrival of a request to its first token.',
  unit: 'seconds',
  labels: engine,
  from: vllm,
});

export const vllmLatency = histogram('vllm:e2e_request_latency_seconds', {
  nameAsExposed: true,
  help: 'From the arrival of a request to its end.',
  unit: 'seconds',
  labels: engine,
  from: vllm,
});

/** The workload's container, namespace and pod are on it as well where the kubelet tells them to the exporter. */
const gpu = { gpu: any, UUID: any, device: any, modelName: any, Hostname: any };

export const gpuUtilization = gauge('DCGM_FI_DEV_GPU_UTIL', {
  nameAsExposed: true,
  help: 'Share of the time in which a kernel ran.',
  unit: 'percent',
  labels: gpu,
  range: { min: 0, max: 100 },
  from: dcgm,
});

export const gpuEngineActive = gauge('DCGM_FI_PROF_GR_ENGINE_ACTIVE', {
  nameAsExposed: true,
  help: 'Share of the time in which the graphics or compute engine was active.',
  unit: 'ratio',
  labels: gpu,
  range: { min: 0, max: 1 },
  from: dcgm,
});

export const gpuMemoryUsed = gauge('DCGM_FI_DEV_FB_USED', {
  nameAsExposed: true,
  help: 'Frame buffer in use.',
  unit: 'mebibytes',
  labels: gpu,
  range: { min: 0 },
  from: dcgm,
});

export const gpuMemoryFree = gauge('DCGM_FI_DEV_FB_FREE', {
  nameAsExposed: true,
  help: 'Frame buffer that is free.',
  unit: 'mebibytes',
  labels: gpu,
  range: { min: 0 },
  from: dcgm,
});

export const gpuTemperature = gauge('DCGM_FI_DEV_GPU_TEMP', {
  nameAsExposed: true,
  help: 'Temperature of the GPU.',
  unit: 'celsius',
  labels: gpu,
  from: dcgm,
});

export const gpuXid = gauge('DCGM_FI_DEV_XID_ERRORS', {
  nameAsExposed: true,
  help: 'Code of the last Xid error, 0 if there was none. Not a count: the same code again leaves no trace.',
  labels: gpu,
  range: { min: 0 },
  from: dcgm,
});
