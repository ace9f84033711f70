/** Alerts on Prometheus, Alertmanager and Grafana. Most follow their own mixins. */
import {
  alert,
  and,
  div,
  eq,
  firing,
  gt,
  increase,
  le,
  lt,
  matching,
  maxOverTime,
  min,
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
import {
  alertmanagerReloadSuccessful,
  grafanaRequestDuration,
  notifications,
  notificationsFailed,
} from '../metrics/alertmanager-grafana.ts';
import {
  alertmanagersDiscovered,
  compactionsFailed,
  configReloadSuccessful,
  notificationErrors,
  notificationsSent,
  ruleEvaluationFailures,
  ruleGroupIterationsMissed,
  ruleGroupRules,
  samplesAppended,
} from '../metrics/monitoring.ts';

const prometheus = { job: 'prometheus', instance: 'prometheus:9090' } as const;
const alertmanager = { job: 'alertmanager', instance: 'alertmanager:9093' } as const;
const grafana = { job: 'grafana', instance: 'grafana:3000' } as const;
const group = { ...prometheus, rule_group: '/etc/prometheus/rules/cicd.yaml;cicd' };
const destination = { ...prometheus, alertmanager: 'http://alertmanager:9093/api/v2/alerts' };

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

export default ruleGroup('monitoring', {}, [
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
    runbook: 'GrafanaApiSlow',
    panel: monitoring.panel('Grafana API, p95'),
    tests: [
      firing('half of the requests take up to five seconds', {
        series: requestTimes(search, 30),
        at: '20m',
        labels: { job: 'grafana' },
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
    runbook: 'GrafanaRequestsFailing',
    panel: monitoring.panel('Grafana: failed requests'),
    tests: [
      firing('two in three fail', {
        series: [
          grafanaRequestDuration.count.series(failing, '0+2x20'),
          grafanaRequestDuration.count.series(search, '0+1x20'),
        ],
        at: '15m',
        labels: { handler: '/api/search' },
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

  alert('PrometheusBadConfig', {
    expr: eq(maxOverTime(configReloadSuccessful, '5m'), 0),
    for: '10m',
    severity: 'critical',
    summary: 'Prometheus cannot read its configuration.',
    description: ({ labels }) =>
      text`Prometheus ${labels.instance} goes on with an old configuration: the reload failed.`,
    runbook: 'PrometheusBadConfig',
    panel: monitoring.panel('Reloads'),
    tests: [
      firing('the reload failed', {
        series: [configReloadSuccessful.series(prometheus, '1 0x25')],
        at: '20m',
        labels: prometheus,
      }),
      silent('it succeeded', { series: [configReloadSuccessful.series(prometheus, '1x25')], at: '20m' }),
    ],
  }),

  alert('PrometheusRuleFailures', {
    expr: gt(increase(ruleEvaluationFailures, '5m'), 0),
    for: '15m',
    severity: 'critical',
    summary: 'Rules fail to evaluate.',
    description: ({ labels, value }) =>
      text`${value.printf('%.0f')} evaluations in the group ${labels.rule_group} failed in five minutes.`,
    runbook: 'PrometheusRuleFailures',
    panel: monitoring.panel('Rule failures'),
    tests: [
      firing('one rule fails every minute', {
        series: [ruleEvaluationFailures.series(group, '0+1x30')],
        at: '25m',
        labels: group,
      }),
      silent('none does', { series: [ruleEvaluationFailures.series(group, '3x30')], at: '25m' }),
    ],
  }),

  alert('PrometheusMissingRuleEvaluations', {
    expr: gt(increase(ruleGroupIterationsMissed, '5m'), 0),
    for: '15m',
    severity: 'warning',
    summary: 'Rules are evaluated too late.',
    description: ({ labels, value }) =>
      text`${value.printf('%.0f')} evaluations of the group ${labels.rule_group} were skipped in five minutes.`,
    runbook: 'PrometheusMissingRuleEvaluations',
    panel: monitoring.panel('Rule group load'),
    tests: [
      firing('every second evaluation is skipped', {
        series: [ruleGroupIterationsMissed.series(group, '0+1x30')],
        at: '25m',
        labels: group,
      }),
      silent('none is', { series: [ruleGroupIterationsMissed.series(group, '0x30')], at: '25m' }),
    ],
  }),

  alert('PrometheusNotIngestingSamples', {
    expr: and(
      le(sum(rate(samplesAppended, '5m'), { without: ['type'] }), 0),
      gt(sum(ruleGroupRules, { without: ['rule_group'] }), 0),
    ),
    for: '10m',
    severity: 'warning',
    summary: 'Prometheus stores nothing.',
    description: ({ labels }) => text`Prometheus ${labels.instance} has stored no sample for ten minutes.`,
    runbook: 'PrometheusNotIngestingSamples',
    panel: monitoring.panel('Samples stored'),
    tests: [
      firing('the number of samples stands still', {
        series: [
          samplesAppended.series({ ...prometheus, type: 'float' }, '5000x30'),
          ruleGroupRules.series(group, '8x30'),
        ],
        at: '20m',
        labels: prometheus,
      }),
      silent('samples come in', {
        series: [
          samplesAppended.series({ ...prometheus, type: 'float' }, '5000+100x30'),
          ruleGroupRules.series(group, '8x30'),
        ],
        at: '20m',
      }),
    ],
  }),

  alert('PrometheusNotConnectedToAlertmanagers', {
    expr: lt(maxOverTime(alertmanagersDiscovered, '5m'), 1),
    for: '10m',
    severity: 'warning',
    summary: 'Prometheus knows no Alertmanager.',
    description: ({ labels }) => text`Alerts of Prometheus ${labels.instance} reach nobody: it knows no Alertmanager.`,
    runbook: 'PrometheusNotConnectedToAlertmanagers',
    panel: monitoring.panel('Alerts sent and failed'),
    tests: [
      firing('there is none', {
        series: [alertmanagersDiscovered.series(prometheus, '0x20')],
        at: '12m',
        labels: prometheus,
      }),
      silent('there is one', { series: [alertmanagersDiscovered.series(prometheus, '1x20')], at: '12m' }),
    ],
  }),

  alert('PrometheusErrorSendingAlertsToAnyAlertmanager', {
    expr: gt(
      min(div(rate(notificationErrors, '5m'), rate(notificationsSent, '5m')), { without: ['alertmanager'] }),
      0.03,
    ),
    for: '15m',
    severity: 'critical',
    summary: 'Alerts do not reach any Alertmanager.',
    description: ({ labels, value }) =>
      text`At least ${value.percentage} of the alerts of Prometheus ${labels.instance} are lost on the way to every Alertmanager.`,
    runbook: 'PrometheusErrorSendingAlertsToAnyAlertmanager',
    panel: monitoring.panel('Alerts sent and failed'),
    tests: [
      firing('half are lost', {
        series: [notificationsSent.series(destination, '0+10x30'), notificationErrors.series(destination, '0+5x30')],
        at: '25m',
        labels: prometheus,
      }),
      silent('a second Alertmanager takes them all', {
        series: [
          notificationsSent.series(destination, '0+10x30'),
          notificationErrors.series(destination, '0+5x30'),
          notificationsSent.series({ ...prometheus, alertmanager: 'http://b:9093/api/v2/alerts' }, '0+10x30'),
          notificationErrors.series({ ...prometheus, alertmanager: 'http://b:9093/api/v2/alerts' }, '0x30'),
        ],
        at: '25m',
      }),
    ],
  }),

  alert('PrometheusTSDBCompactionsFailing', {
    expr: gt(increase(compactionsFailed, '3h'), 0),
    for: '4h',
    severity: 'warning',
    summary: 'Prometheus cannot compact its data.',
    description: ({ labels, value }) =>
      text`${value.printf('%.0f')} compactions of Prometheus ${labels.instance} failed in three hours.`,
    runbook: 'PrometheusTSDBCompactionsFailing',
    panel: monitoring.panel('Storage'),
    tests: [
      firing('one fails every hour', {
        series: [compactionsFailed.series(prometheus, '0x60 1x60 2x60 3x60 4x60 5x60 6x60 7x60')],
        at: '7h',
        labels: prometheus,
      }),
      silent('one failed once', { series: [compactionsFailed.series(prometheus, '0x60 1x420')], at: '7h' }),
    ],
  }),

  alert('AlertmanagerFailedReload', {
    expr: eq(maxOverTime(alertmanagerReloadSuccessful, '5m'), 0),
    for: '10m',
    severity: 'critical',
    summary: 'The Alertmanager cannot read its configuration.',
    description: ({ labels }) =>
      text`Alertmanager ${labels.instance} goes on with an old configuration: the reload failed.`,
    runbook: 'AlertmanagerFailedReload',
    panel: monitoring.panel('Reloads'),
    tests: [
      firing('the reload failed', {
        series: [alertmanagerReloadSuccessful.series(alertmanager, '1 0x25')],
        at: '20m',
        labels: alertmanager,
      }),
      silent('it succeeded', { series: [alertmanagerReloadSuccessful.series(alertmanager, '1x25')], at: '20m' }),
    ],
  }),

  alert('AlertmanagerFailedToSendAlerts', {
    expr: gt(ratio(notificationsFailed, notifications, { by: ['integration'], over: '15m' }), 0.01),
    for: '5m',
    severity: 'warning',
    summary: 'Notifications are not delivered.',
    description: ({ labels, value }) =>
      text`${value.percentage} of the notifications through ${labels.integration} fail.`,
    runbook: 'AlertmanagerFailedToSendAlerts',
    panel: monitoring.panel('Notifications that failed'),
    tests: [
      firing('half fail, for two reasons', {
        series: [
          notifications.series({ ...alertmanager, integration: 'slack' }, '0+4x30'),
          notificationsFailed.series({ ...alertmanager, integration: 'slack', reason: 'clientError' }, '0+1x30'),
          notificationsFailed.series({ ...alertmanager, integration: 'slack', reason: 'serverError' }, '0+1x30'),
        ],
        at: '25m',
        labels: { integration: 'slack' },
      }),
      silent('all arrive', {
        series: [
          notifications.series({ ...alertmanager, integration: 'slack' }, '0+4x30'),
          notificationsFailed.series({ ...alertmanager, integration: 'slack', reason: 'clientError' }, '0x30'),
        ],
        at: '25m',
      }),
    ],
  }),
]);
