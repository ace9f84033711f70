import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { manifestOf } from '../../src/output/manifest.ts';
import { OutputError } from '../../src/output/output-error.ts';
import { recoverOutput, writeOutput } from '../../src/output/write.ts';
import { artefacts, interceptedFs, plant, systemFailure, temporaryFolder, type Tree, treeOf } from './trees.ts';

const OLD = artefacts({
  'grafana/dashboards/ops/a.json': 'a1',
  'grafana/dashboards/ops/b.json': 'b1',
  'grafana/dashboards/gone/c.json': 'c1',
  'prometheus/rules/r.yaml': 'r1',
});
const NEW = artefacts({
  'grafana/dashboards/ops/a.json': 'a2',
  'grafana/dashboards/ops/b.json': 'b1',
  'grafana/dashboards/new/deep/d.json': 'd2',
  'prometheus/rules/r.yaml': 'r2',
});
const FOREIGN: Tree = { 'README.md': 'mine', 'prometheus/rules/by-hand.txt': 'mine too' };

/** Hundreds of builds, each with its own syncs: a disk in memory where there is one. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : undefined;

function asTree(files: typeof OLD): Tree {
  return Object.fromEntries([...files, manifestOf(files)].map(({ path, text }) => [path, text]));
}
const OLD_TREE = { ...asTree(OLD), ...FOREIGN };
const NEW_TREE = { ...asTree(NEW), ...FOREIGN };

function oldTree(): string {
  const out = temporaryFolder(MEMORY);
  plant(out, FOREIGN);
  writeOutput(out, OLD);
  expect(treeOf(out)).toEqual(OLD_TREE);
  return out;
}

function callsOfOneBuild(): number {
  let calls = 0;
  const fs = interceptedFs((call) => {
    calls = call;
  });
  const out = oldTree();
  writeOutput(out, NEW, { fs });
  expect(treeOf(out)).toEqual(NEW_TREE);
  return calls;
}

const TOTAL = callsOfOneBuild();
const EVERY_CALL = Array.from({ length: TOTAL }, (_, index) => index + 1);

describe('a build that is stopped', () => {
  it('makes enough calls for the following to mean something', () => {
    expect(TOTAL).toBeGreaterThan(80);
  });

  it('leaves the old tree, or the new one, whichever single call the system refuses', () => {
    const ends = new Set<string>();
    for (const at of EVERY_CALL) {
      for (const code of ['ENOSPC', 'EACCES', 'EIO']) {
        const out = oldTree();
        const fs = interceptedFs((call) => {
          if (call === at) throw systemFailure(code);
        });
        let failed = false;
        try {
          writeOutput(out, NEW, { fs, waitMs: 0 });
        } catch (error) {
          failed = true;
          expect(error).toBeInstanceOf(OutputError);
        }
        const tree = withoutStaging(treeOf(out));
        const end = same(tree, OLD_TREE) ? 'old' : 'new';
        if (end === 'new') expect({ at, code, tree }).toEqual({ at, code, tree: NEW_TREE });
        if (!failed) expect(end).toBe('new');
        ends.add(`${failed ? 'failed' : 'done'} ${end}`);
        writeOutput(out, NEW, { waitMs: 0 });
        expect(treeOf(out)).toEqual(NEW_TREE);
      }
    }
    expect(ends).toEqual(new Set(['failed old', 'done new']));
  });

  it('leaves the old tree when the disk is full from some call on', () => {
    const needSpace = new Set(['writeFileSync', 'mkdirSync', 'linkSync', 'copyFileSync', 'openSync']);
    let refused = 0;
    for (const from of EVERY_CALL) {
      const out = oldTree();
      const fs = interceptedFs((call, name, args) => {
        const reads = name === 'openSync' && args[1] === 'r';
        const repeats = name === 'mkdirSync' && existsSync(String(args[0]));
        if (call >= from && needSpace.has(name) && !reads && !repeats) throw systemFailure('ENOSPC');
      });
      let failed = false;
      try {
        writeOutput(out, NEW, { fs, waitMs: 0 });
      } catch (error) {
        failed = true;
        refused += 1;
        expect(error).toBeInstanceOf(OutputError);
        expect(error).toHaveProperty('message', expect.stringContaining('the disk is full'));
      }
      expect({ from, tree: treeOf(out) }).toEqual({ from, tree: failed ? OLD_TREE : NEW_TREE });
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('is completed or taken back by the next run, whichever call it died before', () => {
    const ends = new Set<string>();
    for (const at of EVERY_CALL) {
      const out = oldTree();
      crash(at, (fs) => writeOutput(out, NEW, { fs, waitMs: 0 }));
      recoverOutput(out, { waitMs: 0 });
      const tree = treeOf(out);
      ends.add(same(tree, OLD_TREE) ? 'old' : 'new');
      expect({ at, tree: same(tree, OLD_TREE) ? NEW_TREE : tree }).toEqual({ at, tree: NEW_TREE });
    }
    expect(ends).toEqual(new Set(['old', 'new']));
  });

  it('is completed or taken back even if the recovery dies as well, again and again', () => {
    for (const at of EVERY_CALL) {
      const out = oldTree();
      crash(at, (fs) => writeOutput(out, NEW, { fs, waitMs: 0 }));
      for (let next = 1; next < 40; next += 3) crash(next, (fs) => recoverOutput(out, { fs, waitMs: 0 }));
      recoverOutput(out, { waitMs: 0 });
      const tree = treeOf(out);
      expect({ at, tree: same(tree, OLD_TREE) ? NEW_TREE : tree }).toEqual({ at, tree: NEW_TREE });
    }
  });

  it('goes back to the old tree when it dies while taking itself back', () => {
    for (const at of EVERY_CALL) {
      for (const later of [1, 3, 8]) {
        const out = oldTree();
        const fs = interceptedFs((call) => {
          if (call === at) throw systemFailure('EIO');
          if (call > at + later) throw new Error('dead');
        });
        try {
          writeOutput(out, NEW, { fs, waitMs: 0 });
        } catch {
          // Whatever it says: what counts is what is on the disk.
        }
        recoverOutput(out, { waitMs: 0 });
        const tree = treeOf(out);
        expect({ at, later, tree: same(tree, OLD_TREE) ? NEW_TREE : tree }).toEqual({ at, later, tree: NEW_TREE });
      }
    }
  });

  it('leaves no folder behind where there was none', () => {
    const base = temporaryFolder();
    const fs = interceptedFs((_, name) => {
      if (name === 'renameSync') throw systemFailure('ENOSPC');
    });
    expect(() => writeOutput(`${base}/a/b/out`, OLD, { fs })).toThrow('the disk is full');
    expect(readdirSync(base)).toEqual([]);
  });
});

/** The process dies before call `at`: nothing after it happens, not even tidying up. */
function crash(at: number, action: (fs: ReturnType<typeof interceptedFs>) => void): void {
  const fs = interceptedFs((call) => {
    if (call >= at) throw new Error('dead');
  });
  try {
    action(fs);
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'dead') throw error;
  }
}

/** Where tidying up is what the system refuses, the next run does it. */
function withoutStaging(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('.dashwright-staging/')));
}

function same(a: Tree, b: Tree): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(tree: Tree): [string, string][] {
  return Object.entries(tree).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
