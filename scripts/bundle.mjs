/**
 * Bundles the command with all that it needs, but for the bundler itself: one file is loaded in a fraction of the
 * time that hundreds of modules take, and V8 can keep what it made of it (src/cli/bin.ts).
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Writes bin.cjs and main.cjs.
 *
 * The bundler runs as a program of its own: its JavaScript interface would have to be loaded first.
 *
 * @param {string} folder is made where it is missing
 * @param {string} [metafile] where to write which files went in, as JSON
 * @returns {Promise<boolean>} whether it worked; what is wrong has been said on stderr
 */
export async function bundle(folder, metafile) {
  const options = [
    'src/cli/bin.ts',
    'src/cli/main.ts',
    `--outdir=${folder}`,
    '--bundle',
    '--format=cjs',
    '--out-extension:.js=.cjs',
    '--platform=node',
    '--target=node20',
    '--external:esbuild',
    '--define:import.meta.filename=__filename',
    '--legal-comments=none',
    // Less to read. Names and lines stay, for the stack of a bug.
    '--minify-syntax',
    '--minify-whitespace',
    '--line-limit=160',
    '--log-level=warning',
    ...(metafile ? [`--metafile=${metafile}`] : []),
  ];
  const child = spawn(bundler(), options, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status === 0));
  });
}

/** The bundler's program, which its package has for each system in a package of its own. */
function bundler() {
  const esbuild = createRequire(createRequire(import.meta.url).resolve('esbuild'));
  const name = `@esbuild/${process.platform}-${process.arch}`;
  return esbuild.resolve(process.platform === 'win32' ? `${name}/esbuild.exe` : `${name}/bin/esbuild`);
}
