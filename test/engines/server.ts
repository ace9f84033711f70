/** A real Prometheus on a free port of this machine, with a storage folder of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from './find.ts';

/** A rule as `/api/v1/rules` shows it. */
interface LoadedRule {
  readonly type: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

export interface LoadedGroup {
  readonly name: string;
  readonly file: string;
  readonly interval: number;
  readonly rules: readonly LoadedRule[];
}

interface QueryResponse {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: {
    readonly resultType: 'vector' | 'scalar' | 'matrix' | 'string';
    readonly result: readonly unknown[];
  };
}

export interface PrometheusServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Its storage folder. */
  readonly storage: string;
  /** What it has logged so far, warnings and errors only. */
  log(): string;
  /** Any path of the HTTP API, read as JSON. */
  get(path: string): Promise<unknown>;
  /** An instant query; a query that fails is a response with status `error`. */
  query(expr: string): Promise<QueryResponse>;
  groups(): Promise<readonly LoadedGroup[]>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly flags?: readonly string[];
  /** An existing TSDB folder to serve; default: an empty one that is removed afterwards. */
  readonly storage?: string;
}

const READY_WITHIN_MILLISECONDS = 30_000;
const STOPPED_WITHIN_MILLISECONDS = 10_000;

/**
 * Starts Prometheus and waits until it is ready.
 *
 * @param configFile its configuration; relative paths in it count from its folder
 * @throws when Prometheus ends before it is ready, with what it logged
 */
export async function startPrometheus(configFile: string, options: StartOptions = {}): Promise<PrometheusServer> {
  const storage = options.storage ?? (await mkdtemp(join(tmpdir(), 'dashwright-tsdb-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    findEngine('prometheus'),
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${storage}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
      ...(options.flags ?? []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);

  const stop = async (): Promise<void> => {
    await endProcess(child);
    process.removeListener('exit', killWithUs);
    if (options.storage === undefined) await rm(storage, { recursive: true, force: true });
  };
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();

  try {
    await waitUntilReady(child, url, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    storage,
    log: () => log,
    get,
    query: async (expr) => (await get(`/api/v1/query?query=${encodeURIComponent(expr)}`)) as QueryResponse,
    groups: async () => {
      const body = (await get('/api/v1/rules')) as { data: { groups: readonly LoadedGroup[] } };
      return body.data.groups;
    },
    stop,
  };
}

async function waitUntilReady(child: ChildProcess, url: string, log: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Prometheus ended with code ${child.exitCode}:\n${log()}`);
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Prometheus was not ready within ${READY_WITHIN_MILLISECONDS / 1000} s:\n${log()}`);
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MILLISECONDS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
