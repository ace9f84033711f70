/** Who watches the watchers: Prometheus, Alertmanager and Grafana. */
import {
  add,
  avg,
  avgOverTime,
  bargauge,
  count,
  countOverTime,
  dashboard,
  deriv,
  div,
  eq,
  gt,
  increase,
  labelValues,
  matching,
  max,
  mul,
  or,
  percentile,
  rate,
  row,
  stat,
  statetimeline,
  sum,
  sumOverTime,
  table,
  target,
  time,
  timeseries,
  timestamp,
  sub,
  topk,
  variable,
  type Vector,
} from 'dashwright';
import { alertmanagerReloadSuccessful, grafanaRequestDuration } from '../metrics/alertmanager-grafana.ts';
import { volumeAvailable, volumeUsed } from '../metrics/kubernetes-pods.ts';
import {
  blocksBytes,
  compactionsFailed,
  configReloadSuccessful,
  headChunksBytes,
  headSeries,
  headSeriesCreated,
  retentionLimitBytes,
  ruleEvaluationFailures,
  ruleGroupInterval,
  ruleGroupIterationsMissed,
  ruleGroupLastDuration,
  sampleLimitExceeded,
  samplesAppended,
  scrapeDuration,
  scrapeSamples,
  scrapeSeriesAdded,
  up,
  walBytes,
} from '../metrics/monitoring.ts';
import { alertingRow, grafanaRow, ownHandlers } from './_alerting-rows.ts';
import { alertsPerDay, firingNow, pageLoad, targetsMonitored } from './_key-numbers.ts';
import { freshFor, mlops, neighbours, neutral, noneIsGood, valueColumn, severalOrAll } from './_pack.ts';

const job = variable('job', labelValues(up, 'job'), severalOrAll);

const targets = up({ job });
const byJob = ['job'] as const;
const prometheusVolume = { persistentvolumeclaim: matching('prometheus-.*') };

/** 0 where it does not exist: the write-ahead log and the head tell their size since Prometheus 2.43. */
const orNothing = (size: Vector<'job' | 'instance', 'gauge', 'bytes'>) => or(size, mul(blocksBytes, 0));

export default dashboard('Monitoring health', {
  uid: 'monitoring-health',
  description:
    'Is what we see true: are targets scraped, rules evaluated, alerts delivered, and is Grafana fast enough to be used?',
  folder: mlops,
  tags: ['mlops', 'monitoring'],
  links: neighbours,
  variables: [job],
  rows: [
    row('At a glance', [
      stat('Targets', targetsMonitored({ job }), {
        description: 'Targets that Prometheus scrapes, up or down.',
        thresholds: { base: 'red', 1: 'blue' },
        noValue: 'no targets',
      }),
      stat('Targets up', div(sum(targets), count(targets)), {
        description: 'Share of the targets whose last scrape succeeded.',
        thresholds: { base: 'red', 0.9: 'yellow', 1: 'green' },
        noValue: 'no targets',
      }),
      stat('Scrape success, 1 hour', div(sum(sumOverTime(targets, '1h')), sum(countOverTime(targets, '1h'))), {
        description: 'Share of the scrapes of an hour that succeeded. Catches targets that come and go.',
        decimals: 2,
        thresholds: { base: 'red', 0.98: 'yellow', 0.999: 'green' },
        noValue: 'no targets',
      }),
      stat('Firing alerts', firingNow, {
        unit: 'short',
        description: 'Without Watchdog and InfoInhibitor, which fire on purpose.',
        thresholds: { base: 'green', 1: 'yellow', 10: 'red' },
        noValue: '0',
      }),
      stat('Alerts started, 1 day', alertsPerDay, {
        unit: 'short',
        description: 'Alerts that began to fire within a day: what people are asked to look at.',
        thresholds: { base: 'green', 10: 'yellow', 50: 'red' },
        noValue: '0',
      }),
      stat('Series', sum(headSeries), {
        description: 'Series in the memory of Prometheus.',
        thresholds: neutral,
        noValue: 'no data from prometheus',
      }),
      stat('Grafana API, p95', percentile(0.95, grafanaRequestDuration, { where: ownHandlers, over: '5m' }), {
        description: 'Grafana’s own API, without streams and without waiting for data sources.',
        thresholds: { base: 'green', 1: 'yellow', 2: 'red' },
        noValue: 'no requests',
      }),
      stat('Page load, p95, 1 day', pageLoad, {
        description:
          'What browsers report of the load of a page. The closest there is to the load time of a dashboard: panels come after.',
        thresholds: { base: 'green', 3: 'yellow', 8: 'red' },
        noValue: 'nobody looked',
      }),
      stat('Age of the newest sample', sub(time(), max(timestamp(targets))), {
        description: 'If Prometheus stands still, this grows, and nothing else here is true.',
        thresholds: freshFor(120, 300),
        noValue: 'no targets',
      }),
    ]),

    row('Targets', [
      table('Targets that are down', eq(max(targets, { by: ['job', 'instance'] }), 0), {
        overrides: valueColumn('State'),
        description: 'Targets whose last scrape failed.',
        unit: 'short',
        mappings: [{ value: 0, text: 'down', color: 'red' }],
        thresholds: { base: 'red' },
        noValue: 'none is down',
      }),
      bargauge('Targets by job', count(targets, { by: byJob }), {
        description: 'A job that is missing here has no targets at all: no other panel would tell.',
        legend: '{{job}}',
        thresholds: neutral,
        noValue: 'no targets',
      }),
      timeseries('Scrape success by job', avg(avgOverTime(targets, '15m'), { by: byJob }), {
        description: 'Share of the scrapes of 15 minutes that succeeded, by job.',
        legend: '{{job}}',
        unit: 'percentunit',
        max: 1,
        noValue: 'no targets',
      }),
      timeseries('Scrape duration by job', max(scrapeDuration({ job }), { by: byJob }), {
        description: 'The slowest target of each job. Close to the timeout, scrapes begin to fail.',
        legend: '{{job}}',
        noValue: 'no targets',
      }),
      timeseries('Scrapes over the sample limit', sum(increase(sampleLimitExceeded)), {
        description: 'Scrapes that were thrown away because they held more samples than sample_limit.',
        legend: 'thrown away',
        noValue: 'no data from prometheus',
      }),
    ]),

    row('Prometheus', [
      timeseries('Samples stored', sum(rate(samplesAppended), { by: ['type'] }), {
        description: 'Samples that come in per second.',
        legend: '{{type}}',
        noValue: 'no data from prometheus',
      }),
      timeseries('New series', sum(rate(headSeriesCreated)), {
        description: 'Churn: series that begin per second. Labels that never repeat show here first.',
        legend: 'new series',
        noValue: 'no data from prometheus',
      }),
      timeseries('Series by job', topk(10, sum(scrapeSamples({ job }), { by: byJob })), {
        description: 'The ten jobs with the most samples in a scrape.',
        legend: '{{job}}',
        noValue: 'no targets',
      }),
      timeseries(
        'Series added by job, 1 hour',
        topk(10, sum(sumOverTime(scrapeSeriesAdded({ job }), '1h'), { by: byJob })),
        {
          description: 'The ten jobs that add the most series.',
          legend: '{{job}}',
          noValue: 'no targets',
        },
      ),
      timeseries(
        'Storage',
        [
          target(add(add(blocksBytes, orNothing(walBytes)), orNothing(headChunksBytes)), {
            legend: 'used by {{instance}}',
          }),
          target(gt(retentionLimitBytes, 0), { legend: 'limit of {{instance}}' }),
        ],
        {
          description: 'Blocks, write-ahead log and head, against storage.tsdb.retention.size where it is set.',
          noValue: 'no data from prometheus',
        },
      ),
      timeseries(
        'Days until the volume is full',
        div(volumeAvailable(prometheusVolume), mul(gt(deriv(volumeUsed(prometheusVolume), '1d'), 0), 86_400)),
        {
          description: 'At the pace of the last day; nothing while it does not grow.',
          legend: '{{persistentvolumeclaim}}',
          unit: 'd',
          thresholds: { base: 'red', 7: 'yellow', 30: 'green' },
          noValue: 'does not grow',
        },
      ),
      timeseries('Rule failures', sum(increase(ruleEvaluationFailures), { by: ['rule_group'] }), {
        description: 'Evaluations that failed: what these rules record or alert on is missing.',
        legend: '{{rule_group}}',
        noValue: 'no data from prometheus',
      }),
      timeseries(
        'Rule group load',
        topk(
          10,
          div(max(ruleGroupLastDuration, { by: ['rule_group'] }), max(ruleGroupInterval, { by: ['rule_group'] })),
        ),
        {
          description: 'How much of its interval the evaluation of a group takes. Above 100 % evaluations are skipped.',
          legend: '{{rule_group}}',
          thresholds: { base: 'green', 0.5: 'yellow', 1: 'red' },
          noValue: 'no rules',
        },
      ),
      stat(
        'Skipped evaluations, compactions that failed, 1 day',
        [
          target(sum(increase(ruleGroupIterationsMissed, '1d')), { legend: 'skipped evaluations' }),
          target(sum(increase(compactionsFailed, '1d')), { legend: 'failed compactions' }),
        ],
        {
          description: 'Both are to be 0.',
          thresholds: noneIsGood,
          noValue: 'no data from prometheus',
        },
      ),
      statetimeline(
        'Reloads',
        [
          target(configReloadSuccessful, { legend: 'Prometheus {{instance}}' }),
          target(alertmanagerReloadSuccessful, { legend: 'Alertmanager {{instance}}' }),
        ],
        {
          description: 'Whether the last reload of the configuration succeeded.',
          unit: 'short',
          mappings: [
            { value: 1, text: 'ok', color: 'green' },
            { value: 0, text: 'failed', color: 'red' },
          ],
          thresholds: { base: 'red', 1: 'green' },
          noValue: 'no data from prometheus',
        },
      ),
    ]),

    alertingRow,
    grafanaRow,
  ],
});
