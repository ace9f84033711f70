import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../../src/output/manifest.ts';
import { recoverOutput, writeOutput } from '../../src/output/write.ts';
import { plant, temporaryFolder, type Tree, treeOf } from './trees.ts';
import { TREES } from './two-trees.ts';

const KILLS = 60;
const FOREIGN: Tree = { 'README.md': 'mine', 'prometheus/notes.txt': 'mine too' };
const WANTED: readonly Tree[] = TREES.map((files) => ({
  ...Object.fromEntries([...files, manifestOf(files)].map(({ path, text }) => [path, text])),
  ...FOREIGN,
}));

let script = '';
beforeAll(async () => {
  script = join(temporaryFolder(), 'endless-builds.mjs');
  await build({
    entryPoints: ['test/output/endless-builds.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: script,
    logLevel: 'silent',
  });
});

/** Starts builds without end and kills them at some moment, however that comes. */
async function killedBuild(out: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [script, out], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
}

describe('a build that is killed', () => {
  it('leaves one of the two trees, or is brought to one by the next run', { timeout: 300_000 }, async () => {
    const out = temporaryFolder();
    plant(out, FOREIGN);
    const moments = { untouched: 0, recovered: 0 };
    for (let kill = 0; kill < KILLS; kill += 1) {
      await killedBuild(out, (kill * 7) % 23);
      const recovered = recoverOutput(out, { waitMs: 0 });
      moments[recovered ? 'recovered' : 'untouched'] += 1;
      const tree = treeOf(out);
      expect(WANTED.some((wanted) => equal(tree, wanted))).toBe(true);
    }
    // Both must have happened, or the moments were badly chosen.
    expect(moments.recovered).toBeGreaterThan(0);
    expect(moments.untouched).toBeGreaterThan(0);
    writeOutput(out, TREES[0] ?? []);
    expect(treeOf(out)).toEqual(WANTED[0]);
  });
});

function equal(a: Tree, b: Tree | undefined): boolean {
  const text = (tree: Tree): string => JSON.stringify(Object.entries(tree).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return b !== undefined && text(a) === text(b);
}
