/** The part of "Monitoring health" that is about alerts on their way to people, and about Grafana. */
import {
  div,
  gt,
  increase,
  matching,
  mul,
  not,
  percentile,
  rate,
  ratio,
  row,
  stat,
  sum,
  sumOverTime,
  table,
  target,
  timeseries,
  topk,
} from 'dashwright';
import {
  alertmanagerAlerts,
  alertsReceived,
  grafanaDashboardGet,
  grafanaDatasourceDuration,
  grafanaRequestDuration,
  notificationLatency,
  notifications,
  notificationsFailed,
} from '../metrics/alertmanager-grafana.ts';
import { alertmanagersDiscovered, notificationErrors, notificationsSent } from '../metrics/monitoring.ts';
import { firingAlerts, startedAlerts } from '../rules/monitoring-records.ts';
import { ofPeople } from './_key-numbers.ts';
import { valueColumn } from './_pack.ts';

/** Streams last as long as a browser is open, and the data source's handlers wait for somebody else. */
export const ownHandlers = {
  handler: not<string>(matching('/api/live/ws|/api/ds/query|/api/datasources/proxy.*|/metrics')),
};

const byAlert = ['alertname'] as const;
const critical = { severity: 'critical' } as const;

export const alertingRow = row('Alerts', [
  timeseries('Firing alerts by severity', sum(firingAlerts(ofPeople), { by: ['severity'] }), {
    description: 'Alerts that fire at each moment.',
    legend: '{{severity}}',
    stacking: 'normal',
    noValue: 'none',
  }),
  table('Noisiest alerts, 30 days', topk(10, sum(sumOverTime(startedAlerts(ofPeople), '30d'), { by: byAlert })), {
    overrides: valueColumn('Started'),
    description: 'How often each alert began to fire. What nobody acts on should not be here.',
    thresholds: { base: 'green', 10: 'yellow', 50: 'red' },
    noValue: 'none',
  }),
  table(
    'Mean time to recovery of critical alerts, 30 days',
    mul(
      div(
        sum(sumOverTime(firingAlerts(critical), '30d'), { by: byAlert }),
        gt(sum(sumOverTime(startedAlerts(critical), '30d'), { by: byAlert }), 0),
      ),
      60,
    ),
    {
      overrides: valueColumn('Time to recovery'),
      description: 'Minutes of firing over the number of times it began to fire. Needs no other system.',
      unit: 's',
      thresholds: { base: 'green', 3600: 'yellow', 86_400: 'red' },
      noValue: 'no critical alerts',
    },
  ),
  timeseries('Alerts in the Alertmanager', sum(alertmanagerAlerts, { by: ['state'] }), {
    description: 'Suppressed: silenced or inhibited.',
    legend: '{{state}}',
    noValue: 'no data from alertmanager',
  }),
  timeseries('Deliveries to the Alertmanager', sum(rate(alertsReceived), { by: ['status'] }), {
    description:
      'Prometheus sends every active alert again each minute, so this counts deliveries, not alerts. It is to follow the number of firing alerts; 0 means that nothing arrives.',
    legend: '{{status}}',
    noValue: 'no data from alertmanager',
  }),
  timeseries(
    'Alerts sent and failed',
    [
      target(sum(rate(notificationsSent)), { legend: 'sent' }),
      target(sum(rate(notificationErrors)), { legend: 'failed' }),
    ],
    {
      description: 'From Prometheus to its Alertmanagers, per second.',
      noValue: 'no data from prometheus',
    },
  ),
  stat('Known Alertmanagers', sum(alertmanagersDiscovered), {
    description: 'Alertmanagers that Prometheus sends alerts to. Without one, nobody is told of anything.',
    thresholds: { base: 'red', 1: 'green' },
    noValue: 'no data from prometheus',
  }),
  timeseries('Notifications, 1 day', sum(increase(notifications, '1d'), { by: ['integration'] }), {
    description: 'What people and systems received in the day before each point.',
    legend: '{{integration}}',
    noValue: 'no data from alertmanager',
  }),
  timeseries('Notifications that failed', ratio(notificationsFailed, notifications, { by: ['integration'] }), {
    description: 'Share of the notifications that could not be delivered.',
    legend: '{{integration}}',
    thresholds: { base: 'green', 0.01: 'red' },
    noValue: 'no notifications',
  }),
  timeseries('Delivery time, p95', percentile(0.95, notificationLatency, { by: ['integration'] }), {
    description: 'How long a notification takes to deliver.',
    legend: '{{integration}}',
    noValue: 'no notifications',
  }),
]);

export const grafanaRow = row('Grafana', [
  timeseries(
    'Grafana API by handler, p95',
    topk(10, percentile(0.95, grafanaRequestDuration, { where: ownHandlers, by: ['handler'] })),
    {
      description: 'The ten slowest handlers, without streams and data sources.',
      legend: '{{handler}}',
      thresholds: { base: 'green', 1: 'yellow', 2: 'red' },
      noValue: 'no requests',
    },
  ),
  timeseries('Queries behind panels, p95', percentile(0.95, grafanaDatasourceDuration, { by: ['datasource_type'] }), {
    description: 'How long data sources take to answer. Slow panels are usually here.',
    legend: '{{datasource_type}}',
    noValue: 'no queries',
  }),
  timeseries('Loading the JSON of a dashboard, p99', grafanaDashboardGet.quantile({ quantile: 0.99 }), {
    description: 'Server time for the definition of a dashboard, without its panels.',
    legend: '{{instance}}',
    noValue: 'no requests',
  }),
  timeseries(
    'Grafana: failed requests',
    ratio(grafanaRequestDuration.count({ status_code: matching(/5../) }), grafanaRequestDuration.count, {
      by: ['handler'],
    }),
    {
      description: 'Share of the requests that ended with a 5xx, by handler.',
      legend: '{{handler}}',
      thresholds: { base: 'green', 0.05: 'yellow', 0.5: 'red' },
      noValue: 'no requests',
    },
  ),
]);
