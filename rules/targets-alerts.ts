/** Alerts on what Prometheus scrapes, and on the rules and alerts themselves. */
import {
  absent,
  alert,
  and,
  changes,
  count,
  div,
  eq,
  firing,
  group,
  gt,
  increase,
  max,
  not,
  offset,
  or,
  mul,
  ruleGroup,
  silent,
  text,
  unless,
  vector,
} from 'dashwright';
import monitoring from '../dashboards/monitoring.ts';
import { alerts, headSeries, sampleLimitExceeded, up } from '../metrics/monitoring.ts';

const prometheus = { job: 'prometheus', instance: 'prometheus:9090' } as const;
const node = (number: number) => ({ job: 'node-exporter', instance: `node-${number}:9100` });

/** Jobs without which a whole area of the pack goes blind without a sound. */
const missing = or(
  or(
    or(absent(up({ job: 'kube-state-metrics' })), absent(up({ job: 'node-exporter' }))),
    or(absent(up({ job: 'github-actions-exporter' })), absent(up({ job: 'data-pipeline-exporter' }))),
  ),
  or(
    or(absent(up({ job: 'cloud-cost-exporter' })), absent(up({ job: 'alertmanager' }))),
    absent(up({ job: 'grafana' })),
  ),
);

/** Every job of `missing`, up. */
const allJobs = [
  'kube-state-metrics',
  'node-exporter',
  'github-actions-exporter',
  'data-pipeline-exporter',
  'cloud-cost-exporter',
  'alertmanager',
  'grafana',
].map((job) => up.series({ job, instance: `${job}:9090` }, '1x20'));

export default ruleGroup('monitoring-targets', {}, [
  alert('TargetDown', {
    expr: gt(div(count(eq(up, 0), { by: ['job'] }), count(up, { by: ['job'] })), 0.1),
    for: '10m',
    severity: 'warning',
    summary: 'Targets of a job are down.',
    description: ({ labels, value }) =>
      text`${value.percentage} of the targets of job ${labels.job} could not be scraped for ten minutes.`,
    runbook: 'TargetDown.md',
    panel: monitoring.panel('Targets that are down'),
    tests: [
      firing('one of two is down', {
        series: [up.series(node(1), '1x20'), up.series(node(2), '0x20')],
        at: '11m',
        labels: { job: 'node-exporter' },
        annotations: { description: '50% of the targets of job node-exporter could not be scraped for ten minutes.' },
      }),
      silent('it restarts within five minutes', {
        series: [up.series(node(1), '1x20'), up.series(node(2), '0x4 1x20')],
        at: '11m',
      }),
      silent('one of twenty is down', {
        series: Array.from({ length: 20 }, (_, number) => up.series(node(number), number === 0 ? '0x20' : '1x20')),
        at: '11m',
      }),
    ],
  }),

  alert('TargetFlapping', {
    expr: gt(max(changes(up, '15m'), { by: ['job', 'instance'] }), 4),
    for: '5m',
    severity: 'warning',
    summary: 'A target goes up and down.',
    description: ({ labels, value }) =>
      text`Target ${labels.instance} of job ${labels.job} changed between up and down ${value.humanize} times in 15 minutes.`,
    runbook: 'TargetFlapping.md',
    panel: monitoring.panel('Scrape success by job'),
    tests: [
      firing('every third scrape fails', {
        series: [up.series(node(1), '1 1 0 '.repeat(14))],
        at: '30m',
        labels: node(1),
      }),
      silent('it is down all the time', { series: [up.series(node(1), '0x40')], at: '30m' }),
      silent('it restarts once', { series: [up.series(node(1), '1x10 0x3 1x30')], at: '30m' }),
    ],
  }),

  alert('TargetMissing', {
    expr: missing,
    for: '15m',
    severity: 'warning',
    summary: 'A job has no targets at all.',
    description: ({ labels }) =>
      text`Prometheus has known no target of job ${labels.job} for 15 minutes. What it tells is missing everywhere.`,
    runbook: 'TargetMissing.md',
    panel: monitoring.panel('Targets by job'),
    tests: [
      firing('service discovery lost kube-state-metrics', {
        series: allJobs.slice(1),
        at: '16m',
        labels: { job: 'kube-state-metrics' },
      }),
      silent('all are there', { series: allJobs, at: '16m' }),
    ],
  }),

  alert('PrometheusScrapeSampleLimitHit', {
    expr: gt(increase(sampleLimitExceeded, '5m'), 0),
    for: '15m',
    severity: 'warning',
    summary: 'Scrapes are thrown away for their size.',
    description: ({ labels, value }) =>
      text`Prometheus ${labels.instance} threw ${value.printf('%.0f')} scrapes away in five minutes: they hold more samples than sample_limit.`,
    runbook: 'PrometheusScrapeSampleLimitHit.md',
    panel: monitoring.panel('Scrapes over the sample limit'),
    tests: [
      firing('one target is too large', {
        series: [sampleLimitExceeded.series(prometheus, '0+4x30')],
        at: '25m',
        labels: prometheus,
        annotations: {
          description:
            'Prometheus prometheus:9090 threw 20 scrapes away in five minutes: they hold more samples than sample_limit.',
        },
      }),
      silent('no limit is set', { series: [sampleLimitExceeded.series(prometheus, '0x30')], at: '25m' }),
    ],
  }),

  alert('PrometheusCardinalityGrowth', {
    expr: and(gt(headSeries, mul(offset(headSeries, '1d'), 1.5)), gt(headSeries, 10_000)),
    for: '1h',
    severity: 'warning',
    summary: 'The number of series grew by half in a day.',
    description: ({ labels, value }) =>
      text`Prometheus ${labels.instance} holds ${value.humanize} series, half as many again as a day ago.`,
    runbook: 'PrometheusCardinalityGrowth.md',
    panel: monitoring.panel('Series by job'),
    tests: [
      firing('it doubled', {
        series: [headSeries.series(prometheus, '100000x250 200000x100')],
        interval: '6m',
        at: '27h',
        labels: prometheus,
        annotations: { description: 'Prometheus prometheus:9090 holds 200k series, half as many again as a day ago.' },
      }),
      silent('it grew by a tenth', {
        series: [headSeries.series(prometheus, '100000x250 110000x100')],
        interval: '6m',
        at: '27h',
      }),
    ],
  }),

  alert('Watchdog', {
    expr: vector(1),
    severity: 'none',
    summary: 'Always fires, to show that alerts travel.',
    description: 'Route this to a dead man’s switch: it is the absence of this alert that matters.',
    runbook: 'Watchdog.md',
    panel: monitoring.panel('Firing alerts'),
    tests: [firing('always', { series: [], at: '1m', labels: {} })],
  }),

  alert('InfoInhibitor', {
    expr: unless(
      group(eq(alerts({ severity: 'info' }), 1), { by: ['namespace'] }),
      group(
        eq(alerts({ alertname: not('InfoInhibitor'), alertstate: 'firing', severity: ['warning', 'critical'] }), 1),
        { by: ['namespace'] },
      ),
    ),
    severity: 'none',
    summary: 'A namespace has nothing but info alerts.',
    description: ({ labels }) =>
      text`Namespace ${labels.namespace} has info alerts only; the Alertmanager holds them back while this fires.`,
    runbook: 'InfoInhibitor.md',
    panel: monitoring.panel('Firing alerts'),
    tests: [
      firing('there is an info alert alone', {
        series: [
          alerts.series(
            { alertname: 'CPUThrottlingHigh', alertstate: 'firing', severity: 'info', namespace: 'ml' },
            '1x5',
          ),
        ],
        at: '3m',
        labels: { namespace: 'ml' },
      }),
      silent('there is a warning beside it', {
        series: [
          alerts.series(
            { alertname: 'CPUThrottlingHigh', alertstate: 'firing', severity: 'info', namespace: 'ml' },
            '1x5',
          ),
          alerts.series(
            { alertname: 'KubePodNotReady', alertstate: 'firing', severity: 'warning', namespace: 'ml' },
            '1x5',
          ),
        ],
        at: '3m',
      }),
    ],
  }),
]);
