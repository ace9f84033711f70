/**
 * What linting costs: every public expression (where the corpus is there, otherwise what this project itself
 * emits) through the compiled command, against `promtool check rules` on the rules among them in the same run.
 * Run: `node --conditions=dashwright-source --import tsx bench/lint.ts`
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findEngine } from '../test/engines/find.ts';
import { hasCorpus, MISSING, writePublicFiles } from '../test/corpora/public-rules.ts';

const RUNS = 5;

/** Inside the project, so that the compiled files find their dependencies. */
const COMPILED = 'node_modules/.cache/dashwright-bench';

interface Cost {
  readonly milliseconds: number;
  /** The most memory that was resident at once; 0 where the system does not tell. */
  readonly mebibytes: number;
}

async function run(command: string, args: readonly string[]): Promise<Cost> {
  const start = performance.now();
  // Elsewhere, so that this project's own configuration is not loaded.
  const child = spawn(command, args, { stdio: 'ignore', cwd: folder });
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 5);
  await once(child, 'exit');
  clearInterval(watch);
  return { milliseconds: performance.now() - start, mebibytes: peak };
}

function peakOf(pid: number | undefined): number {
  try {
    const kibibytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kibibytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function best(name: string, command: string, args: readonly string[]): Promise<void> {
  const costs: Cost[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) costs.push(await run(command, args));
  const milliseconds = Math.min(...costs.map((cost) => cost.milliseconds));
  const mebibytes = Math.max(...costs.map((cost) => cost.mebibytes));
  process.stdout.write(
    `${name}: ${milliseconds.toFixed(0)} ms, ${mebibytes.toFixed(0)} MiB (best time and highest memory of ${RUNS})\n`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'dashwright-bench-'));
try {
  execFileSync(process.execPath, ['scripts/compile.mjs', COMPILED], { stdio: ['ignore', 'ignore', 'inherit'] });
  let linted = resolve('out');
  let rules = rulesBelow(linted);
  if (hasCorpus()) {
    const files = writePublicFiles(folder);
    linted = folder;
    rules = files.rules;
    process.stdout.write(
      `${files.expressions} public expressions in ${files.rules.length + files.dashboards.length} files\n`,
    );
  } else process.stdout.write(`${MISSING} Linting out/ instead.\n`);
  const command = [resolve(COMPILED, 'cli/bin.cjs'), 'lint', linted, '--format', 'json'];
  await best('dashwright lint, rules and dashboards', process.execPath, command);
  await best('dashwright lint, rules', process.execPath, [...command.slice(0, 2), ...rules, '--format', 'json']);
  await best('promtool check rules, rules', findEngine('promtool'), ['check', 'rules', '--lint=none', ...rules]);
  await best('node, doing nothing', process.execPath, ['--eval', '']);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(COMPILED, { recursive: true, force: true });
}

function rulesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /rules.*\.ya?ml$/.test(name) && !/test/.test(name))
    .map((name) => join(path, name));
}
