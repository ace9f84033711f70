/**
 * vitest's global set-up: installs promtool and Prometheus once, before any test, where that can be done
 * without asking anybody: as root, or in CI with passwordless sudo, on a system with apt-get.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { ENGINES, locateEngine, missingEngine } from './find.ts';
import type { EngineName } from './find.ts';

const NEEDED: readonly EngineName[] = ['promtool', 'prometheus', 'pushgateway'];

export function setup(): void {
  const missing = NEEDED.filter((name) => locateEngine(name) === undefined);
  if (missing.length === 0) return;
  const command = aptGet();
  const explanation = missing.map(missingEngine).join('\n');
  if (command === undefined) throw new Error(explanation);
  const packages = [...new Set(missing.map((name) => ENGINES[name].debianPackage))];
  process.stderr.write(`Installing ${packages.join(', ')} with apt-get for the tests.\n`);
  try {
    run([...command, 'update', '-q']);
    run([...command, 'install', '-y', '-q', '--no-install-recommends', ...packages]);
  } catch (error) {
    throw new Error(`${explanation}\napt-get failed: ${String(error)}`, { cause: error });
  }
  const still = NEEDED.filter((name) => locateEngine(name) === undefined);
  if (still.length > 0) throw new Error(still.map(missingEngine).join('\n'));
}

function aptGet(): readonly string[] | undefined {
  if (!succeeds(['apt-get', '--version'])) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  const inCi = process.env['CI'] === 'true';
  return inCi && succeeds(['sudo', '-n', 'true']) ? ['sudo', '-n', '-E', 'apt-get'] : undefined;
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function run([program = '', ...args]: readonly string[]): void {
  execFileSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    // RUNLEVEL=1 keeps the package from starting a Prometheus on the machine's port 9090.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
