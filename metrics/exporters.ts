/**
 * What Prometheus scrapes. Where a version stands, names and labels were read in that version's code or on its
 * live endpoint; where none stands, in the project's documentation or in code of no certain release: look at
 * `# TYPE` of the running one before you rely on a detail.
 *
 * The job names are those of the exporters' own charts and mixins, so that rules
 * taken from elsewhere keep working; the intervals follow how fast the thing behind each one moves.
 */
import { exporter } from 'dashwright';

/** Receives GitHub's `workflow_run`, `workflow_job` and `deployment_status` webhooks and keeps the counters. */
export const githubActions = exporter('github-actions-exporter', {
  scrapeInterval: '30s',
  targets: ['github-actions-exporter:9101'],
});

/** Listener of actions-runner-controller: one per runner scale set. */
export const runnerListener = exporter('arc-listener', {
  scrapeInterval: '30s',
  targets: ['arc-listener:8080'],
});

/** For batch jobs that end before a scrape; the pushed `job` and `instance` must survive, hence honorLabels. */
export const pushgateway = exporter('pushgateway', {
  scrapeInterval: '30s',
  targets: ['pushgateway:9091'],
  honorLabels: true,
  version: '1.5.1',
});

export const kubeStateMetrics = exporter('kube-state-metrics', {
  scrapeInterval: '30s',
  targets: ['kube-state-metrics:8080'],
  version: '2.20.0',
});

/**
 * OpenCost serves copies of a number of kube-state-metrics' metrics, so every selector of them names the job:
 * without it, requests and nodes count twice.
 */
export const fromKsm = { job: 'kube-state-metrics' } as const;

/** kube-state-metrics about itself: another port, so another job. */
export const kubeStateMetricsSelf = exporter('kube-state-metrics-self', {
  scrapeInterval: '30s',
  targets: ['kube-state-metrics:8081'],
  version: '2.20.0',
});

/**
 * This one and the four below serve TLS to those who hold a token, at addresses that the cluster gives out:
 * they have no targets here. List them in `targets/<job>.yaml` beside prometheus.yml, with `__scheme__: https`,
 * or put a discovery of your own in their place, under the same job name.
 */
export const kubelet = exporter('kubelet', {
  scrapeInterval: '30s',
});

export const cadvisor = exporter('cadvisor', {
  scrapeInterval: '30s',
  metricsPath: '/metrics/cadvisor',
});

/** Managed control planes often hide this one; panels and alerts on it then stay empty, and say so. */
export const kubeScheduler = exporter('kube-scheduler', {
  scrapeInterval: '30s',
});

/** Home of the HPA controller. Hidden on most managed control planes, as the scheduler is. */
export const kubeControllerManager = exporter('kube-controller-manager', {
  scrapeInterval: '30s',
});

export const apiserver = exporter('apiserver', {
  scrapeInterval: '30s',
});

export const nodeExporter = exporter('node-exporter', {
  scrapeInterval: '30s',
  targets: ['node-exporter:9100'],
  version: '1.12.1',
});

export const clusterAutoscaler = exporter('cluster-autoscaler', {
  scrapeInterval: '30s',
  targets: ['cluster-autoscaler:8085'],
  version: '1.36.0',
});

export const karpenter = exporter('karpenter', {
  scrapeInterval: '30s',
  targets: ['karpenter:8080'],
});

/** honorLabels: without it KEDA's own `namespace` arrives as `exported_namespace`. */
export const keda = exporter('keda-operator', {
  scrapeInterval: '30s',
  targets: ['keda-operator:8080'],
  honorLabels: true,
  version: '2.21',
});

/** Polls the bill every few hours and serves the last answer: scraping more often would show nothing new. */
export const cloudCost = exporter('cloud-cost-exporter', {
  scrapeInterval: '1m',
  targets: ['cloud-cost-exporter:9102'],
});

export const opencost = exporter('opencost', {
  scrapeInterval: '1m',
  targets: ['opencost:9003'],
});

export const prometheus = exporter('prometheus', {
  scrapeInterval: '15s',
  targets: ['localhost:9090'],
});

export const alertmanager = exporter('alertmanager', {
  scrapeInterval: '15s',
  targets: ['alertmanager:9093'],
});

export const grafana = exporter('grafana', {
  scrapeInterval: '15s',
  targets: ['grafana:3000'],
});

/** Long-lived service that the pipeline runs report to, so that counters outlive the run. */
export const dataPipelines = exporter('data-pipeline-exporter', {
  scrapeInterval: '30s',
  targets: ['data-pipeline-exporter:9103'],
});

/** Writes the result of each drift and quality evaluation; no standard exporter for these exists. */
export const modelMonitor = exporter('model-monitor', {
  scrapeInterval: '1m',
  targets: ['model-monitor:9104'],
});

export const vllm = exporter('vllm', {
  scrapeInterval: '15s',
  targets: ['vllm:8000'],
});

export const dcgm = exporter('dcgm-exporter', {
  scrapeInterval: '30s',
  targets: ['dcgm-exporter:9400'],
});
