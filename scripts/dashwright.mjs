/**
 * Runs the command from its sources, with nothing built before: bundles src/, with a chunk for each command, and
 * runs that.
 *
 * A fresh clone has no dist/, and loading some four hundred modules of TypeScript one by one takes longer than
 * all else that the command does. The bundler is a program of its own, so what every build needs of other packages
 * is loaded while it works; its JavaScript interface would have to be loaded first. See bench/build.ts.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'dashwright');
const sdk = join(root, 'node_modules', '@grafana', 'grafana-foundation-sdk', 'dist');

const folder = ownFolder();
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const bundled = bundle();
if (['build', 'check'].includes(process.argv[2])) {
  // As the command itself will do: see src/cli/short-run.ts.
  setFlagsFromString('--no-opt');
  const packages = modulesInSight().map((name) => `@grafana/grafana-foundation-sdk/${name}`);
  await Promise.all([...packages, 're2js', 'esbuild', 'commander'].map((name) => import(name)));
}
await bundled;
await import(pathToFileURL(join(folder, 'main.js')).href);

async function bundle() {
  const options = [
    'src/cli/main.ts',
    `--outdir=${folder}`,
    '--bundle',
    '--splitting',
    '--format=esm',
    '--platform=node',
    '--target=node20',
    '--packages=external',
    '--legal-comments=none',
    // Less to read. Names stay, for the stack of a bug.
    '--minify-syntax',
    '--minify-whitespace',
    '--log-level=warning',
  ];
  const child = spawn(bundler(), options, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) process.exit(3);
}

/** The bundler's program, which its package has for each system in a package of its own. */
function bundler() {
  const esbuild = createRequire(createRequire(import.meta.url).resolve('esbuild'));
  const name = `@esbuild/${process.platform}-${process.arch}`;
  return esbuild.resolve(process.platform === 'win32' ? `${name}/esbuild.exe` : `${name}/bin/esbuild`);
}

/** The builders that the dashboards here are likely to use: those whose names they call. A wrong guess costs time only. */
function modulesInSight() {
  const texts = textsBelow(join(process.cwd(), 'dashboards'));
  const called = new Set(
    texts.flatMap((text) => [...text.matchAll(/\b([a-z]+?)(?:Panel)?\(/g)].map(([, name]) => name)),
  );
  const panels = readdirSync(sdk).filter(
    (name) => called.has(name) && existsSync(join(sdk, name, 'panelBuilder.gen.js')),
  );
  return ['common', 'dashboard', ...panels];
}

/** Nothing where a file or the folder cannot be read: to say so is the command's part. */
function textsBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  } catch {
    return [];
  }
}

/** A folder from which the packages are found: below node_modules, or where that is read-only, one that leads there. */
function ownFolder() {
  const name = `${process.pid}-${Date.now()}`;
  try {
    mkdirSync(join(cache, name), { recursive: true });
    removeOld();
    return join(cache, name);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    const other = mkdtempSync(join(tmpdir(), 'dashwright-'));
    for (const entry of ['node_modules', 'package.json', 'docs']) symlinkSync(join(root, entry), join(other, entry));
    return other;
  }
}

/** What runs that were killed have left behind. */
function removeOld() {
  const limit = Date.now() - 86_400_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && stats.mtimeMs < limit) rmSync(path, { recursive: true, force: true });
  }
}
