/** A small project: metrics, a recorded ratio, alerts with tests. */
import {
  alert,
  any,
  counter,
  exporter,
  firing,
  gauge,
  goTemplate,
  gt,
  increase,
  oneOf,
  rate,
  record,
  ruleGroup,
  silent,
  sum,
  text,
  div,
  lt,
  type AlertingRule,
  type RuleGroup,
} from 'dashwright';

export const ci = exporter('ci', { scrapeInterval: '30s', targets: ['ci:9090'], honorLabels: true });
export const slow = exporter('slow', { scrapeInterval: '2m', metricsPath: '/probe' });

export const runs = counter('ci_runs_total', {
  labels: { pipeline: any, status: oneOf('success', 'failure') },
  unit: 'count',
  from: ci,
});
export const lookedAt = gauge('room_looked_at_timestamp_seconds', {
  labels: { room: any },
  unit: 'timestamp_seconds',
  from: slow,
});
export const temperature = gauge('room_celsius', { labels: { room: any }, unit: 'celsius', from: slow });
export const seconds = counter('work_seconds_total', { unit: 'seconds', from: slow });

const failureRatio = record(
  'pipeline:ci_failures:ratio_increase1d',
  div(
    sum(increase(runs({ status: 'failure' }), '1d'), { by: ['pipeline'] }),
    sum(increase(runs, '1d'), { by: ['pipeline'] }),
  ),
);

export const records: RuleGroup = ruleGroup('ratios', { interval: '1m' }, [
  failureRatio,
  record('job:work:rate', sum(rate(seconds), { by: ['job'] }), { labels: { source: 'slow' } }),
]);

const failing: AlertingRule = alert('CiFailureRatioHigh', {
  expr: gt(failureRatio, 0.3),
  for: '15m',
  keepFiringFor: '5m',
  severity: 'warning',
  labels: { team: 'ml', tier: ({ labels }) => text`tier-${labels.pipeline}` },
  summary: 'A pipeline fails too often.',
  description: ({ labels, value }) => text`${labels.pipeline} failed ${value.percentage} of its runs {in a day}.`,
  runbook: 'ci-failure-ratio',
  panel: { dashboardUid: 'ci', panelId: 4, title: 'Ratio' },
  tests: [
    firing('half of the runs fail', {
      series: [
        runs.series({ pipeline: 'train', status: 'failure' }, '0+1x1500'),
        runs.series({ pipeline: 'train', status: 'success' }, '0+1x1500'),
        runs.series({ pipeline: 'serve', status: 'failure' }, '0+0x1500'),
        runs.series({ pipeline: 'serve', status: 'success' }, '0+1x1500'),
      ],
      at: '1d',
      labels: { pipeline: 'train' },
      annotations: { description: 'train failed 50% of its runs {in a day}.' },
    }),
    silent('one run in ten fails', {
      series: [
        runs.series({ pipeline: 'train', status: 'failure' }, '0+1x1500'),
        runs.series({ pipeline: 'train', status: 'success' }, '0+9x1500'),
      ],
      at: '1d',
    }),
  ],
});

const cold = (severity: 'warning' | 'critical', limit: number): AlertingRule =>
  alert('RoomCold', {
    expr: lt(temperature, limit),
    severity,
    summary: 'A room is cold.',
    description: goTemplate('{{ with $labels.room }}{{ . }}{{ end }} has {{ $value }} °C'),
    tests: [
      firing(`below ${limit}`, {
        series: [temperature.series({ room: 'a', job: 'slow', instance: 'x' }, '1x10')],
        at: '2m',
        labels: { room: 'a', job: 'slow', instance: 'x' },
      }),
      silent('warm', { series: [temperature.series({ room: 'a' }, '20x10')], at: '2m' }),
    ],
  });

export const alerts: RuleGroup = ruleGroup('CI alerts', { limit: 50, labels: { area: 'ci' } }, [
  failing,
  cold('warning', 10),
  cold('critical', 5),
]);
