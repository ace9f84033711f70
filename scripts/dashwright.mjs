/**
 * Runs the command from its sources, with nothing built before: bundles src/ into one file and runs that.
 *
 * A fresh clone has no dist/, and loading some four hundred modules of TypeScript one by one takes longer than
 * all else that the command does. The bundler works in a process beside this one, so what every build needs of
 * other packages is loaded in the meantime. See bench/build.ts.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'dashwright');
const sdk = join(root, 'node_modules', '@grafana', 'grafana-foundation-sdk', 'dist');

const bundling = build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  legalComments: 'none',
  write: false,
});
if (['build', 'check'].includes(process.argv[2]))
  await Promise.all(modulesInSight().map((name) => import(`@grafana/grafana-foundation-sdk/${name}`)));

const [{ contents }] = (await bundling).outputFiles;
const file = join(cache, `${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`);

// Named by its contents, so that what is there is what was built now, whoever wrote it.
if (!existsSync(file)) {
  mkdirSync(cache, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
  removeOld();
}

await import(pathToFileURL(file).href);

/** The builders that the dashboards here are likely to use: those whose names they call. A wrong guess costs time only. */
function modulesInSight() {
  const folder = join(process.cwd(), 'dashboards');
  if (!existsSync(folder)) return [];
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const called = new Set(
    texts.flatMap((text) => [...text.matchAll(/\b([a-z]+?)(?:Panel)?\(/g)].map(([, name]) => name)),
  );
  const panels = readdirSync(sdk).filter(
    (name) => called.has(name) && existsSync(join(sdk, name, 'panelBuilder.gen.js')),
  );
  return ['common', 'dashboard', ...panels];
}

function removeOld() {
  const limit = Date.now() - 86_400_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (path !== file && stats && stats.mtimeMs < limit) rmSync(path, { recursive: true, force: true });
  }
}
