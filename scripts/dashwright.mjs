/**
 * Runs the command from its sources, with nothing built before: bundles src/, with a chunk for each command, and
 * runs that.
 *
 * A fresh clone has no dist/, and loading some four hundred modules of TypeScript one by one takes longer than
 * all else that the command does. The bundler works in a process beside this one, so what every build needs of
 * other packages is loaded in the meantime. See bench/build.ts.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'dashwright');
const sdk = join(root, 'node_modules', '@grafana', 'grafana-foundation-sdk', 'dist');

const bundling = build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  outdir: cache,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  legalComments: 'none',
  // Less to read. Names stay, for the stack of a bug.
  minifySyntax: true,
  minifyWhitespace: true,
  write: false,
});
if (['build', 'check'].includes(process.argv[2])) {
  await Promise.all([
    import('re2js'),
    ...modulesInSight().map((name) => import(`@grafana/grafana-foundation-sdk/${name}`)),
  ]);
}

const { outputFiles } = await bundling;
const hash = createHash('sha256');
for (const { path, contents } of outputFiles) hash.update(basename(path)).update(contents);
const folder = join(cache, hash.digest('hex').slice(0, 16));

// Named by its contents, so that what is there is what was built now, whoever wrote it.
if (!existsSync(folder)) {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(draft, basename(path)), contents);
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  removeOld();
}

await import(pathToFileURL(join(folder, 'main.js')).href);

/** The builders that the dashboards here are likely to use: those whose names they call. A wrong guess costs time only. */
function modulesInSight() {
  const dashboards = join(process.cwd(), 'dashboards');
  if (!existsSync(dashboards)) return [];
  const texts = readdirSync(dashboards, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(dashboards, name), 'utf8'));
  const called = new Set(
    texts.flatMap((text) => [...text.matchAll(/\b([a-z]+?)(?:Panel)?\(/g)].map(([, name]) => name)),
  );
  const panels = readdirSync(sdk).filter(
    (name) => called.has(name) && existsSync(join(sdk, name, 'panelBuilder.gen.js')),
  );
  return ['common', 'dashboard', ...panels];
}

/** Keeps what may still be running. */
function removeOld() {
  const limit = Date.now() - 86_400_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (path !== folder && stats && stats.mtimeMs < limit) rmSync(path, { recursive: true, force: true });
  }
}
