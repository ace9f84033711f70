import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly bugs?: { readonly url?: string };
}

/** What the command reads of its own package. */
export interface PackageFiles {
  readonly version: string;
  /** Where bugs are reported, if the package says so. */
  readonly bugsUrl: string | undefined;
  /** Text of the page of a code, such as `Q203`. */
  codePage(code: string): string | undefined;
}

/**
 * Finds the package that a module is part of, wherever that was built or bundled to.
 *
 * @param moduleFile `import.meta.filename` of a module of this package
 */
export function packageFiles(moduleFile: string): PackageFiles {
  const { root, json } = findPackage(dirname(moduleFile));
  return {
    version: json.version ?? '0.0.0',
    bugsUrl: json.bugs?.url,
    codePage: (code) => {
      const folder = join(root, 'docs', 'codes');
      const page = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith(`${code}-`)) : undefined;
      return page === undefined ? undefined : readFileSync(join(folder, page), 'utf8');
    },
  };
}

function findPackage(start: string): { readonly root: string; readonly json: PackageJson } {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const json = JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
      if (json.name === 'dashwright') return { root: folder, json };
    }
    if (dirname(folder) === folder) throw new Error(`No package.json of dashwright above ${start}.`);
  }
}
