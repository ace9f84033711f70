/** Alerts on the bill. */
import {
  age,
  alert,
  and,
  avgOverTime,
  div,
  firing,
  gt,
  lt,
  min,
  mul,
  offset,
  ruleGroup,
  silent,
  sum,
  text,
} from 'dashwright';
import costs from '../dashboards/cost.ts';
import {
  commitmentUtilization,
  cost,
  costBudget,
  costForecast,
  costLastSuccess,
  costUntagged,
} from '../metrics/cost.ts';
import { lastDayCost } from './cost-records.ts';

const bill = { provider: 'aws', account: '111122223333', scope: 'ml' } as const;
const ec2 = { ...bill, service: 'Amazon EC2', metric: 'unblended', estimated: 'false' } as const;

export default ruleGroup('cost', {}, [
  alert('CloudCostDataStale', {
    expr: gt(age(costLastSuccess, { by: ['provider'] }), 36 * 3600),
    for: '15m',
    severity: 'warning',
    summary: 'The bill has not been read for a day and a half.',
    description: ({ labels, value }) => text`The bill of ${labels.provider} was last read ${value.duration} ago.`,
    runbook: 'CloudCostDataStale.md',
    panel: costs.panel('Age of the bill'),
    tests: [
      firing('it was read 40 hours ago', {
        series: [costLastSuccess.series({ provider: 'aws' }, '0x60')],
        interval: '1h',
        at: '40h',
        labels: { provider: 'aws' },
        annotations: { description: 'The bill of aws was last read 1d 16h 0m 0s ago.' },
      }),
      silent('it was read 30 hours ago', {
        series: [costLastSuccess.series({ provider: 'aws' }, '0x60')],
        interval: '1h',
        at: '30h',
      }),
    ],
  }),

  alert('CloudCostDailySpike', {
    expr: and(gt(lastDayCost, mul(offset(avgOverTime(lastDayCost, '7d'), '1d'), 1.5)), gt(lastDayCost, 10)),
    for: '1h',
    severity: 'warning',
    summary: 'A day cost much more than the week before it.',
    description: ({ labels, value }) =>
      text`The last complete day of ${labels.scope} cost ${value.printf('%.2f')} USD, half as much again as the mean of the week before.`,
    runbook: 'CloudCostDailySpike.md',
    panel: costs.panel('Daily cost by service'),
    tests: [
      firing('100 USD after a week of 40', {
        series: [cost.series({ ...ec2, window: 'last_complete_day' }, '40x2300 100x400')],
        interval: '5m',
        at: '197h',
        labels: { scope: 'ml' },
        annotations: {
          description:
            'The last complete day of ml cost 100.00 USD, half as much again as the mean of the week before.',
        },
      }),
      silent('50 USD after a week of 40', {
        series: [cost.series({ ...ec2, window: 'last_complete_day' }, '40x2300 50x400')],
        interval: '5m',
        at: '197h',
      }),
      silent('4 USD after a week of 1', {
        series: [cost.series({ ...ec2, window: 'last_complete_day' }, '1x2300 4x400')],
        interval: '5m',
        at: '197h',
      }),
    ],
  }),

  alert('CloudCostForecastOverBudget', {
    expr: gt(div(sum(costForecast, { by: ['scope'] }), gt(sum(costBudget, { by: ['scope'] }), 0)), 1),
    for: '1h',
    severity: 'warning',
    summary: 'The month will cost more than its budget.',
    description: ({ labels, value }) =>
      text`This month of ${labels.scope} is forecast at ${value.percentage} of its budget.`,
    runbook: 'CloudCostForecastOverBudget.md',
    panel: costs.panel('Forecast against budget'),
    tests: [
      firing('440 USD are forecast against 400', {
        series: [
          costForecast.series({ ...bill, period: 'month' }, '440x90'),
          costBudget.series({ ...bill, period: 'month' }, '400x90'),
        ],
        at: '80m',
        labels: { scope: 'ml' },
        annotations: { description: 'This month of ml is forecast at 110% of its budget.' },
      }),
      silent('360 USD are', {
        series: [
          costForecast.series({ ...bill, period: 'month' }, '360x90'),
          costBudget.series({ ...bill, period: 'month' }, '400x90'),
        ],
        at: '80m',
      }),
    ],
  }),

  alert('CloudCommitmentUtilizationLow', {
    expr: lt(min(commitmentUtilization({ window: '30d' }), { by: ['kind'] }), 0.8),
    for: '1h',
    severity: 'info',
    summary: 'A commitment is paid for and not used.',
    description: ({ labels, value }) => text`Only ${value.percentage} of a ${labels.kind} was used in 30 days.`,
    runbook: 'CloudCommitmentUtilizationLow.md',
    panel: costs.panel('Commitment used, 30 days'),
    tests: [
      firing('60 % were used', {
        series: [commitmentUtilization.series({ ...bill, kind: 'savings_plan', window: '30d' }, '0.6x90')],
        at: '80m',
        labels: { kind: 'savings_plan' },
        annotations: { description: 'Only 60% of a savings_plan was used in 30 days.' },
      }),
      silent('95 % were', {
        series: [commitmentUtilization.series({ ...bill, kind: 'savings_plan', window: '30d' }, '0.95x90')],
        at: '80m',
      }),
    ],
  }),

  alert('CloudCostUntaggedShareHigh', {
    expr: gt(
      div(
        sum(costUntagged({ window: '30d' }), { by: ['tag_key'] }),
        gt(sum(cost({ window: '30d', metric: 'unblended' })), 0),
        { on: [], groupLeft: [] },
      ),
      0.1,
    ),
    for: '1h',
    severity: 'info',
    summary: 'Much of the cost belongs to nobody.',
    description: ({ labels, value }) =>
      text`${value.percentage} of the cost of 30 days lacks the tag ${labels.tag_key}.`,
    runbook: 'CloudCostUntaggedShareHigh.md',
    panel: costs.panel('Untagged share, 30 days'),
    tests: [
      firing('a fifth is untagged', {
        series: [
          costUntagged.series({ ...bill, tag_key: 'Project', window: '30d' }, '20x90'),
          cost.series({ ...ec2, window: '30d' }, '100x90'),
        ],
        at: '80m',
        labels: { tag_key: 'Project' },
        annotations: { description: '20% of the cost of 30 days lacks the tag Project.' },
      }),
      silent('one part in twenty is', {
        series: [
          costUntagged.series({ ...bill, tag_key: 'Project', window: '30d' }, '5x90'),
          cost.series({ ...ec2, window: '30d' }, '100x90'),
        ],
        at: '80m',
      }),
    ],
  }),
]);
