/**
 * Runs the command from its sources. They are bundled when they have changed since the last run; `npm ci` does it
 * for a fresh clone.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'dashwright-sources');
const HOUR_MS = 3_600_000;

const folder = join(cache, stateOfSources());
await import(pathToFileURL(join(existsSync(folder) ? folder : await bundled(), 'bin.cjs')).href);

/** What tells this state of the sources from any other, as make does: names, sizes and times of the files. */
function stateOfSources() {
  const src = join(root, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(src, name));
  const state = createHash('sha256');
  for (const file of [...files, join(root, 'package-lock.json'), join(root, 'scripts', 'bundle.mjs')].toSorted()) {
    const { size, mtimeMs } = statSync(file);
    state.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return state.digest('hex').slice(0, 16);
}

/** Bundles into a folder of its own first: another process may do the same, or this one be killed. */
async function bundled() {
  const own = ownFolder();
  const { bundle } = await import('./bundle.mjs');
  if (!(await bundle(own))) process.exit(3);
  if (!own.startsWith(cache)) return own;
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}

/** Below node_modules; where that is read-only, a folder for this run that leads to the packages and pages. */
function ownFolder() {
  try {
    const own = join(cache, `new-${process.pid}-${Date.now()}`);
    mkdirSync(own, { recursive: true });
    removeOld();
    return own;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    const own = mkdtempSync(join(tmpdir(), 'dashwright-'));
    process.on('exit', () => rmSync(own, { recursive: true, force: true }));
    for (const entry of ['node_modules', 'package.json', 'docs']) symlinkSync(join(root, entry), join(own, entry));
    return own;
  }
}

/** Bundles of sources that are gone; not those that another process may just be making or starting. */
function removeOld() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && stats.mtimeMs < Date.now() - HOUR_MS) rmSync(path, { recursive: true, force: true });
  }
}
