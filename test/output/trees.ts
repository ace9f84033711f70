import * as nodeFs from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll } from 'vitest';
import type { OutputFs } from '../../src/output/fs.ts';
import type { Artefact } from '../../src/project/artefact.ts';

/** Path → text of every file below a folder. */
export type Tree = Readonly<Record<string, string>>;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that the test run removes. */
export function temporaryFolder(base: string = tmpdir()): string {
  const folder = mkdtempSync(join(base, 'dashwright-test-'));
  made.push(folder);
  return folder;
}

/** Writes files into a folder. */
export function plant(root: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    nodeFs.mkdirSync(dirname(join(root, path)), { recursive: true });
    nodeFs.writeFileSync(join(root, path), text);
  }
}

/** The files that lie in a folder now. */
export function treeOf(root: string): Tree {
  const tree: Record<string, string> = {};
  const visit = (folder: string): void => {
    const entries = nodeFs.readdirSync(folder, { withFileTypes: true });
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else
        tree[relative(root, path)] = entry.isSymbolicLink()
          ? `→ ${nodeFs.readlinkSync(path)}`
          : nodeFs.readFileSync(path, 'utf8');
    }
  };
  if (nodeFs.existsSync(root)) visit(root);
  return tree;
}

/** Artefacts from path → text. */
export function artefacts(tree: Readonly<Record<string, string>>): readonly Artefact[] {
  return Object.entries(tree).map(([path, text]) => ({ path, text }));
}

export function systemFailure(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

/**
 * The real file system, with a word in every call.
 *
 * @param before called ahead of each call with its number (from 1) and name; throws to let the call fail
 */
export function interceptedFs(before: (call: number, name: string, args: readonly unknown[]) => void): OutputFs {
  let calls = 0;
  return new Proxy<OutputFs>(nodeFs, {
    get(target, name: keyof OutputFs) {
      const real = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        calls += 1;
        before(calls, name, args);
        return real(...args);
      };
    },
  });
}
