/** Alerts as events: Prometheus only stores that one is firing, every evaluation anew. */
import { count, offset, record, ruleGroup, unless } from 'dashwright';
import { alerts } from '../metrics/monitoring.ts';

const firing = alerts({ alertstate: 'firing' });
const byAlert = ['alertname', 'severity'] as const;

/** A minute of the sum over time of this one is a minute of firing. */
export const firingAlerts = record('alertname_severity:ALERTS_firing:count', count(firing, { by: byAlert }), {
  help: 'Alerts that fire.',
});

/** Compares with a minute ago, so the interval of the group is a minute too. */
export const startedAlerts = record(
  'alertname_severity:ALERTS_started:count',
  count(unless(firing, offset(firing, '1m')), { by: byAlert }),
  { help: 'Alerts that began to fire within the last minute.' },
);

export default ruleGroup('monitoring-records', { interval: '1m' }, [firingAlerts, startedAlerts]);
