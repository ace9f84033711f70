/**
 * Runs the command from its sources, without anything built before: bundles src/ as it would be compiled (the same
 * modules at the same places, with shared code in chunks), then runs what came out.
 *
 * A fresh clone has no dist/, and loading some three hundred modules of TypeScript one by one takes longer than all
 * else that the command does. See docs/architecture.md and bench/build.ts.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'dashwright');

// The bundler works in a process of its own; what every build needs is loaded in the meantime.
const [{ outputFiles }] = await Promise.all([
  build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts', 'src/index.ts', 'src/promql/index.ts'],
    outbase: 'src',
    outdir: cache,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    sourcesContent: false,
    write: false,
  }),
  process.argv[2] === 'build' ? import('@grafana/grafana-foundation-sdk/dashboard') : undefined,
]);

const hash = createHash('sha256');
for (const { path, contents } of outputFiles) hash.update(path).update('\0').update(contents);
const folder = join(cache, hash.digest('hex').slice(0, 16));

// Named by its contents, so that what is there is what was built now, whoever wrote it.
if (!existsSync(folder)) {
  const draft = `${folder}.${process.pid}`;
  for (const { path, contents } of outputFiles) {
    const file = join(draft, relative(cache, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  removeOld();
}

await import(pathToFileURL(join(folder, 'cli', 'main.js')).href);

/** Keeps what may still be running: another process has an hour to load its chunks. */
function removeOld() {
  const limit = Date.now() - 3_600_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (path !== folder && stats && stats.mtimeMs < limit) rmSync(path, { recursive: true, force: true });
  }
}
