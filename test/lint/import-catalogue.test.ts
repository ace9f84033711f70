import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importCatalogue } from '../../src/lint/scrape/import-catalogue.ts';
import type { CatalogueImportOptions } from '../../src/lint/scrape/import-catalogue.ts';
import { ImportError } from '../../src/lint/scrape/http.ts';
import type { MetricModel } from '../../src/metrics/model.ts';
import { startPrometheus } from '../engines/server.ts';
import type { PrometheusServer } from '../engines/server.ts';
import { startPushgateway } from './pushgateway.ts';
import type { Pushgateway } from './pushgateway.ts';

const OPTIONS: CatalogueImportOptions = { timeoutMilliseconds: 10_000 };

async function importMetrics(
  from: string,
  more: Partial<CatalogueImportOptions> = {},
): Promise<ReadonlyMap<string, MetricModel>> {
  const { metrics } = await importCatalogue(from, { ...OPTIONS, ...more });
  return new Map(metrics.map((metric) => [metric.name, metric]));
}

interface Endpoint {
  readonly url: string;
  readonly stop: () => void;
}

async function serve(answer: RequestListener): Promise<Endpoint> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function serving<Result>(answer: RequestListener, use: (url: string) => Promise<Result>): Promise<Result> {
  const { url, stop } = await serve(answer);
  try {
    return await use(url);
  } finally {
    stop();
  }
}

const TEXT = 'text/plain; version=0.0.4';

const TARGET = `# HELP app_requests_total Requests served.
# TYPE app_requests_total counter
app_requests_total{code="200"} 7
app_requests_total{code="500",retried="yes"} 1
# TYPE app_latency_seconds histogram
app_latency_seconds_bucket{le="0.1"} 1
app_latency_seconds_bucket{le="2.5"} 2
app_latency_seconds_bucket{le="+Inf"} 2
app_latency_seconds_sum 1
app_latency_seconds_count 2
# TYPE app_size_bytes summary
app_size_bytes{quantile="0.5"} 10
app_size_bytes_sum 20
app_size_bytes_count 2
# TYPE app_build_info gauge
app_build_info{version="1"} 1
# TYPE app_loaded_time_seconds gauge
app_loaded_time_seconds 1.7e9
`;

describe('from real servers', () => {
  let folder: string;
  let target: Endpoint;
  let gateway: Pushgateway;
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashwright-import-'));
    target = await serve((_request, response) => response.setHeader('content-type', TEXT).end(TARGET));
    gateway = await startPushgateway();
    await fetch(`${gateway.url}/metrics/job/backup/host/a`, {
      method: 'PUT',
      body: '# HELP backup_last_success_timestamp_seconds When.\n# TYPE backup_last_success_timestamp_seconds gauge\nbackup_last_success_timestamp_seconds 1.7e9\n',
    });
    const rules = `groups:
  - name: g
    interval: 1s
    rules:
      - { record: "job:up:sum", expr: sum by (job) (up) }
      - { record: "job:gateway:sum", expr: 'sum by (job) (up{job="gateway"})' }
`;
    await writeFile(join(folder, 'rules.yml'), rules);
    const config = `global: { scrape_interval: 1s }
rule_files: [rules.yml]
scrape_configs:
  - job_name: app
    static_configs: [{ targets: ['${new URL(target.url).host}'], labels: { env: test } }]
  - job_name: gateway
    honor_labels: true
    static_configs: [{ targets: ['${new URL(gateway.url).host}'] }]
`;
    await writeFile(join(folder, 'prometheus.yml'), config);
    prometheus = await startPrometheus(join(folder, 'prometheus.yml'));
    for (let tries = 0; tries < 200; tries += 1) {
      const { data } = await prometheus.query(
        'job:gateway:sum and on () job:up:sum{job="app"} and on () app_build_info',
      );
      if ((data?.result.length ?? 0) > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  afterAll(async () => {
    await prometheus.stop();
    await gateway.stop();
    target.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("a target's own metrics", async () => {
    const exporter = { name: 'app', job: 'app', scrapeIntervalSeconds: 30, targetLabels: {} };
    const metrics = await importMetrics(`${target.url}/metrics`, { exporter });
    expect([...metrics.keys()]).toEqual([
      'app_build_info',
      'app_latency_seconds',
      'app_loaded_time_seconds',
      'app_requests_total',
      'app_size_bytes',
    ]);
    expect(metrics.get('app_requests_total')?.exporter).toEqual(exporter);
  });

  test("what a Pushgateway holds, and the Pushgateway's own metrics", async () => {
    const metrics = await importMetrics(`${gateway.url}/metrics`);
    expect(metrics.get('backup_last_success_timestamp_seconds')).toMatchObject({
      kind: 'gauge',
      unit: 'timestamp_seconds',
      labels: { host: {}, instance: {}, job: {} },
    });
    expect(metrics.get('pushgateway_http_requests_total')?.kind).toBe('counter');
    expect(metrics.get('go_gc_duration_seconds')).toMatchObject({ kind: 'summary', unit: 'seconds' });
    expect(metrics.get('push_time_seconds')?.unit).toBe('timestamp_seconds');
  });

  test("Prometheus' own metrics", async () => {
    const metrics = await importMetrics(`${prometheus.url}/metrics`);
    expect(metrics.size).toBeGreaterThan(150);
    expect(metrics.get('prometheus_http_request_duration_seconds')).toMatchObject({
      kind: 'histogram',
      unit: 'seconds',
    });
    expect(metrics.get('prometheus_http_request_duration_seconds')?.buckets).toContain(0.1);
    expect(metrics.get('prometheus_build_info')?.kind).toBe('info');
    expect(metrics.get('process_start_time_seconds')?.unit).toBe('timestamp_seconds');
  });

  test('all metrics of a Prometheus, with the exporters that it scrapes and the rules that it records', async () => {
    const metrics = await importMetrics(prometheus.url, { closedLabels: ['code'] });
    const app = { name: 'app', job: 'app', scrapeIntervalSeconds: 1, targetLabels: { env: {}, instance: {} } };
    expect(metrics.get('app_requests_total')).toMatchObject({
      kind: 'counter',
      help: 'Requests served.',
      labels: {
        code: { values: { type: 'oneOf', values: ['200', '500'] }, presence: 'sometimes' },
        retried: { values: { type: 'any' }, presence: 'sometimes' },
      },
      exporter: app,
    });
    expect(metrics.get('app_latency_seconds')).toMatchObject({
      kind: 'histogram',
      unit: 'seconds',
      labels: {},
      buckets: [0.1, 2.5],
    });
    expect(metrics.get('app_size_bytes')).toMatchObject({ kind: 'summary', quantiles: [0.5] });
    expect(metrics.get('app_build_info')).toMatchObject({
      kind: 'info',
      labels: { version: { values: { type: 'any' } } },
    });
    expect(metrics.get('app_build_info')?.labels['version']).not.toHaveProperty('presence');
    expect(metrics.get('app_loaded_time_seconds')?.unit).toBe('timestamp_seconds');
    expect(metrics.get('job:up:sum')).toMatchObject({
      kind: 'untyped',
      recordedBy: { expr: 'sum by (job) (up)', intervalSeconds: 1 },
      labels: { job: {} },
    });
    // One job, but nobody scrapes it: a rule records it.
    const ofOneJob = metrics.get('job:gateway:sum');
    expect(ofOneJob).toMatchObject({ recordedBy: { intervalSeconds: 1 }, labels: { job: {} } });
    expect(ofOneJob).not.toHaveProperty('exporter');
    // Two jobs: no exporter, and `job` is a label like any other.
    expect(metrics.get('up')).toMatchObject({ kind: 'gauge', labels: { job: {}, instance: {} } });
    expect(metrics.get('up')).not.toHaveProperty('exporter');
    expect([...metrics.keys()].filter((name) => /_(bucket|count|sum)$/.test(name))).toEqual([]);
  });

  test('a Pushgateway without its /metrics is neither', async () => {
    await expect(importCatalogue(gateway.url, OPTIONS)).rejects.toThrow(/Name the \/metrics of a target/);
  });
});

describe('what cannot be imported says why', () => {
  test('a file that does not exist', async () => {
    await expect(importCatalogue('nowhere.txt', OPTIONS)).rejects.toThrow(
      /^"nowhere\.txt" cannot be read: it does not exist\./,
    );
  });

  test('a file that is something else, with its line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dashwright-import-'));
    try {
      const path = join(folder, 'metrics.txt');
      await writeFile(path, 'a 1\n\ngroups:\n');
      await expect(importCatalogue(path, OPTIONS)).rejects.toThrow(
        `${path}:3 is no metrics text: after the name "groups:" comes the end`,
      );
      await writeFile(path, '# nothing\n');
      await expect(importCatalogue(path, OPTIONS)).rejects.toThrow(`${path} holds no metrics.`);
      await writeFile(path, 'a 1\n');
      expect((await importCatalogue(path, OPTIONS)).metrics).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('a server that is not there', async () => {
    const { url, stop } = await serve(() => undefined);
    stop();
    await expect(importCatalogue(url, OPTIONS)).rejects.toThrow('gave no answer: nothing listens there');
  });

  test('a server that takes too long', async () => {
    await serving(
      () => undefined,
      async (url) => {
        const importing = importCatalogue(url, { timeoutMilliseconds: 200 });
        await expect(importing).rejects.toThrow(/gave no answer: it took longer than 0\.2 s/);
        await expect(importing).rejects.toBeInstanceOf(ImportError);
      },
    );
  });

  test.each([
    [401, 'it wants credentials'],
    [404, 'A target usually answers at /metrics'],
    [500, 'see its log'],
  ])('an answer with status %i', async (status, message) => {
    await serving(
      (_request, response) => response.writeHead(status).end('no'),
      async (url) => {
        await expect(importCatalogue(`${url}/x`, OPTIONS)).rejects.toThrow(message);
      },
    );
  });

  test('a web page', async () => {
    await serving(
      (_request, response) => response.setHeader('content-type', 'text/html').end('<html>'),
      async (url) => {
        await expect(importCatalogue(url, OPTIONS)).rejects.toThrow('answers with text/html, which is no metrics text');
      },
    );
  });

  test('an API that refuses a question', async () => {
    await serving(
      (request, response) => {
        const isProbe = request.url?.includes('metadata') === true;
        response.setHeader('content-type', 'application/json');
        response.end(isProbe ? '{"status":"success","data":{}}' : '{"status":"error","error":"too many"}');
      },
      async (url) => {
        await expect(importCatalogue(url, OPTIONS)).rejects.toThrow('answers with an error: too many');
      },
    );
  });

  test('an address that is none', async () => {
    await expect(importCatalogue('http://', OPTIONS)).rejects.toThrow('"http://" is no address');
  });
});

test('headers are sent', async () => {
  await serving(
    (request, response) => {
      const isAllowed = request.headers.authorization === 'Bearer x';
      response.writeHead(isAllowed ? 200 : 401, { 'content-type': TEXT }).end('a 1\n');
    },
    async (url) => {
      const headers = { Authorization: 'Bearer x' };
      expect((await importCatalogue(url, { ...OPTIONS, headers })).metrics).toHaveLength(1);
    },
  );
});
