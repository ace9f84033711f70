/** Prometheus about itself and its targets. Names read live on 2.42; what came later says so. */
import { any, counter, gauge, label, oneOf } from 'dashwright';
import { prometheus } from './exporters.ts';

/** Prometheus writes these for each scrape of each target, so they carry every target's labels. */
const target = { job: any, instance: any };

export const up = gauge('up', {
  help: '1 if the last scrape of the target succeeded, else 0. No series for a target that is not known.',
  unit: 'count',
  labels: target,
  range: { min: 0, max: 1 },
  boolean: true,
});

export const scrapeDuration = gauge('scrape_duration_seconds', {
  help: 'How long the last scrape took.',
  unit: 'seconds',
  labels: target,
  range: { min: 0 },
});

export const scrapeSamples = gauge('scrape_samples_post_metric_relabeling', {
  help: 'Samples that the last scrape left after relabelling.',
  unit: 'count',
  labels: target,
  range: { min: 0 },
});

export const scrapeSeriesAdded = gauge('scrape_series_added', {
  help: 'About how many series the last scrape was the first to show.',
  unit: 'count',
  labels: target,
  range: { min: 0 },
});

/** Every alert's own labels are on it as well; these are the ones that all of the pack's alerts have. */
export const alerts = gauge('ALERTS', {
  help: '1 while an alert is pending or firing; no series otherwise. Written by the rule evaluation.',
  unit: 'count',
  labels: {
    alertname: any,
    alertstate: oneOf('pending', 'firing'),
    severity: oneOf('critical', 'warning', 'info', 'none'),
    namespace: label(any, { presence: 'sometimes' }),
  },
  range: { min: 1, max: 1 },
  appearsOnFirstUse: true,
});

export const sampleLimitExceeded = counter('prometheus_target_scrapes_exceeded_sample_limit_total', {
  help: 'Scrapes thrown away because they held more samples than sample_limit. 0 for ever where no limit is set.',
  unit: 'count',
  labels: {},
  from: prometheus,
});

export const headSeries = gauge('prometheus_tsdb_head_series', {
  help: 'Series in memory.',
  unit: 'count',
  labels: {},
  range: { min: 0 },
  from: prometheus,
});

export const headSeriesCreated = counter('prometheus_tsdb_head_series_created_total', {
  help: 'Series that were new.',
  unit: 'count',
  labels: {},
  from: prometheus,
});

export const samplesAppended = counter('prometheus_tsdb_head_samples_appended_total', {
  help: 'Samples stored.',
  unit: 'count',
  labels: { type: oneOf('float', 'histogram') },
  from: prometheus,
});

const storage = { unit: 'bytes', labels: {}, range: { min: 0 }, from: prometheus } as const;

export const blocksBytes = gauge('prometheus_tsdb_storage_blocks_bytes', {
  help: 'Disk space of the finished blocks; write-ahead log and head come on top.',
  ...storage,
});

export const walBytes = gauge('prometheus_tsdb_wal_storage_size_bytes', {
  help: 'Disk space of the write-ahead log.',
  since: '2.43',
  ...storage,
});

export const headChunksBytes = gauge('prometheus_tsdb_head_chunks_storage_size_bytes', {
  help: 'Disk space of the head chunks.',
  since: '2.43',
  ...storage,
});

export const retentionLimitBytes = gauge('prometheus_tsdb_retention_limit_bytes', {
  help: 'storage.tsdb.retention.size, or 0 where none is set.',
  ...storage,
});

export const compactionsFailed = counter('prometheus_tsdb_compactions_failed_total', {
  help: 'Compactions that failed.',
  unit: 'count',
  labels: {},
  from: prometheus,
});

/** `file;group` */
const ruleGroup = { rule_group: any };

export const ruleEvaluationFailures = counter('prometheus_rule_evaluation_failures_total', {
  help: 'Rule evaluations that failed.',
  unit: 'count',
  labels: ruleGroup,
  from: prometheus,
});

export const ruleGroupIterationsMissed = counter('prometheus_rule_group_iterations_missed_total', {
  help: 'Evaluations of a group that were skipped because the one before took too long.',
  unit: 'count',
  labels: ruleGroup,
  from: prometheus,
});

export const ruleGroupLastDuration = gauge('prometheus_rule_group_last_duration_seconds', {
  help: 'How long the last evaluation of the group took.',
  unit: 'seconds',
  labels: ruleGroup,
  range: { min: 0 },
  from: prometheus,
});

export const ruleGroupInterval = gauge('prometheus_rule_group_interval_seconds', {
  help: 'How often the group is evaluated.',
  unit: 'seconds',
  labels: ruleGroup,
  range: { min: 0 },
  from: prometheus,
});

export const ruleGroupRules = gauge('prometheus_rule_group_rules', {
  help: 'Rules of the group.',
  unit: 'count',
  labels: ruleGroup,
  range: { min: 0 },
  from: prometheus,
});

export const configReloadSuccessful = gauge('prometheus_config_last_reload_successful', {
  help: '1 if the last reload of the configuration succeeded.',
  unit: 'count',
  labels: {},
  range: { min: 0, max: 1 },
  boolean: true,
  from: prometheus,
});

export const alertmanagersDiscovered = gauge('prometheus_notifications_alertmanagers_discovered', {
  help: 'Alertmanagers that Prometheus knows of.',
  unit: 'count',
  labels: {},
  range: { min: 0 },
  from: prometheus,
});

/** URL of the Alertmanager's alerts endpoint. */
const destination = { alertmanager: any };

export const notificationsSent = counter('prometheus_notifications_sent_total', {
  help: 'Alerts sent to an Alertmanager.',
  unit: 'count',
  labels: destination,
  from: prometheus,
});

export const notificationErrors = counter('prometheus_notifications_errors_total', {
  help: 'Alerts that could not be sent to an Alertmanager.',
  unit: 'count',
  labels: destination,
  from: prometheus,
});
