/** A real Prometheus with samples of every metric: do the rules evaluate, does every panel get an answer? */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Catalogue } from 'dashwright';
import { parse } from 'dashwright/promql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEngine } from '../engines/find.ts';
import { startPrometheus, type PrometheusServer } from '../engines/server.ts';
import { dashboards, rules } from './output.ts';
import { askedFor, openMetrics } from './samples.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const targets = dashboards().flatMap(({ title, panels }) =>
  panels.flatMap((panel) =>
    (panel.targets ?? []).map(({ expr = '' }, index) => ({ place: `${title} › ${panel.title} #${index + 1}`, expr })),
  ),
);

/** Of labels that queries ask for by a pattern, or that must differ from what they rule out. */
const PATTERNED: readonly (readonly [string, readonly string[]])[] = [
  ['status_code', ['200', '500']],
  ['code', ['200', '500']],
  ['persistentvolumeclaim', ['prometheus-data']],
  ['alertname', ['KubePodNotReady']],
];

/** Panels that show what is wrong or what changed, of which this world has nothing, or that look back further than it does. */
const MAY_BE_EMPTY: Readonly<Record<string, string>> = {
  'Auto-scaling › Upward events, 1 hour #1': 'replicas stay the same',
  'CI/CD pipelines › Days with a deployment, 28 days #1': 'three hours are no day',
  'Infrastructure cost › Change against the week before #1': 'there is no week before',
  'Kubernetes health › Pods created, last hour #1': 'all pods are three hours old',
  'Kubernetes health › Containers without a memory limit #1': 'all have one',
  'Monitoring health › Targets that are down #1': 'all are up',
  'Monitoring health › Days until the volume is full #1': 'it does not grow',
};

let folder: string;
let server: PrometheusServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dashwright-answers-'));
  const { stdout } = await run(process.execPath, ['scripts/dashwright.mjs', 'catalogue'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const queries = [...targets, ...rules()].map(({ expr }) => parse(expr, { variables: true }));
  const asked = new Map([...askedFor(queries), ...PATTERNED]);
  const now = Math.floor(Date.now() / 60_000) * 60;
  const samples = join(folder, 'samples.txt');
  const storage = join(folder, 'tsdb');
  await writeFile(samples, openMetrics(JSON.parse(stdout) as Catalogue, asked, now - 3 * 3600, now));
  await run(findEngine('promtool'), ['tsdb', 'create-blocks-from', 'openmetrics', samples, storage]);
  await hurriedRules(join(folder, 'prometheus'));
  server = await startPrometheus(join(folder, 'prometheus/prometheus.yml'), { storage });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The configuration and the rules as they are emitted, but evaluated every second. */
async function hurriedRules(target: string): Promise<void> {
  await cp(join(root, 'out/prometheus'), target, { recursive: true });
  const files = ['prometheus.yml', ...(await readdir(join(target, 'rules'))).map((file) => `rules/${file}`)];
  for (const file of files) {
    const text = await readFile(join(target, file), 'utf8');
    await writeFile(join(target, file), text.replaceAll(/^( *(?:evaluation_)?interval: ).*$/gm, '$11s'));
  }
}

/** What Grafana fills in: everything for a choice, five minutes for a range that follows the scrape interval. */
const filledIn = (expr: string): string => expr.replaceAll('$__rate_interval', '5m').replaceAll(/"\$\w+"/g, '".+"');

describe('a real Prometheus with samples of every metric', () => {
  test('evaluates every rule without a fault', async () => {
    const evaluated = async (): Promise<boolean> =>
      (await server.groups()).every((group) => group.rules.every(({ health }) => health !== 'unknown'));
    await expect.poll(evaluated, { timeout: 30_000, interval: 500 }).toBe(true);
    const loaded = (await server.groups()).flatMap((group) => group.rules);
    expect(
      loaded.filter(({ health }) => health !== 'ok').map(({ name, lastError }) => `${name}: ${lastError}`),
    ).toEqual([]);
    expect(loaded).toHaveLength(rules().length);
  });

  test('answers every panel', async () => {
    const silent: string[] = [];
    for (const { place, expr } of targets) {
      const { status, error, data } = await server.query(filledIn(expr));
      expect(status, `${place}: ${error}`).toBe('success');
      if ((data?.result.length ?? 0) === 0) silent.push(place);
    }
    expect(silent.filter((place) => MAY_BE_EMPTY[place] === undefined)).toEqual([]);
  });
});
