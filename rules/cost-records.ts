/** The bill by scope, once: its gauges have many labels and the alerts look a week back. */
import { record, ruleGroup, sum } from 'dashwright';
import { cost } from '../metrics/cost.ts';

export const lastDayCost = record(
  'scope:cloud_cost_last_complete_day_usd:sum',
  sum(cost({ window: 'last_complete_day', metric: 'unblended' }), { by: ['scope'] }),
  { help: 'Unblended cost of the last complete day.' },
);

export default ruleGroup('cost-records', { interval: '5m' }, [lastDayCost]);
