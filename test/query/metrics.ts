/** Metrics for the tests of queries. */
import { any, counter, exporter, gauge, histogram, info, nativeHistogram, oneOf, stateset, summary } from 'dashwright';

export const app = exporter('app', { scrapeInterval: '30s' });

export const runs = counter('runs_total', {
  unit: 'count',
  labels: { pipeline_name: any, status: oneOf('success', 'failure', 'cancelled') },
  from: app,
});
export const cpu = counter('cpu_seconds_total', { unit: 'seconds', from: app });
export const memory = gauge('memory_bytes', { unit: 'bytes', from: app });
export const limit = gauge('limit_bytes', { unit: 'bytes', from: app });
export const finished = gauge('finished_timestamp_seconds', {
  unit: 'timestamp_seconds',
  labels: { pipeline_name: any },
  from: app,
});
export const finishedMs = gauge('finished_timestamp_milliseconds', { unit: 'timestamp_milliseconds', from: app });
export const duration = histogram('duration_seconds', {
  unit: 'seconds',
  labels: { stage: oneOf('total', 'build') },
  buckets: [0.5, 1, 60],
  from: app,
});
export const native = nativeHistogram('native_seconds', { unit: 'seconds', labels: { stage: any }, from: app });
export const latency = summary('latency_seconds', { unit: 'seconds', quantiles: [0.5, 0.99, 1], from: app });
export const build = info('build_info', { labels: { version: any }, from: app });
export const phase = stateset('phase', { labels: { phase: oneOf('Pending', 'Running') }, from: app });

/** A dashboard's variable, as the dashboard room makes them. */
export const team = { kind: 'variable', name: 'team' } as const;
