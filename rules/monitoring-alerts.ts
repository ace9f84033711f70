/** Alerts on Prometheus and the Alertmanager. They follow their own mixins. */
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
  maxOverTime,
  min,
  rate,
  ratio,
  ruleGroup,
  silent,
  sum,
  text,
} from 'dashwright';
import monitoring from '../dashboards/monitoring.ts';
import { alertmanagerReloadSuccessful, notifications, notificationsFailed } from '../metrics/alertmanager-grafana.ts';
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
const group = { ...prometheus, rule_group: '/etc/prometheus/rules/cicd.yaml;cicd' };
const destination = { ...prometheus, alertmanager: 'http://alertmanager:9093/api/v2/alerts' };

export default ruleGroup('monitoring', {}, [
  alert('PrometheusBadConfig', {
    expr: eq(maxOverTime(configReloadSuccessful, '5m'), 0),
    for: '10m',
    severity: 'critical',
    summary: 'Prometheus cannot read its configuration.',
    description: ({ labels }) =>
      text`Prometheus ${labels.instance} goes on with an old configuration: the reload failed.`,
    runbook: 'PrometheusBadConfig.md',
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
    runbook: 'PrometheusRuleFailures.md',
    panel: monitoring.panel('Rule failures'),
    tests: [
      firing('one rule fails every minute', {
        series: [ruleEvaluationFailures.series(group, '0+1x30')],
        at: '25m',
        labels: group,
        annotations: {
          description: '5 evaluations in the group /etc/prometheus/rules/cicd.yaml;cicd failed in five minutes.',
        },
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
    runbook: 'PrometheusMissingRuleEvaluations.md',
    panel: monitoring.panel('Rule group load'),
    tests: [
      firing('every second evaluation is skipped', {
        series: [ruleGroupIterationsMissed.series(group, '0+1x30')],
        at: '25m',
        labels: group,
        annotations: {
          description: '5 evaluations of the group /etc/prometheus/rules/cicd.yaml;cicd were skipped in five minutes.',
        },
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
    runbook: 'PrometheusNotIngestingSamples.md',
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
    runbook: 'PrometheusNotConnectedToAlertmanagers.md',
    panel: monitoring.panel('Known Alertmanagers'),
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
    runbook: 'PrometheusErrorSendingAlertsToAnyAlertmanager.md',
    panel: monitoring.panel('Alerts sent and failed'),
    tests: [
      firing('half are lost', {
        series: [notificationsSent.series(destination, '0+10x30'), notificationErrors.series(destination, '0+5x30')],
        at: '25m',
        labels: prometheus,
        annotations: {
          description:
            'At least 50% of the alerts of Prometheus prometheus:9090 are lost on the way to every Alertmanager.',
        },
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
    runbook: 'PrometheusTSDBCompactionsFailing.md',
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
    runbook: 'AlertmanagerFailedReload.md',
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
    runbook: 'AlertmanagerFailedToSendAlerts.md',
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
        annotations: { description: '50% of the notifications through slack fail.' },
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
