/** The key numbers of all six areas on one page, and the way to each of them. */
import {
  age,
  count,
  dashboard,
  dataLink,
  max,
  or,
  row,
  stat,
  sum,
  table,
  target,
  textPanel,
  timeseries,
  vector,
} from 'dashwright';
import { lastEventTimestamp } from '../metrics/cicd.ts';
import { costLastSuccess } from '../metrics/cost.ts';
import { dataLastRun } from '../metrics/data-pipelines.ts';
import { driftLastEvaluation } from '../metrics/models.ts';
import { alerts } from '../metrics/monitoring.ts';
import { cpuUtilisation, memoryUtilisation, requestsCommitment } from '../rules/kubernetes-records.ts';
import { firingAlerts } from '../rules/monitoring-records.ts';
import {
  alertsPerDay,
  clusterAvailability,
  costPerDeployment,
  dailyCost,
  dataProcessed,
  dataSuccess,
  deploymentsPerWeek,
  lowestQuality,
  meanPodAge,
  meanQuality,
  meanRunTime,
  monthlyCost,
  ofPeople,
  pageLoad,
  pipelineSuccess,
  recoveryTime,
  savedShare,
  scalingEvents,
  targetsMonitored,
} from './_key-numbers.ts';
import autoscaling from './autoscaling.ts';
import cicd from './cicd.ts';
import costs from './cost.ts';
import data from './data-pipelines.ts';
import kubernetes from './kubernetes.ts';
import monitoring from './monitoring.ts';
import { freshFor, mlops, neighbours, neutral, valueColumn } from './_pack.ts';

const firing = (severity: 'critical' | 'warning' | 'info') =>
  or(count(alerts({ ...ofPeople, alertstate: 'firing', severity })), vector(0));

const toCicd = { links: [dataLink('CI/CD pipelines', cicd)] };
const toKubernetes = { links: [dataLink('Kubernetes health', kubernetes)] };
const toAutoscaling = { links: [dataLink('Auto-scaling', autoscaling)] };
const toCost = { links: [dataLink('Infrastructure cost', costs)] };
const toMonitoring = { links: [dataLink('Monitoring health', monitoring)] };
const toData = { links: [dataLink('Data pipelines and models', data)] };

export default dashboard('MLOps overview', {
  uid: 'mlops-overview',
  description: 'The key numbers of the six areas, for everything. Each number leads to the dashboard that explains it.',
  folder: mlops,
  tags: ['mlops', 'overview'],
  links: neighbours,
  time: { from: 'now-7d', to: 'now' },
  refresh: '5m',
  rows: [
    row('Alerts and age of the data', [
      stat(
        'Firing alerts',
        [
          target(firing('critical'), { legend: 'critical' }),
          target(firing('warning'), { legend: 'warning' }),
          target(firing('info'), { legend: 'info' }),
        ],
        {
          unit: 'short',
          description: 'Alerts that fire now, by severity.',
          width: 8,
          thresholds: { base: 'green', 1: 'red' },
          noValue: '0',
          ...toMonitoring,
        },
      ),
      stat(
        'Age of the data',
        [
          target(age(lastEventTimestamp, { by: ['job'] }), { legend: 'CI/CD' }),
          target(age(costLastSuccess, { by: ['provider'] }), { legend: 'cost' }),
          target(age(dataLastRun, { by: ['job'] }), { legend: 'data pipelines' }),
          target(age(driftLastEvaluation, { by: ['job'] }), { legend: 'drift' }),
        ],
        {
          description:
            'When each source that is not scraped live last told something. A source that is missing here tells nothing at all.',
          width: 16,
          thresholds: freshFor(86_400, 3 * 86_400),
          noValue: 'no source tells anything',
        },
      ),
    ]),

    row('CI/CD', [
      stat('Pipeline success, 7 days', pipelineSuccess(), {
        description: 'Share of the runs that ended well; cancelled and skipped ones do not count.',
        thresholds: { base: 'red', 0.8: 'yellow', 0.95: 'green' },
        noValue: 'no runs',
        ...toCicd,
      }),
      stat('Mean run time, 7 days', meanRunTime(), {
        description: 'Wall time of a successful run.',
        thresholds: { base: 'green', 900: 'yellow', 1800: 'red' },
        noValue: 'no runs',
        ...toCicd,
      }),
      stat('Deployments, 7 days', deploymentsPerWeek(), {
        description: 'Successful deployments to production.',
        thresholds: { base: 'yellow', 1: 'green' },
        noValue: 'no deployments',
        ...toCicd,
      }),
      stat('Recovery time, median, 30 days', recoveryTime(), {
        description: 'From a deployment that failed in production to the one that restored it.',
        thresholds: { base: 'green', 3600: 'yellow', 86_400: 'red' },
        noValue: 'no failed deployments',
        ...toCicd,
      }),
    ]),

    row('Infrastructure', [
      stat('Age of running pods, mean', meanPodAge(), {
        description: 'How long running pods have run. It is no availability: every release makes it fall.',
        thresholds: neutral,
        noValue: 'no pods run',
        ...toKubernetes,
      }),
      stat(
        'Utilisation',
        [target(cpuUtilisation, { legend: 'CPU' }), target(memoryUtilisation, { legend: 'memory' })],
        {
          description: 'Used share of all nodes.',
          thresholds: { base: 'green', 0.8: 'yellow', 0.9: 'red' },
          noValue: 'no data from node-exporter',
          ...toKubernetes,
        },
      ),
      stat('Requests commitment', requestsCommitment, {
        unit: 'percentunit',
        description: 'Requested share of what nodes have for pods: what is left for new ones.',
        legend: '{{resource}}',
        thresholds: { base: 'green', 0.8: 'yellow', 1: 'red' },
        noValue: 'no data from kube-state-metrics',
        ...toKubernetes,
      }),
      stat('Scaling events, 7 days', scalingEvents(), {
        description: 'Changes of the wanted number of replicas.',
        thresholds: neutral,
        noValue: 'no autoscalers',
        ...toAutoscaling,
      }),
      stat('Nodes ready, 30 days', clusterAvailability, {
        description: 'Availability of the cluster as share of node time.',
        decimals: 3,
        thresholds: { base: 'red', 0.99: 'yellow', 0.999: 'green' },
        noValue: 'no data from kube-state-metrics',
        ...toKubernetes,
      }),
    ]),

    row('Cost', [
      stat('Last complete day', dailyCost(), {
        description: 'Unblended cost of the last day that is counted completely.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
        ...toCost,
      }),
      stat('Last 30 days', monthlyCost(), {
        description: 'Unblended cost of the last 30 complete days.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no data from cloud-cost-exporter',
        ...toCost,
      }),
      stat('Cost per deployment, 30 days', costPerDeployment(), {
        description: 'Amortized cost over successful production deployments.',
        decimals: 2,
        thresholds: neutral,
        noValue: 'no deployments',
        ...toCost,
      }),
      stat('Saved by commitments, 30 days', savedShare(), {
        description: 'Net savings as a share of what the same use had cost on demand.',
        thresholds: { base: 'red', 0: 'yellow', 0.1: 'green' },
        noValue: 'no commitments',
        ...toCost,
      }),
    ]),

    row('Monitoring', [
      stat('Targets', targetsMonitored(), {
        description: 'Targets that Prometheus scrapes, up or down.',
        thresholds: { base: 'red', 1: 'blue' },
        noValue: 'no targets',
        ...toMonitoring,
      }),
      stat('Alerts started, 1 day', alertsPerDay, {
        unit: 'short',
        description: 'Alerts that began to fire within a day.',
        thresholds: { base: 'green', 10: 'yellow', 50: 'red' },
        noValue: '0',
        ...toMonitoring,
      }),
      stat('Page load, p95, 1 day', pageLoad, {
        description: 'What browsers report of the load of a page of Grafana.',
        thresholds: { base: 'green', 3: 'yellow', 8: 'red' },
        noValue: 'nobody looked',
        ...toMonitoring,
      }),
    ]),

    row('Data pipelines', [
      stat('Pipeline success, 7 days', dataSuccess(), {
        key: 'Data pipeline success, 7 days',
        description: 'Share of the runs that succeeded.',
        thresholds: { base: 'red', 0.9: 'yellow', 0.99: 'green' },
        noValue: 'no runs',
        ...toData,
      }),
      stat('Processed, 7 days', dataProcessed(), {
        description: 'Input that was read.',
        thresholds: neutral,
        noValue: 'no data from data-pipeline-exporter',
        ...toData,
      }),
      stat(
        'Quality score',
        [target(meanQuality(), { legend: 'mean' }), target(lowestQuality(), { legend: 'lowest' })],
        {
          description: 'Mean and worst of all checks. The mean alone hides one bad check behind fifty good ones.',
          unit: 'percentunit',
          thresholds: { base: 'red', 0.9: 'yellow', 0.95: 'green' },
          noValue: 'no checks',
          ...toData,
        },
      ),
    ]),

    row('History', [
      timeseries('Firing alerts by severity', sum(firingAlerts(ofPeople), { by: ['severity'] }), {
        description: 'Alerts that fired at each moment.',
        legend: '{{severity}}',
        stacking: 'normal',
        noValue: 'none',
      }),
      table('Alerts that fire', max(alerts({ ...ofPeople, alertstate: 'firing' }), { by: ['alertname', 'severity'] }), {
        overrides: valueColumn('Firing'),
        description: 'Which ones. Each has a runbook: its annotation runbook_url leads there.',
        thresholds: { base: 'red' },
        noValue: 'none',
      }),
      textPanel(
        'How to read this page',
        [
          'A number is of the window in its title, for all repositories, namespaces and scopes together.',
          '',
          '- **Age of the data** comes first: a green number from an old source is no good news.',
          '- A window of 7 or 30 days ends now, whatever the time range of the page; the history below follows the time range.',
          '- Cost is two days behind: the cloud needs that long to finish counting a day.',
        ].join('\n'),
        { description: 'What the numbers cover.' },
      ),
    ]),
  ],
});
