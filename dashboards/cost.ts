/** What the cloud costs, against budget and per deployment, and where inside the cluster it goes. */
import {
  add,
  age,
  avgOverTime,
  bargauge,
  dashboard,
  div,
  gaugePanel,
  gt,
  increase,
  labelValues,
  max,
  min,
  mul,
  offset,
  row,
  share,
  sort,
  stat,
  sub,
  sum,
  table,
  timeseries,
  variable,
} from 'dashwright';
import {
  commitmentCoverage,
  commitmentUtilization,
  cost,
  costApiRequests,
  costApiSpend,
  costBudget,
  costForecast,
  costLastSuccess,
  costPeriodEnd,
  costUntagged,
  cpuAllocation,
  gpuAllocation,
  memoryAllocation,
  nodeCpuHourlyCost,
  nodeGpuHourlyCost,
  nodeRamHourlyCost,
  nodeTotalHourlyCost,
  savingsNet,
} from '../metrics/cost.ts';
import { productionDeployments30d } from '../rules/cicd-records.ts';
import { lastDayCost } from '../rules/cost-records.ts';
import { costPerDeployment, dailyCost, monthlyCost, savedShare } from './_key-numbers.ts';
import { freshFor, mlops, neighbours, neutral, valueColumn, severalOrAll } from './_pack.ts';

const scope = variable('scope', labelValues(cost, 'scope'), severalOrAll);
const account = variable('account', labelValues(cost, 'account'), severalOrAll);

const chosen = { scope, account };
const unblended = { ...chosen, metric: 'unblended' } as const;
const amortized = { ...chosen, metric: 'amortized' } as const;

const costPerDeploymentByScope = div(
  sum(cost({ ...amortized, window: '30d' }), { by: ['scope'] }),
  gt(productionDeployments30d({ scope }), 0),
);

const GIB = 1024 ** 3;
const onNode = { on: ['node'], groupLeft: [] } as const;
const byNamespace = ['namespace'] as const;
const cpuCost = mul(cpuAllocation, max(nodeCpuHourlyCost, { by: ['node'] }), onNode);
const memoryCost = mul(div(memoryAllocation, GIB), max(nodeRamHourlyCost, { by: ['node'] }), onNode);
const gpuCost = mul(gpuAllocation, max(nodeGpuHourlyCost, { by: ['node'] }), onNode);
const allNodes = sum(nodeTotalHourlyCost);
const allContainers = add(add(sum(cpuCost), sum(memoryCost)), sum(gpuCost));

export default dashboard('Infrastructure cost', {
  uid: 'infrastructure-cost',
  description:
    'The bill, from the cloud’s own API, and the cost of namespaces at list prices, from OpenCost. The two never agree to the cent: discounts, support and data transfer are on the bill only.',
  folder: mlops,
  tags: ['mlops', 'cost'],
  links: neighbours,
  time: { from: 'now-30d', to: 'now' },
  refresh: '1h',
  timezone: 'utc',
  variables: [scope, account],
  rows: [
    row('Bill', [
      stat('Last complete day', dailyCost(chosen), {
        description: 'Unblended cost of the last day that the cloud has finished counting: not today, not yesterday.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
      }),
      stat('Last 30 days', monthlyCost(chosen), {
        description: 'Unblended cost of the last 30 complete days.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
      }),
      stat('Month to date', sum(cost({ ...unblended, window: 'month_to_date' })), {
        description: 'Unblended cost since the first of the month, as far as it is counted.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
      }),
      gaugePanel('Forecast against budget', div(sum(costForecast(chosen)), gt(sum(costBudget(chosen)), 0)), {
        description: 'What the whole month is forecast to cost, as a share of its budget.',
        max: 1.5,
        thresholds: { base: 'green', 0.8: 'yellow', 1: 'red' },
        noValue: 'no budget set',
      }),
      stat('Cost per deployment, 30 days', costPerDeployment({ scope }), {
        description:
          'Amortized cost over successful production deployments. A ratio for trends, not the price of one deployment.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no deployments',
      }),
      stat('Age of the bill', age(costLastSuccess, { by: ['provider'] }), {
        description: 'When the bill was last read. It is refreshed up to three times a day.',
        legend: '{{provider}}',
        thresholds: freshFor(86_400, 129_600),
        noValue: 'no data from cloud-cost-exporter',
      }),
      stat('Figures up to', max(costPeriodEnd({ window: 'last_complete_day' })), {
        description: 'End of the last complete day. What happened since is on no panel of this row.',
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
      }),
    ]),

    row('Where it goes', [
      timeseries(
        'Daily cost by service',
        sum(cost({ ...unblended, window: 'last_complete_day' }), { by: ['service'] }),
        {
          description:
            'The last complete day at the time of each point: a cost shows here about two days after it arose.',
          legend: '{{service}}',
          stacking: 'normal',
          interval: '1d',
          noValue: 'no data from cloud-cost-exporter',
        },
      ),
      bargauge('Cost by service, 30 days', sort(sum(cost({ ...unblended, window: '30d' }), { by: ['service'] })), {
        description: 'Unblended cost of 30 days; services under the exporter’s threshold are folded into "other".',
        legend: '{{service}}',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
      }),
      table('Share by service, 30 days', share(cost({ ...unblended, window: '30d' }), { by: ['service'] }), {
        overrides: valueColumn('Share'),
        description: 'What share of the cost of 30 days each service has.',
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
      }),
      stat(
        'Change against the week before',
        sub(
          div(
            sum(avgOverTime(lastDayCost({ scope }), '7d')),
            gt(sum(offset(avgOverTime(lastDayCost({ scope }), '7d'), '7d')), 0),
          ),
          1,
        ),
        {
          description: 'Mean daily cost of seven days against the seven before. Up is red.',
          thresholds: { base: 'green', 0.05: 'yellow', 0.2: 'red' },
          noValue: 'less than two weeks of data',
        },
      ),
      timeseries('Daily cost by scope', lastDayCost({ scope }), {
        description: 'Unblended cost of the last complete day, by cost allocation scope.',
        legend: '{{scope}}',
        noValue: 'no data from cloud-cost-exporter',
      }),
      bargauge('Cost per deployment by scope, 30 days', costPerDeploymentByScope, {
        description:
          'Amortized cost of the scope over its successful production deployments; scopes without one are absent.',
        legend: '{{scope}}',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no deployments',
      }),
    ]),

    row('Savings', [
      stat('Saved by commitments, 30 days', savedShare(chosen), {
        description:
          'Net savings of savings plans and reservations, as a share of what the same use had cost on demand.',
        thresholds: { base: 'red', 0: 'yellow', 0.1: 'green' },
        noValue: 'no commitments',
      }),
      stat('Saved, 30 days', sum(savingsNet({ ...chosen, window: '30d' }), { by: ['kind'] }), {
        description: 'Net of the fees for what was not used. Negative: on demand had been cheaper.',
        legend: '{{kind}}',
        decimals: 2,
        thresholds: { base: 'red', 0: 'green' },
        noValue: 'no commitments',
      }),
      stat('Commitment used, 30 days', min(commitmentUtilization({ ...chosen, window: '30d' }), { by: ['kind'] }), {
        description: 'Used share of what is paid for anyway.',
        legend: '{{kind}}',
        thresholds: { base: 'red', 0.7: 'yellow', 0.9: 'green' },
        noValue: 'no commitments',
      }),
      stat(
        'Use covered by commitments, 30 days',
        min(commitmentCoverage({ ...chosen, window: '30d' }), { by: ['kind'] }),
        {
          description: 'High use with low coverage means that there is room for more commitment.',
          legend: '{{kind}}',
          thresholds: neutral,
          noValue: 'no commitments',
        },
      ),
      stat(
        'Untagged share, 30 days',
        div(
          sum(costUntagged({ account, window: '30d' })),
          gt(sum(cost({ account, metric: 'unblended', window: '30d' })), 0),
        ),
        {
          description: 'Cost that belongs to no scope; cost per scope is too low by that much.',
          thresholds: { base: 'green', 0.05: 'yellow', 0.1: 'red' },
          noValue: 'all is tagged',
        },
      ),
    ]),

    row('Cluster, at list prices', [
      timeseries('CPU cost by namespace', sum(cpuCost, { by: byNamespace }), {
        description: 'USD per hour for the larger of what containers request and use.',
        legend: '{{namespace}}',
        stacking: 'normal',
        noValue: 'no data from opencost',
      }),
      timeseries('Memory cost by namespace', sum(memoryCost, { by: byNamespace }), {
        description: 'USD per hour for the larger of what containers request and use.',
        legend: '{{namespace}}',
        stacking: 'normal',
        unit: 'suffix: USD/h',
        noValue: 'no data from opencost',
      }),
      timeseries('GPU cost by namespace', sum(gpuCost, { by: byNamespace }), {
        description: 'USD per hour for the GPUs that containers hold, busy or idle.',
        legend: '{{namespace}}',
        stacking: 'normal',
        noValue: 'no GPUs',
      }),
      stat('Nodes, 730 hours', mul(allNodes, 730), {
        description: 'List price of the nodes of this moment for a month of 730 hours.',
        unit: 'currencyUSD',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from opencost',
      }),
      stat('Idle share', sub(1, div(allContainers, gt(allNodes, 0))), {
        description: 'Share of the price of all nodes that no container is billed for.',
        unit: 'percentunit',
        thresholds: { base: 'green', 0.3: 'yellow', 0.5: 'red' },
        noValue: 'no data from opencost',
      }),
    ]),

    row(
      'The exporter itself',
      [
        timeseries(
          'Requests to the billing API, 1 day',
          sum(increase(costApiRequests, '1d'), { by: ['operation', 'result'] }),
          {
            description: 'Each page of an answer is a request and is paid for.',
            legend: '{{operation}}: {{result}}',
            noValue: 'no data from cloud-cost-exporter',
          },
        ),
        stat('Price of asking, 30 days', sum(increase(costApiSpend, '30d')), {
          description: 'What the requests to the billing API cost.',
          decimals: 2,
          thresholds: { base: 'green', 10: 'yellow', 50: 'red' },
          noValue: 'no data from cloud-cost-exporter',
        }),
      ],
      { collapsed: true },
    ),
  ],
});
