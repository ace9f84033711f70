/**
 * Every class of wrong query, one example of each in one world: the wrong one gives the class's code, the right one no
 * warning and no error. The letters are those of docs/codes/README.md.
 */
import { describe, expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import { CODES } from '../../src/analysis/codes.ts';
import type {
  DashboardSubject,
  DeclaredVariable,
  GroupSubject,
  PanelPlace,
  Place,
  ProjectSubject,
  Subject,
} from '../../src/analysis/subject.ts';
import type { World } from '../../src/analysis/facts/world.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { createWorld, type RecordedRule } from '../../src/analysis/world.ts';
import { parse } from '../../src/promql/parse.ts';
import { exporter, labels, metric, subject } from './harness.ts';

const API = exporter('api', { targets: ['a:80', 'b:80'] });
const NODE = exporter('node', { scrapeIntervalSeconds: 60, targets: ['n1:9100', 'n2:9100'] });
const KSM = exporter('ksm', { targets: ['ksm:8080'] });
const KUBELET = exporter('kubelet', { targets: ['n1:10250', 'n2:10250'] });
const PYTHON = exporter('worker', { clientLibrary: 'client_python' });

const CODE = ['200', '404', '500', '503'];
const POD = ['namespace', 'pod'];

const METRICS = [
  metric('http_requests_total', 'counter', {
    exporter: API,
    labels: { code: CODE, namespace: 'any', path: { values: { type: 'any' }, cardinality: 5000 } },
    appearsOnFirstUse: true,
  }),
  metric('http_reqs_total', 'counter', { exporter: API }),
  metric('http_errors_total', 'counter', { exporter: API, labels: { reason: 'any' } }),
  metric('errors_total', 'counter', { exporter: API, unit: 'count', labels: { code: CODE }, appearsOnFirstUse: true }),
  metric('requests_total', 'counter', { exporter: API, unit: 'count', labels: { code: CODE } }),
  metric('jobs_failed_total', 'counter', { exporter: API }),
  metric('jobs_total', 'counter', { exporter: PYTHON }),
  metric('queue_depth', 'gauge', { exporter: API, range: { min: 0 } }),
  metric('backlog', 'gauge', { exporter: API, range: { min: 0 } }),
  metric('limit', 'gauge', { exporter: API, range: { min: 1 } }),
  metric('up', 'gauge', {
    exporter: exporter('api', {
      targets: ['a:80', 'b:80'],
      targetLabels: labels({ job: ['api', 'node', 'ksm'], cluster: 'any' }),
    }),
  }),
  metric('build_info', 'info', { exporter: API, labels: { revision: 'any' }, key: ['instance'] }),
  metric('app_build_info', 'info', { exporter: NODE, labels: { version: { values: { type: 'any' }, mutable: true } } }),
  metric('backup_last_success_timestamp_seconds', 'gauge', { exporter: API, unit: 'timestamp_seconds', key: [] }),
  metric('job_finished_timestamp_ms', 'gauge', { exporter: API, unit: 'timestamp_milliseconds' }),
  metric('process_start_time_seconds', 'gauge', { exporter: API, unit: 'timestamp_seconds' }),
  metric('process_cpu_seconds_total', 'counter', { exporter: API, unit: 'seconds' }),
  metric('req_seconds', 'histogram', { exporter: API, unit: 'seconds', buckets: [0.1, 0.25, 1] }),
  metric('req_summary_seconds', 'summary', { exporter: API, unit: 'seconds', quantiles: [0.5, 0.9, 0.99] }),
  metric('native_seconds', 'nativeHistogram', { exporter: API, unit: 'seconds' }),
  metric('node_cpu_seconds_total', 'counter', {
    exporter: NODE,
    unit: 'seconds',
    labels: { cpu: 'any', mode: ['idle', 'user', 'system'] },
    renamedFrom: ['node_cpu'],
  }),
  metric('node_load1', 'gauge', { exporter: NODE, key: ['instance'], range: { min: 0 } }),
  metric('machine_cpu_cores', 'gauge', { exporter: NODE, unit: 'cores', key: ['instance'], range: { min: 1 } }),
  metric('node_memory_MemTotal_bytes', 'gauge', {
    exporter: NODE,
    unit: 'bytes',
    key: ['instance'],
    range: { min: 1 },
  }),
  metric('node_memory_MemAvailable_bytes', 'gauge', {
    exporter: NODE,
    unit: 'bytes',
    key: ['instance'],
    range: { min: 0 },
  }),
  metric('node_filesystem_avail_bytes', 'gauge', { exporter: NODE, unit: 'bytes', range: { min: 0 } }),
  metric('node_filesystem_size_bytes', 'gauge', { exporter: NODE, unit: 'bytes', range: { min: 1 } }),
  metric('node_network_receive_bytes_total', 'counter', { exporter: NODE, unit: 'bytes' }),
  metric('node_uname_info', 'info', { exporter: NODE, labels: { release: 'any', nodename: 'any' }, key: ['instance'] }),
  metric('container_memory_working_set_bytes', 'gauge', {
    exporter: KUBELET,
    unit: 'bytes',
    labels: { namespace: 'any', pod: 'any' },
    key: POD,
  }),
  metric('kube_pod_info', 'info', { exporter: KSM, labels: { namespace: 'any', pod: 'any', node: 'any' }, key: POD }),
  metric('kube_pod_labels', 'info', {
    exporter: KSM,
    labels: { namespace: 'any', pod: 'any', label_app: 'any' },
    key: POD,
  }),
  metric('kube_pod_status_phase', 'stateset', {
    exporter: KSM,
    labels: { namespace: 'any', pod: 'any', phase: ['Pending', 'Running', 'Failed'] },
    key: [...POD, 'phase'],
  }),
  metric('kube_pod_deletion_timestamp', 'gauge', {
    exporter: KSM,
    unit: 'timestamp_seconds',
    labels: { namespace: 'any', pod: 'any' },
    key: POD,
  }),
  metric('kube_node_status_capacity', 'gauge', {
    exporter: KSM,
    labels: { node: 'any', resource: ['cpu', 'memory', 'pods'] },
    unitByLabel: { label: 'resource', units: { cpu: 'cores', memory: 'bytes', pods: 'count' } },
  }),
  metric('kube_hpa_jobs_total', 'gauge', { exporter: KSM, labels: { hpa: 'any' } }),
  metric('kubelet_evictions', 'counter', { exporter: KUBELET, labels: { reason: 'any' } }),
  metric('http_server_request_duration_seconds', 'histogram', { exporter: API, unit: 'seconds', buckets: [0.1, 1] }),
];

const recorded = (name: string, text: string, intervalSeconds = 300): RecordedRule => ({
  name,
  text,
  expr: parse(text),
  intervalSeconds,
});

const world: World = createWorld({
  closed: true,
  catalogue: { metrics: METRICS },
  rules: [
    recorded('job:http_requests:rate5m', 'sum by (job) (rate(http_requests_total[5m]))'),
    recorded('job:errors:rate5m', 'sum by (job) (rate(errors_total[5m]))'),
    recorded('a:x', 'sum(up)', 60),
    recorded('b:x', 'a:x + 1', 60),
  ],
  server: { version: '3.5', evaluationIntervalSeconds: 60 },
});

const alert = (more: Partial<Extract<Place, { type: 'alert' }>> = {}): Place => ({
  type: 'alert',
  name: 'Alert',
  labels: {},
  annotations: {},
  ...more,
});
const says = (description: string): Place => alert({ annotations: { description } });
const record = (name: string, more: Partial<Extract<Place, { type: 'record' }>> = {}): Place => ({
  type: 'record',
  name,
  labels: {},
  ...more,
});
const panel = (more: Partial<PanelPlace> = {}): Place => ({
  type: 'panel',
  title: 'Panel',
  panelType: 'timeseries',
  ...more,
});
const variables = (...names: readonly (string | DeclaredVariable)[]): ReadonlyMap<string, DeclaredVariable> =>
  new Map(
    names
      .map((name) => (typeof name === 'string' ? { name, type: 'query', multi: false, includeAll: false } : name))
      .map((one) => [one.name, one]),
  );
const multi = (name: string): DeclaredVariable => ({ name, type: 'query', multi: true, includeAll: true });

const query = (text: string, place: Place = { type: 'query' }): ProjectSubject => ({
  groups: [],
  dashboards: [],
  queries: [subject(text, place)],
});
const group = (rules: readonly Subject[], more: Partial<GroupSubject> = {}): ProjectSubject => ({
  groups: [{ name: 'g', rules, ...more }],
  dashboards: [],
  queries: [],
});
const dashboard = (queries: readonly Subject[], declared: ReadonlyMap<string, DeclaredVariable>): ProjectSubject => {
  const one: DashboardSubject = { title: 'D', variables: [...declared.values()], queries, otherTexts: [], where: [] };
  return { groups: [], dashboards: [one], queries: [] };
};

interface Example {
  readonly wrong: readonly ProjectSubject[];
  readonly right: readonly ProjectSubject[];
  /** Codes that a wrong example rightly gives besides. */
  readonly also?: readonly string[];
}

const short = (
  wrong: string | readonly string[],
  right: string | readonly string[],
  also: readonly string[] = [],
  place?: Place,
): Example => ({
  wrong: [wrong].flat().map((text) => query(text, place)),
  right: [right].flat().map((text) => query(text, place)),
  also,
});

const EXAMPLES: Readonly<Record<string, Example>> = {
  A01: short(
    'rate(requests_total{code="500"}[5m]) / rate(requests_total[5m])',
    'sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))',
  ),
  A02: short(
    'rate(requests_total{code="500"}[5m]) / rate(requests_total{code="200"}[5m])',
    'rate(requests_total{code="500"}[5m]) / ignoring (code) rate(requests_total{code="200"}[5m])',
  ),
  A03: short(
    'rate(http_errors_total[5m]) / rate(http_reqs_total[5m])',
    'sum by (instance, job) (rate(http_errors_total[5m])) / rate(http_reqs_total[5m])',
  ),
  A04: short(
    'kube_pod_info{node="n1"} * ignoring (pod) node_load1',
    'kube_pod_info * on (node) group_left () label_replace(node_load1, "node", "$1", "instance", "(.+)")',
  ),
  A05: short(
    'node_cpu_seconds_total / on (instance) node_memory_MemTotal_bytes',
    'sum by (instance) (rate(node_cpu_seconds_total[5m])) / on (instance) node_memory_MemTotal_bytes',
    ['Q229', 'Q201'],
  ),
  A06: short(
    'container_memory_working_set_bytes * on (namespace) group_left () kube_pod_info',
    'container_memory_working_set_bytes * on (namespace, pod) group_left (node) max by (namespace, pod, node) (kube_pod_info)',
  ),
  A07: short(
    'container_memory_working_set_bytes * on (namespace, pod) group_left (node) kube_pod_labels',
    'container_memory_working_set_bytes * on (namespace, pod) group_left (node) kube_pod_info',
  ),
  A08: short(
    'container_memory_working_set_bytes * on (namespace, pod) group_left (instance) kube_pod_info',
    'container_memory_working_set_bytes * on (namespace, pod) group_left (node) kube_pod_info',
  ),
  A09: short('up * on (clustr) group_left () build_info', 'up * on (instance) group_left () build_info'),
  A10: short(
    'kube_pod_status_phase{phase="Pending"} == 1 unless kube_pod_deletion_timestamp > 0',
    'kube_pod_status_phase{phase="Pending"} == 1 unless on (namespace, pod) kube_pod_deletion_timestamp > 0',
  ),
  A11: short(
    'sum by (code) (rate(http_requests_total[5m])) or vector(0)',
    'sum(rate(http_requests_total[5m])) or vector(0)',
  ),
  A12: short(
    'sum by (pod_name) (container_memory_working_set_bytes)',
    'sum by (pod) (container_memory_working_set_bytes)',
  ),
  A13: short('sum without (hostname) (node_load1)', 'sum without (instance) (node_load1)'),
  A14: short('rate(http_requests_total{namespcae="x"}[5m])', 'rate(http_requests_total{namespace="x"}[5m])'),
  A15: short('rate(node_cpu_seconds_total{mode="idel"}[5m])', 'rate(node_cpu_seconds_total{mode="idle"}[5m])'),
  A16: short(
    'sum(rate(node_cpu_seconds_total{mode!="ilde"}[5m]))',
    'sum(rate(node_cpu_seconds_total{mode!="idle"}[5m]))',
  ),
  A17: short('rate(http_requests_total{code=~"5"}[5m])', 'rate(http_requests_total{code=~"5.."}[5m])'),
  A18: short(
    'label_replace(up, "host", "$1", "instance", ".*:.*")',
    'label_replace(up, "host", "$1", "instance", "(.*):.*")',
  ),
  A19: short(
    'label_replace(up, "host", "$1", "job", "(.*):80")',
    'label_replace(up, "host", "$1", "instance", "(.*):80")',
  ),
  A20: short(
    'label_replace(rate(http_requests_total[5m]), "code", "any", "code", ".*")',
    'sum without (code) (rate(http_requests_total[5m]))',
  ),
  A21: short('node_load1 / scalar(machine_cpu_cores)', 'node_load1 / on (instance) machine_cpu_cores'),
  A22: short(
    ['up{job="api", job="node"}', 'sum(rate(requests_total{code!="500", code=~"50[01]"}[5m]))'],
    'up{job=~"api|node"}',
  ),
  B01: short('rate(node_memory_MemAvailable_bytes[5m])', 'deriv(node_memory_MemAvailable_bytes[5m])'),
  B02: short('increase(kube_hpa_jobs_total[1h])', [
    'max_over_time(kube_hpa_jobs_total[1h])',
    'rate(kubelet_evictions[5m])',
  ]),
  B03: short('errors_total > 10', 'increase(errors_total[1h]) > 10'),
  B04: short(
    [
      'delta(http_requests_total[5m])',
      'avg_over_time(http_requests_total[5m])',
      'deriv(http_requests_total[5m])',
      'predict_linear(http_requests_total[5m], 60)',
    ],
    'increase(http_requests_total[5m])',
  ),
  B05: short('rate(sum(http_requests_total)[5m:1m])', 'sum(rate(http_requests_total[5m]))'),
  B06: short('rate(job:http_requests:rate5m[30m])', 'avg_over_time(job:http_requests:rate5m[30m])'),
  B07: short('increase(jobs_failed_total[5m]) == 1', 'increase(jobs_failed_total[5m]) > 0'),
  B08: short('count(kube_pod_status_phase{phase="Failed"})', 'sum(kube_pod_status_phase{phase="Failed"})'),
  B09: short('count(up{job="api"} == 1) < 2', 'sum(up{job="api"}) < 2'),
  B10: short(
    'sum(rate(http_requests_total{code="200"}[5m])) == 0',
    'sum(rate(http_requests_total{code="200"}[5m])) == 0 or absent(http_requests_total{code="200"})',
    [],
    alert(),
  ),
  B11: short('absent(queue_depth > 0)', 'absent(queue_depth)'),
  B12: short(
    'absent(sum by (job) (up{job="api"}))',
    'absent(up{job="api"})',
    ['R701'],
    says('{{ $labels.job }} is gone.'),
  ),
  B13: short(
    'increase(errors_total{code="500"}[5m]) > 0',
    'increase(errors_total{code="500"}[5m]) > 0 or (errors_total{code="500"} unless errors_total{code="500"} offset 5m) > 0',
    [],
    alert(),
  ),
  B14: short(
    ['sum(node_uname_info) > 100', 'node_uname_info > 1'],
    'node_load1 * on (instance) group_left (release) node_uname_info',
    ['Q508'],
  ),
  B15: short(
    'node_load1 * on (instance) group_left (version) app_build_info',
    'node_load1 * on (instance) group_left (version) topk by (instance) (1, app_build_info)',
  ),
  B16: short('backup_last_success_timestamp_seconds > 3600', 'time() - backup_last_success_timestamp_seconds > 3600'),
  B17: short('time() - job_finished_timestamp_ms > 60', 'time() - job_finished_timestamp_ms / 1000 > 60'),
  H01: short(
    'histogram_quantile(0.9, sum by (job) (rate(req_seconds_bucket[5m])))',
    'histogram_quantile(0.9, sum by (job, le) (rate(req_seconds_bucket[5m])))',
  ),
  H02: short('histogram_quantile(0.9, req_seconds_bucket)', 'histogram_quantile(0.9, rate(req_seconds_bucket[5m]))'),
  H03: short(
    [
      'histogram_quantile(0.9, avg by (le) (rate(req_seconds_bucket[5m])))',
      'histogram_quantile(0.9, max by (le) (rate(req_seconds_bucket[5m])))',
    ],
    'histogram_quantile(0.9, sum by (le) (rate(req_seconds_bucket[5m])))',
  ),
  H04: short(
    ['histogram_quantile(0.9, rate(req_seconds_count[5m]))', 'histogram_quantile(0.9, rate(req_seconds[5m]))'],
    'histogram_quantile(0.9, rate(req_seconds_bucket[5m]))',
    ['M101'],
  ),
  H05: short(
    [
      'histogram_quantile(95, sum by (le) (rate(req_seconds_bucket[5m])))',
      'quantile(99, queue_depth)',
      'quantile_over_time(50, queue_depth[1h])',
    ],
    'histogram_quantile(0.45, sum by (le) (rate(req_seconds_bucket[5m])))',
  ),
  H06: short(
    'histogram_quantile(0.99, sum by (le) (rate(req_seconds_bucket[5m]))) > 5',
    'histogram_quantile(0.99, sum by (le) (rate(req_seconds_bucket[5m]))) >= 1',
  ),
  H07: short(
    ['rate(req_seconds_bucket{le="0.3"}[5m])', 'req_summary_seconds{quantile="0.95"}'],
    [
      'rate(req_seconds_bucket{le="0.25"}[5m])',
      'rate(req_seconds_bucket{le="1.0"}[5m])',
      'req_summary_seconds{quantile="0.9"}',
    ],
  ),
  H08: short(
    'rate(req_seconds_bucket{le="0.1"}[5m]) / rate(req_seconds_count[5m])',
    'rate(req_seconds_bucket{le="0.1"}[5m]) / ignoring (le) rate(req_seconds_count[5m])',
  ),
  H09: short('req_seconds_sum / req_seconds_count', 'rate(req_seconds_sum[5m]) / rate(req_seconds_count[5m])'),
  H10: short(
    ['avg(req_summary_seconds{quantile="0.99"})', 'avg(histogram_quantile(0.99, rate(req_seconds_bucket[5m])))'],
    'histogram_quantile(0.99, sum by (le) (rate(req_seconds_bucket[5m])))',
    ['Q243'],
  ),
  H11: short('histogram_quantile(0.9, rate(req_summary_seconds_bucket[5m]))', 'req_summary_seconds{quantile="0.9"}', [
    'M101',
  ]),
  H12: short('rate(errors_total[1h]) / rate(requests_total[5m])', 'rate(errors_total[5m]) / rate(requests_total[5m])'),
  U01: short(
    [
      'node_memory_MemTotal_bytes - machine_cpu_cores',
      'sum(rate(process_cpu_seconds_total[5m])) + sum(node_memory_MemTotal_bytes)',
    ],
    'node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes',
  ),
  U02: short('sum(kube_node_status_capacity)', 'sum(kube_node_status_capacity{resource="memory"}) / 1024 ^ 3'),
  U03: {
    wrong: [
      query(
        '100 * sum(rate(errors_total[$__rate_interval])) / sum(rate(requests_total[$__rate_interval]))',
        panel({ unit: 'percentunit' }),
      ),
      query(
        '100 * sum(rate(errors_total[$__rate_interval])) / sum(rate(requests_total[$__rate_interval])) > sum(rate(errors_total[$__rate_interval])) / sum(rate(requests_total[$__rate_interval]))',
      ),
    ],
    right: [
      query(
        '100 * sum(rate(errors_total[$__rate_interval])) / sum(rate(requests_total[$__rate_interval]))',
        panel({ unit: 'percent' }),
      ),
    ],
  },
  U04: {
    wrong: [
      query('rate(node_network_receive_bytes_total[$__rate_interval])', panel({ unit: 'bytes' })),
      query('rate(node_network_receive_bytes_total[$__rate_interval]) * 8', panel({ unit: 'Bps' })),
    ],
    right: [
      query('rate(node_network_receive_bytes_total[$__rate_interval])', panel({ unit: 'binBps' })),
      query('rate(node_network_receive_bytes_total[$__rate_interval]) * 8', panel({ unit: 'bps' })),
    ],
  },
  U05: {
    wrong: [query('rate(process_cpu_seconds_total[$__rate_interval])', panel({ unit: 's' }))],
    right: ['percentunit', 'none', 'short'].map((unit) =>
      query('rate(process_cpu_seconds_total[$__rate_interval])', panel({ unit })),
    ),
  },
  U06: {
    wrong: [query('process_start_time_seconds', panel({ unit: 'dateTimeAsIso' }))],
    right: [query('process_start_time_seconds * 1000', panel({ unit: 'dateTimeAsIso' }))],
  },
  U07: {
    wrong: [
      query(
        '100 * sum(rate(errors_total[5m])) / sum(rate(requests_total[5m])) > 5',
        says('{{ $value | humanizePercentage }} fail.'),
      ),
    ],
    right: [
      query(
        'sum(rate(errors_total[5m])) / (sum(rate(requests_total[5m])) > 0) > 0.05',
        says('{{ $value | humanizePercentage }} fail.'),
      ),
    ],
    also: ['Q242', 'Q241'],
  },
  U08: short(
    '1 - node_filesystem_avail_bytes / node_filesystem_size_bytes > 90',
    '(1 - node_filesystem_avail_bytes / node_filesystem_size_bytes) * 100 > 90',
  ),
  U09: short(
    ['queue_depth > 10 and queue_depth < 5', 'queue_depth > 80 or queue_depth > 90'],
    'queue_depth > 5 and queue_depth < 10',
  ),
  U10: short('queue_depth > backlog > limit', 'queue_depth > backlog and backlog > limit'),
  U11: short(
    'avg(rate(errors_total[5m]) / (rate(requests_total[5m]) > 0))',
    'sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))',
  ),
  N01: short(
    'sum(rate(requests_total{code="200"}[5m])) / sum(rate(requests_total[5m])) < 0.99',
    '(sum(rate(requests_total{code="200"}[5m])) / sum(rate(requests_total[5m])) < 0.99) or (sum(rate(requests_total[5m])) == 0)',
    [],
    alert(),
  ),
  N02: short(
    'rate(jobs_failed_total[5m]) / rate(http_reqs_total[5m]) > 0.1',
    'rate(jobs_failed_total[5m]) / (rate(http_reqs_total[5m]) > 0) > 0.1',
    [],
    alert(),
  ),
  N03: short('sum(backlog / queue_depth)', 'sum(backlog / (queue_depth > 0))'),
  N04: short('queue_depth or backlog > 5', '(queue_depth or backlog) > 5', [], alert()),
  N05: short('-2 ^ 2', '(-2) ^ 2'),
  N06: short('up == bool 0', 'up == 0', [], alert()),
  T01: short('rate(node_cpu_seconds_total[30s])', 'rate(node_cpu_seconds_total[5m])'),
  T02: short('max_over_time(job:errors:rate5m[1m])', 'max_over_time(job:errors:rate5m[15m])'),
  T03: short(
    'max_over_time(rate(http_requests_total[5m])[5m:10m])',
    'max_over_time(rate(http_requests_total[5m])[1h:1m])',
  ),
  T04: short(
    'increase(jobs_failed_total[5m]) > 0',
    'increase(jobs_failed_total[15m]) > 0',
    [],
    alert({ forSeconds: 600 }),
  ),
  T05: {
    wrong: [query('up == 0', alert({ forSeconds: 10, intervalSeconds: 60 }))],
    right: [query('up == 0', alert({ forSeconds: 60, intervalSeconds: 60 }))],
  },
  T06: short(
    'irate(http_requests_total[5m]) > 10',
    'rate(http_requests_total[5m]) > 10',
    [],
    alert({ forSeconds: 300 }),
  ),
  T07: short('rate(http_requests_total[$__rate_interval]) > 1', 'rate(http_requests_total[5m]) > 1', [], alert()),
  T08: short('rate(http_requests_total[$__interval])', 'rate(http_requests_total[$__rate_interval])', [], panel()),
  T09: short(
    'predict_linear(node_filesystem_avail_bytes[10m], 4 * 86400) < 0',
    'predict_linear(node_filesystem_avail_bytes[6h], 4 * 86400) < 0',
  ),
  T10: short(['queue_depth offset -5m > 1', 'queue_depth @ end() > 1'], 'queue_depth > 1', [], alert()),
  T11: {
    wrong: [
      group([subject('sum by (job) (up)', record('job:up:sum', { intervalSeconds: 600 }))], { intervalSeconds: 600 }),
    ],
    right: [
      group([subject('sum by (job) (up)', record('job:up:sum', { intervalSeconds: 300 }))], { intervalSeconds: 300 }),
    ],
  },
  T12: short('http_requests_total - http_requests_total offset 1h', 'increase(http_requests_total[1h])', ['Q201']),
  L01: short('sum(up) == 0', 'up == 0', [], says('{{ $labels.instance }} is down.')),
  L02: short(
    'up == 0',
    'up * on (instance) group_left (nodename) node_uname_info == 0',
    [],
    says('{{ $labels.nodename }} is down.'),
  ),
  L03: {
    wrong: [query('sum by (job) (rate(http_requests_total[$__rate_interval]))', panel({ legend: '{{namespace}}' }))],
    right: [query('sum by (job) (rate(http_requests_total[$__rate_interval]))', panel({ legend: '{{job}}' }))],
  },
  L04: {
    wrong: [query('up == 0', alert({ labels: { instance: 'prod' } }))],
    right: [query('up == 0', alert({ labels: { env: 'prod' } }))],
  },
  L05: {
    wrong: [
      query(
        'sum by (job, code) (rate(http_requests_total[5m]))',
        record('job_code:http_requests:rate5m', { labels: { code: 'all' } }),
      ),
    ],
    right: [
      query(
        'sum without (code, path, namespace, instance) (rate(http_requests_total[5m]))',
        record('job:http_requests:rate5m', { labels: { env: 'all' } }),
      ),
    ],
  },
  L06: short(
    'sum(rate(errors_total[5m])) > 1',
    'sum by (job) (rate(errors_total[5m])) > 1',
    [],
    alert({ routingLabels: ['job'] }),
  ),
  L07: short(
    'up{instance="$instance"}',
    'up{instance=~"$instance"}',
    [],
    panel({ variables: variables(multi('instance')) }),
  ),
  L08: {
    wrong: [
      dashboard(
        [
          subject('up{cluster="$clster"}', panel({ variables: variables('cluster') })),
          subject('up{cluster="$cluster"}', panel({ variables: variables('cluster') })),
        ],
        variables('cluster'),
      ),
    ],
    right: [
      dashboard([subject('up{cluster="$cluster"}', panel({ variables: variables('cluster') }))], variables('cluster')),
    ],
  },
  L09: {
    wrong: [query('up', { type: 'variable', name: 'ns', label: 'namespaces' })],
    right: [query('kube_pod_info', { type: 'variable', name: 'ns', label: 'namespace' })],
  },
  L10: {
    wrong: [query('sum by (instance) (rate(http_reqs_total[10m]))', record('job:http_reqs:rate5m'))],
    right: [query('sum by (instance) (rate(http_reqs_total[10m]))', record('instance:http_reqs:rate10m'))],
  },
  L11: {
    wrong: [group([subject('b:x + 1', record('a:x')), subject('a:x + 1', record('b:x'))])],
    right: [group([subject('sum(up)', record('a:x')), subject('a:x + 1', record('b:x'))])],
    also: ['M101'],
  },
  L12: short('sum(rate(node_cpu[5m]))', 'sum(rate(node_cpu_seconds_total[5m]))', ['M101']),
  G01: short('rate(jobs[5m])', 'rate(jobs_total[5m])', ['M101']),
  G02: short(
    ['rate({"http.server.request.duration"}[5m])', 'rate(http_server_request_duration_bucket[5m])'],
    'rate(http_server_request_duration_seconds_bucket[5m])',
    ['M101'],
  ),
  G03: short(
    'histogram_quantile(0.9, sum by (le) (rate(native_seconds[5m])))',
    'histogram_quantile(0.9, sum(rate(native_seconds[5m])))',
    ['Q312'],
  ),
  G04: short(
    ['max(native_seconds)', 'native_seconds > 1', 'topk(3, native_seconds)'],
    'histogram_count(native_seconds) > 1',
  ),
  G05: short(
    [
      'info(up)',
      'limitk(2, up)',
      'rate(http_requests_total[5m] smoothed)',
      'http_reqs_total + fill (0) jobs_failed_total',
      'rate(http_requests_total[5m * 2])',
    ],
    'topk(2, up)',
    ['Q201'],
  ),
  K01: short(
    'sum without (instance) (rate(http_requests_total[5m]))',
    'sum by (job, code) (rate(http_requests_total[5m]))',
    [],
    record('job:http_requests:rate5m'),
  ),
  K02: short(['sum({job="api"})', 'count({__name__=~"node_.*"})'], 'sum(up{job="api"})'),
  K03: short(['up{job=~"api"}', 'up{job=~".*"}'], 'up{job="api"}'),
};

const ADVICE: ReadonlySet<string> = new Set(
  CODES.filter(({ severity }) => severity === 'info').map(({ code }) => code),
);

const codesOf = (diagnostics: readonly Diagnostic[]): readonly string[] => [
  ...new Set(diagnostics.map(({ code }) => code)),
];

const text = ({ queries, groups, dashboards }: ProjectSubject): string =>
  [...queries, ...groups.flatMap(({ rules }) => rules), ...dashboards.flatMap((one) => one.queries)]
    .map((one) => one.text)
    .join(' ; ');

test('every class has an example', () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual([...new Set(CODES.flatMap(({ classes }) => classes))].toSorted());
});

describe.each(Object.entries(EXAMPLES))('%s', (id, { wrong, right, also = [] }) => {
  const codes = CODES.filter(({ classes }) => classes.includes(id)).map(({ code }) => code);

  test.each(wrong.map((one) => [text(one), one] as const))('wrong: %s', (_text, project) => {
    const found = codesOf(analyseProject(project, world));
    expect(found).toSatisfy((all: readonly string[]) => codes.some((code) => all.includes(code)));
    expect(found.filter((code) => !codes.includes(code) && !also.includes(code) && !ADVICE.has(code))).toEqual([]);
  });

  test.each(right.map((one) => [text(one), one] as const))('right: %s', (_text, project) => {
    expect(codesOf(analyseProject(project, world)).filter((code) => !ADVICE.has(code) || codes.includes(code))).toEqual(
      [],
    );
  });
});
