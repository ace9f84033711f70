/** Runs the real command in projects of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

const SCRIPT = resolve('scripts/dashwright.mjs');

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Files of a project by path. */
export type Files = Readonly<Record<string, string>>;

/** A project in a folder of its own. */
export function project(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'dashwright-cli-'));
  folders.push(root);
  add(root, files);
  return root;
}

export function add(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the command; nothing waits for it. */
export function start(root: string, args: readonly string[], { env }: RunOptions = {}): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  return spawn(process.execPath, [SCRIPT, ...args], {
    cwd: root,
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the command to its end. */
export async function run(root: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const child = start(root, args, options);
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout: stdout(), stderr: stderr() };
}

function text(stream: NodeJS.ReadableStream | null): () => string {
  let all = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    all += chunk;
  });
  return () => all;
}

/** A small project without a fault. */
export const SMALL: Files = {
  'metrics/http.ts': `import { any, counter, exporter } from 'dashwright';

const app = exporter('app', { scrapeInterval: '15s', targets: ['app:8080'] });

export const requests = counter('http_requests_total', {
  help: 'Requests.',
  labels: { method: any },
  from: app,
});
`,
  'dashboards/http.ts': `import { dashboard, rate, row, sum, timeseries } from 'dashwright';
import { requests } from '../metrics/http.ts';

export default dashboard('HTTP', {
  uid: 'http',
  rows: [
    row('Traffic', [
      timeseries('Requests', sum(rate(requests), { by: ['method'] }), { description: 'Requests a second.' }),
    ]),
  ],
});
`,
  'rules/http.ts': `import { alert, gt, rate, ruleGroup, sum } from 'dashwright';
import { requests } from '../metrics/http.ts';

export default ruleGroup('http', { interval: '1m' }, [
  alert('HttpFlood', {
    expr: gt(sum(rate(requests, '5m'), { by: ['job'] }), 1000),
    for: '5m',
    severity: 'warning',
    summary: 'Too many requests.',
    description: 'The service gets more than it can serve.',
  }),
]);
`,
};
