/** Alerts on Grafana itself. */
import {
  alert,
  and,
  firing,
  gt,
  matching,
  not,
  percentile,
  rate,
  ratio,
  ruleGroup,
  silent,
  sum,
  text,
} from 'dashwright';
import monitoring from '../dashboards/monitoring.ts';
import { grafanaRequestDuration } from '../metrics/alertmanager-grafana.ts';

const grafana = { job: 'grafana', instance: 'grafana:3000' } as const;

/** Streams last as long as a browser is open, and the data source's handlers wait for somebody else. */
const ownHandlers = not<string>(matching('/api/live/ws|/api/ds/query|/api/datasources/proxy.*|/metrics'));

const search = { ...grafana, handler: '/api/search', status_code: '200', method: 'GET' };
const stream = { ...grafana, handler: '/api/live/ws', status_code: '200', method: 'GET' };
const failing = { ...grafana, handler: '/api/search', status_code: '500', method: 'GET' };

/** Sixty requests a minute, of which so many took at most one second; the rest took up to five. */
const requestTimes = (labels: typeof search, fast: number) => [
  grafanaRequestDuration.bucket.series({ ...labels, le: 1 }, `0+${fast}x30`),
  grafanaRequestDuration.bucket.series({ ...labels, le: 5 }, '0+60x30'),
  grafanaRequestDuration.bucket.series({ ...labels, le: '+Inf' }, '0+60x30'),
  grafanaRequestDuration.count.series(labels, '0+60x30'),
];

export default ruleGroup('grafana', {}, [
  alert('GrafanaApiSlow', {
    expr: and(
      gt(percentile(0.95, grafanaRequestDuration, { where: { handler: ownHandlers }, by: ['job'], over: '5m' }), 2),
      gt(sum(rate(grafanaRequestDuration.count({ handler: ownHandlers }), '5m'), { by: ['job'] }), 0.1),
    ),
    for: '10m',
    severity: 'warning',
    summary: 'Grafana answers slowly.',
    description: ({ labels, value }) =>
      text`One in twenty requests to ${labels.job} takes longer than ${value.duration}; streams and waiting for data sources are not counted.`,
    runbook: 'GrafanaApiSlow.md',
    panel: monitoring.panel('Grafana API, p95'),
    tests: [
      firing('half of the requests take up to five seconds', {
        series: requestTimes(search, 30),
        at: '20m',
        labels: { job: 'grafana' },
        annotations: {
          description:
            'One in twenty requests to grafana takes longer than 4.6s; streams and waiting for data sources are not counted.',
        },
      }),
      silent('only an open stream is slow', {
        series: [...requestTimes(search, 60), ...requestTimes(stream, 0)],
        at: '20m',
      }),
      silent('there is hardly any traffic', {
        series: [
          grafanaRequestDuration.bucket.series({ ...search, le: 1 }, '0x30'),
          grafanaRequestDuration.bucket.series({ ...search, le: 5 }, '0+1x30'),
          grafanaRequestDuration.bucket.series({ ...search, le: '+Inf' }, '0+1x30'),
          grafanaRequestDuration.count.series(search, '0+1x30'),
        ],
        at: '20m',
      }),
    ],
  }),

  alert('GrafanaRequestsFailing', {
    expr: gt(
      ratio(grafanaRequestDuration.count({ status_code: matching(/5../) }), grafanaRequestDuration.count, {
        by: ['handler'],
        over: '5m',
      }),
      0.5,
    ),
    for: '5m',
    severity: 'warning',
    summary: 'Requests to Grafana fail.',
    description: ({ labels, value }) => text`${value.percentage} of the requests to ${labels.handler} of Grafana fail.`,
    runbook: 'GrafanaRequestsFailing.md',
    panel: monitoring.panel('Grafana: failed requests'),
    tests: [
      firing('two in three fail', {
        series: [
          grafanaRequestDuration.count.series(failing, '0+2x20'),
          grafanaRequestDuration.count.series(search, '0+1x20'),
        ],
        at: '15m',
        labels: { handler: '/api/search' },
        annotations: { description: '66.67% of the requests to /api/search of Grafana fail.' },
      }),
      silent('one in ten fails', {
        series: [
          grafanaRequestDuration.count.series(failing, '0+1x20'),
          grafanaRequestDuration.count.series(search, '0+9x20'),
        ],
        at: '15m',
      }),
    ],
  }),
]);
