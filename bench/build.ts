/**
 * What a build of the pack costs from a cold start, against Node starting and importing the Foundation SDK's modules
 * that the pack uses; and what a rebuild under `--watch` costs. The limit is for the command that `npm run build`
 * runs, as `npm ci` leaves it: bundled, its code compiled once (src/cli/bin.ts). Shown beside: npm's own start on top
 * of it, and the command without the compiled code, as at the first build after an installation.
 * Run: `node --import tsx bench/build.ts`
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const RUNS = 15;
const LIMIT = 3;
const SCRIPT = resolve('scripts/dashwright.mjs');

const sdk = modulesOfThePack().map((name) => `@grafana/grafana-foundation-sdk/${name}`);
const importAll = `await Promise.all(${JSON.stringify(sdk)}.map((name) => import(name)))`;

/** In turns, so that a busy machine slows all of them. Nothing of an earlier build is kept; the output is current. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'node -e "" and the SDK': [process.execPath, '--input-type=module', '-e', importAll],
  'the command': [process.execPath, SCRIPT, 'build'],
  'the same, not compiled': ['env', 'NODE_DISABLE_COMPILE_CACHE=1', process.execPath, SCRIPT, 'build'],
  'npm run build': ['npm', 'run', 'build'],
};
spawnSync(process.execPath, [SCRIPT, 'build', '--check'], { stdio: 'ignore' });
const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
for (let run = 0; run < RUNS; run += 1) {
  for (const [name, [file = '', ...args]] of Object.entries(commands)) {
    const started = performance.now();
    const { status, stderr } = spawnSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    times.get(name)?.push(performance.now() - started);
  }
}

const [baseline = []] = times.values();
const best = Math.min(...baseline);
for (const [name, all] of times) {
  process.stdout.write(
    `${name.padEnd(24)} best of ${RUNS}: ${Math.min(...all).toFixed(0)} ms, ${(Math.min(...all) / best).toFixed(2)} times the first; ` +
      `median of the ratios ${median(all.map((time, run) => time / (baseline[run] ?? time))).toFixed(2)}\n`,
  );
}
const rebuilds = await watchedRebuilds(10);
process.stdout.write(`a rebuild under --watch   best ${Math.min(...rebuilds)} ms, median ${median(rebuilds)} ms\n`);
const ratio = Math.min(...(times.get('the command') ?? [])) / best;
process.stdout.write(`ratio of the command: ${ratio.toFixed(2)}, at most ${LIMIT}\n`);
process.exitCode = ratio <= LIMIT ? 0 : 1;

function modulesOfThePack(): readonly string[] {
  const folder = join('out', 'grafana', 'dashboards');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const types = new Set(
    texts.flatMap((text) => {
      const { panels } = JSON.parse(text) as { panels: { type: string; panels?: { type: string }[] }[] };
      return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])].map(({ type }) => type.replace('-', '')));
    }),
  );
  types.delete('row');
  return ['common', 'dashboard', ...types];
}

/** How long the command says that it took after each change of a dashboard. */
async function watchedRebuilds(count: number): Promise<readonly number[]> {
  const root = mkdtempSync(join(tmpdir(), 'dashwright-bench-'));
  for (const name of ['metrics', 'dashboards', 'rules', 'dashwright.config.ts']) {
    cpSync(name, join(root, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  const child = spawn(process.execPath, [SCRIPT, 'build', '--watch'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const built = async (): Promise<number> => {
      for (;;) {
        const match = /Built in (\d+) ms/.exec(said);
        if (match) {
          said = '';
          return Number(match[1]);
        }
        await once(child.stderr, 'data');
      }
    };
    await built();
    const durations: number[] = [];
    for (let change = 0; change < count; change += 1) {
      appendFileSync(join(root, 'metrics', 'cicd.ts'), `// ${change}\n`);
      durations.push(await built());
    }
    return durations;
  } finally {
    child.kill('SIGINT');
    rmSync(root, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
