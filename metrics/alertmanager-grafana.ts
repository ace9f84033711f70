/** Alertmanager and Grafana about themselves. */
import { any, counter, gauge, histogram, oneOf, summary } from 'dashwright';
import { alertmanager, grafana } from './exporters.ts';

export const alertmanagerAlerts = gauge('alertmanager_alerts', {
  help: 'Alerts that the Alertmanager holds.',
  unit: 'count',
  labels: { state: oneOf('active', 'suppressed', 'unprocessed') },
  range: { min: 0 },
  from: alertmanager,
});

export const alertsReceived = counter('alertmanager_alerts_received_total', {
  help: 'Deliveries of alerts. Prometheus sends each active alert again every minute: these are not alerts.',
  unit: 'count',
  labels: { status: oneOf('firing', 'resolved'), version: any },
  from: alertmanager,
});

export const notifications = counter('alertmanager_notifications_total', {
  help: 'Notifications that people or systems were to get.',
  unit: 'count',
  labels: { integration: any },
  from: alertmanager,
});

/** `reason` exists since 0.26; sums over it read the same before and after. */
export const notificationsFailed = counter('alertmanager_notifications_failed_total', {
  help: 'Notifications that could not be delivered.',
  unit: 'count',
  labels: { integration: any, reason: any },
  from: alertmanager,
});

export const notificationLatency = histogram('alertmanager_notification_latency_seconds', {
  help: 'How long a notification took to deliver.',
  unit: 'seconds',
  labels: { integration: any },
  buckets: [1, 5, 10, 15, 20],
  from: alertmanager,
});

export const alertmanagerReloadSuccessful = gauge('alertmanager_config_last_reload_successful', {
  help: '1 if the last reload of the configuration succeeded.',
  unit: 'count',
  labels: {},
  range: { min: 0, max: 1 },
  boolean: true,
  from: alertmanager,
});

export const grafanaRequestDuration = histogram('grafana_http_request_duration_seconds', {
  help: "Grafana's own HTTP API. Holds long-lived streams (/api/live/ws) and waits for data sources too.",
  unit: 'seconds',
  labels: { handler: any, status_code: any, method: any },
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
  from: grafana,
});

export const grafanaBootDuration = histogram('grafana_frontend_boot_load_time_seconds', {
  help: 'What browsers report of the load of a page: the closest there is to the load time of a dashboard.',
  unit: 'seconds',
  labels: {},
  buckets: [0.1, 0.25, 0.5, 1, 1.5, 2, 5, 10, 20, 40],
  from: grafana,
});

export const grafanaDatasourceDuration = histogram('grafana_datasource_request_duration_seconds', {
  help: 'Queries behind the panels.',
  unit: 'seconds',
  labels: { datasource: any, datasource_type: any, code: any, method: any },
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100],
  from: grafana,
});

export const grafanaDashboardGet = summary('grafana_api_dashboard_get_milliseconds', {
  nameAsExposed: true,
  help: "Server's time to answer with the JSON of a dashboard.",
  unit: 'milliseconds',
  labels: {},
  quantiles: [0.5, 0.9, 0.99],
  from: grafana,
});
