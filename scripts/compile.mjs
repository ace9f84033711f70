/** Makes dist/, what the package holds: the library as modules with their types, the command as a bundle. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const scratch = mkdtempSync(join(tmpdir(), 'dashwright-compile-'));

try {
  rmSync(dist, { recursive: true, force: true });
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', dist], { cwd: root, stdio: 'inherit' });
  const metafile = join(scratch, 'meta.json');
  if (!(await bundle(join(dist, 'cli'), metafile))) process.exit(1);
  const { inputs } = JSON.parse(readFileSync(metafile, 'utf8'));
  writeFileSync(join(dist, 'cli', 'THIRD-PARTY-LICENSES.txt'), licenses(Object.keys(inputs)));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/**
 * What the packages whose code is in the bundle ask to be told with it.
 *
 * @param {string[]} inputs the files in the bundle
 */
function licenses(inputs) {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []);
  const texts = [...new Set(folders)].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} comes without the text of its license.`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), 'utf8').trimEnd()}\n`;
  });
  return `The command of dashwright holds code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
