import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folders that definitions are looked for in, in the order in which they are evaluated. */
export const FOLDERS = ['metrics', 'dashboards', 'rules'] as const;
type Folder = (typeof FOLDERS)[number];

export const CONFIG_FILE = 'dashwright.config.ts';

/** A file of definitions. Paths are relative to the project, with `/` between their parts. */
export interface DefinitionFile {
  readonly file: string;
  readonly folder: Folder | 'config';
}

const DEFINITION = /(?<!\.d|\.test|\.spec)\.m?ts$/;

/**
 * Finds a project's files: the configuration first, then metrics, dashboards and rules, each folder with its
 * subfolders in the order of their names' UTF-16 units, which no locale changes. Files and folders whose
 * names start with `_` or `.` are for the author's own helpers and are left out.
 *
 * @param root the project's folder
 */
export function discover(root: string): readonly DefinitionFile[] {
  const files: DefinitionFile[] = [];
  if (existsSync(join(root, CONFIG_FILE))) files.push({ file: CONFIG_FILE, folder: 'config' });
  for (const folder of FOLDERS) {
    for (const file of filesBelow(root, folder).toSorted()) files.push({ file, folder });
  }
  return files;
}

function filesBelow(root: string, path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    if (/^[_.]/.test(entry.name)) return [];
    const child = `${path}/${entry.name}`;
    const isFolder = entry.isSymbolicLink() ? statSync(join(root, child)).isDirectory() : entry.isDirectory();
    if (isFolder) return filesBelow(root, child);
    return DEFINITION.test(entry.name) ? [child] : [];
  });
}
