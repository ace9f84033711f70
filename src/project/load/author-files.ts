import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, Plugin } from 'esbuild';

const LOADERS: Readonly<Record<string, Loader>> = { ts: 'ts', tsx: 'tsx', js: 'js', jsx: 'jsx' };
const EXTENSION = /\.[cm]?([jt]sx?)$/;

/** What `import.meta` becomes in a bundled file. */
export const IMPORT_META = '__dashwright_import_meta';

/**
 * Gives each file its own `import.meta` back, which bundling would take away: a line is put before the file.
 *
 * @param shifted is filled with the files that begin one line later in the bundle than on the disk
 */
export function authorFiles(shifted: Set<string>): Plugin {
  return {
    name: 'author-files',
    setup(build) {
      build.onLoad({ filter: EXTENSION, namespace: 'file' }, async ({ path }) => {
        const contents = await readFile(path, 'utf8');
        shifted.delete(path);
        if (!contents.includes('import.meta')) return undefined;
        shifted.add(path);
        const meta = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
        const loader = LOADERS[EXTENSION.exec(path)?.[1] ?? ''] ?? 'ts';
        return { contents: `const ${IMPORT_META} = ${JSON.stringify(meta)};\n${contents}`, loader };
      });
    },
  };
}
