import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareOutput } from '../../src/output/compare.ts';
import { realFs } from '../../src/output/fs.ts';
import { manifestOf, parseManifest } from '../../src/output/manifest.ts';
import { OutputError } from '../../src/output/output-error.ts';
import { recoverOutput, writeOutput } from '../../src/output/write.ts';
import { artefacts, interceptedFs, plant, systemFailure, temporaryFolder, treeOf } from './trees.ts';

const SOME = artefacts({ 'b/two.json': '2', 'a.yaml': '1' });

function refusal(action: () => unknown): OutputError {
  try {
    action();
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('writing', () => {
  it('creates the folder, and writes files and their manifest in one order', () => {
    const out = join(temporaryFolder(), 'deep', 'out');
    expect(writeOutput(out, SOME)).toEqual({
      created: ['a.yaml', 'b/two.json', 'manifest.json'],
      replaced: [],
      deleted: [],
      unchanged: [],
    });
    expect(readFileSync(join(out, 'manifest.json'), 'utf8')).toBe(`{
  "generator": "dashwright",
  "files": {
    "a.yaml": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    "b/two.json": "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
  }
}
`);
    expect(manifestOf(SOME)).toEqual(manifestOf([...SOME].toReversed()));
  });

  it('does not touch files that are right already', () => {
    const out = temporaryFolder();
    writeOutput(out, SOME);
    const before = statSync(join(out, 'a.yaml'));
    writeOutput(out, artefacts({ 'a.yaml': '1', 'b/two.json': 'changed' }));
    expect(statSync(join(out, 'a.yaml'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('changes nothing at all where nothing is to be changed, not even for a moment', () => {
    const out = temporaryFolder();
    writeOutput(out, SOME);
    const fs = interceptedFs((_, name) => {
      if (!['readFileSync', 'lstatSync', 'realpathSync'].includes(name)) throw systemFailure('EROFS');
    });
    expect(writeOutput(out, SOME, { fs }).unchanged).toHaveLength(3);
  });

  it('deletes only what a build wrote, with the folders that it leaves empty', () => {
    const out = temporaryFolder();
    writeOutput(out, artefacts({ 'x/y/z.json': '1', 'x/kept/a.json': '1', 'a.yaml': '1' }));
    plant(out, { 'x/kept/mine.txt': 'mine' });
    expect(writeOutput(out, artefacts({ 'a.yaml': '1' })).deleted).toEqual(['x/kept/a.json', 'x/y/z.json']);
    expect(Object.keys(treeOf(out)).toSorted()).toEqual(['a.yaml', 'manifest.json', 'x/kept/mine.txt']);
    expect(existsSync(join(out, 'x', 'y'))).toBe(false);
  });

  it('refuses to overwrite what no build wrote, unless it is the same', () => {
    const out = temporaryFolder();
    plant(out, { 'a.yaml': '1', 'b/two.json': 'by hand' });
    const error = refusal(() => writeOutput(out, SOME));
    expect(error).toMatchObject({ fault: 'foreign', path: join(out, 'b/two.json') });
    expect(error.message).toContain('`b/two.json`');
    expect(Object.keys(treeOf(out)).toSorted()).toEqual(['a.yaml', 'b/two.json']);
    rmSync(join(out, 'b/two.json'));
    expect(writeOutput(out, SOME).unchanged).toEqual(['a.yaml']);
  });

  it('does not take a manifest of another tool for its own', () => {
    const out = temporaryFolder();
    plant(out, { 'manifest.json': '{"name":"some app"}' });
    expect(refusal(() => writeOutput(out, SOME))).toMatchObject({ fault: 'foreign', path: join(out, 'manifest.json') });
  });

  it('takes a folder where a file should be for a fault', () => {
    const out = temporaryFolder();
    mkdirSync(join(out, 'a.yaml'));
    expect(refusal(() => writeOutput(out, SOME))).toMatchObject({ fault: 'foreign' });
  });

  it('follows the output folder where that is a link, and replaces links that stand for files', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'real'));
    symlinkSync('real', join(base, 'out'));
    writeOutput(join(base, 'out'), SOME);
    expect(existsSync(join(base, 'real', 'a.yaml'))).toBe(true);
    renameSync(join(base, 'real', 'a.yaml'), join(base, 'elsewhere'));
    symlinkSync('../elsewhere', join(base, 'real', 'a.yaml'));
    writeOutput(join(base, 'out'), artefacts({ 'a.yaml': 'new', 'b/two.json': '2' }));
    expect(readFileSync(join(base, 'elsewhere'), 'utf8')).toBe('1');
    expect(readFileSync(join(base, 'real', 'a.yaml'), 'utf8')).toBe('new');
  });
});

describe('paths that would leave the folder', () => {
  it.each([
    ['../x', 'it would leave the output folder'],
    ['a/../../x', 'it would leave the output folder'],
    ['/etc/x', 'it is absolute'],
    ['C:/x', 'it is absolute'],
    ['a\\b', 'it has a backslash'],
    ['a//b', 'it has an empty part'],
    ['./a', 'it has an empty part'],
    ['', 'it is empty'],
    ['a\0b', 'it has a control character'],
    [`${'x'.repeat(256)}.json`, 'a name in it is longer than 255'],
    ['manifest.json', 'the build itself uses that name'],
    ['.dashwright-staging/new/0', 'the build itself uses that name'],
  ])('%j is refused', (path, reason) => {
    const out = join(temporaryFolder(), 'out');
    const error = refusal(() => writeOutput(out, artefacts({ [path]: 'x' })));
    expect(error).toMatchObject({ fault: 'path', path });
    expect(error.message).toContain(reason);
    expect(existsSync(out)).toBe(false);
  });

  it('two artefacts that cannot both exist are refused', () => {
    const out = temporaryFolder();
    const twice = [...artefacts({ a: '1' }), ...artefacts({ a: '2' })];
    expect(refusal(() => writeOutput(out, twice)).message).toContain('it is written twice');
    expect(refusal(() => writeOutput(out, artefacts({ 'x/A': '1', 'x/a': '2' }))).message).toContain('only by case');
    expect(refusal(() => writeOutput(out, artefacts({ a: '1', 'a/b': '2' }))).message).toContain('`a` is a file');
  });

  it('a link that leads out of the folder is refused', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'outside'));
    mkdirSync(join(base, 'out'));
    symlinkSync('../outside', join(base, 'out', 'b'));
    const error = refusal(() => writeOutput(join(base, 'out'), SOME));
    expect(error).toMatchObject({ fault: 'path', path: join(base, 'out', 'b') });
    expect(treeOf(join(base, 'outside'))).toEqual({});
  });

  it('a manifest that somebody has changed cannot make it delete anything outside', () => {
    const base = temporaryFolder();
    plant(base, { precious: 'x' });
    const out = join(base, 'out');
    writeOutput(out, SOME);
    const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
    const entry = `"../precious": "${'0'.repeat(64)}"`;
    writeFileSync(join(out, 'manifest.json'), manifest.replace('"a.yaml":', `${entry},\n    "a.yaml":`));
    writeOutput(out, SOME);
    expect(treeOf(base)['precious']).toBe('x');
  });
});

describe('a manifest with the marks of a merge conflict', () => {
  it('names the files of both sides', () => {
    const hash = '0'.repeat(64);
    const text = `{\n  "generator": "dashwright",\n  "files": {\n<<<<<<< ours\n    "a": "${hash}",\n=======\n    "b\\"c": "${hash}",\n>>>>>>> theirs\n  }\n}\n`;
    expect([...(parseManifest(text)?.files.keys() ?? [])]).toEqual(['a', 'b"c']);
    expect(parseManifest('{}')).toBeUndefined();
  });
});

describe('comparing', () => {
  it('names stale, missing, extra and foreign files, and writes nothing', () => {
    const out = temporaryFolder();
    writeOutput(out, artefacts({ 'stale.json': '1', 'extra.json': '1', 'same.json': '1' }));
    plant(out, { 'stale.json': 'edited', 'foreign.json': 'by hand', 'unknown.txt': 'mine' });
    const before = treeOf(out);
    const wanted = artefacts({ 'stale.json': '1', 'same.json': '1', 'missing.json': '1', 'foreign.json': '1' });
    expect(compareOutput(realFs, out, wanted)).toMatchObject({
      stale: ['manifest.json', 'stale.json'],
      missing: ['missing.json'],
      extra: ['extra.json'],
      foreign: ['foreign.json'],
      unchanged: ['same.json'],
    });
    expect(treeOf(out)).toEqual(before);
  });
});

describe('two builds at once', () => {
  it('the second waits, and gives up where the first does not end', () => {
    const out = temporaryFolder();
    const other = spawn('sleep', ['60']);
    try {
      plant(out, { '.dashwright-staging/owner-1': `${other.pid}\n${hostname()}` });
      const error = refusal(() => writeOutput(out, SOME, { waitMs: 60 }));
      expect(error.fault).toBe('locked');
      expect(error.fix).toContain(join(out, '.dashwright-staging'));
    } finally {
      other.kill();
    }
  });

  it('a lock of a process that is gone, or that was never finished, is taken over', () => {
    const out = temporaryFolder();
    const gone = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
    plant(out, { '.dashwright-staging/owner-1': `${gone}\n${hostname()}` });
    writeOutput(out, SOME, { waitMs: 0 });
    plant(out, { '.dashwright-staging/owner-7': '' });
    writeOutput(out, artefacts({ 'a.yaml': 'again' }), { waitMs: 0 });
    expect(Object.keys(treeOf(out)).toSorted()).toEqual(['a.yaml', 'manifest.json']);
    expect(recoverOutput(out)).toBe(false);
  });
});

describe('a full disk', () => {
  const mounted = mountSmallDisk();

  it.runIf(mounted !== undefined)('leaves the old tree', () => {
    const disk = mounted ?? '';
    try {
      const out = join(disk, 'out');
      const size = (count: number, letter: string): Record<string, string> =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${index}.json`, letter.repeat(20_000)]));
      writeOutput(out, artefacts(size(20, 'a')));
      const before = treeOf(out);
      const error = refusal(() => writeOutput(out, artefacts(size(45, 'b'))));
      expect(error).toMatchObject({ fault: 'system' });
      expect(error.message).toContain('the disk is full');
      expect(treeOf(out)).toEqual(before);
      expect(existsSync(join(out, '.dashwright-staging'))).toBe(false);
      writeOutput(out, artefacts(size(10, 'c')));
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

/** One megabyte of memory as a disk, where the system lets us have one. */
function mountSmallDisk(): string | undefined {
  const disk = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    return disk;
  } catch {
    return undefined;
  }
}

describe('a folder that may not be written', () => {
  it('is said so, with what to do', () => {
    const fs = interceptedFs((_, name) => {
      if (name === 'mkdirSync') throw systemFailure('EACCES');
    });
    const error = refusal(() => writeOutput(join(temporaryFolder(), 'out'), SOME, { fs }));
    expect(error.message).toContain('permission denied');
  });
});

describe.runIf(process.platform === 'linux')('a place where nothing can be made', () => {
  it('is said so, instead of being tried for ever', () => {
    const error = refusal(() => writeOutput('/proc/nothing/can/be/here', SOME));
    expect(error.message).toContain('/proc/nothing');
  });
});
