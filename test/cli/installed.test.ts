import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { add, project, SMALL } from './command.ts';

let root = '';

/** A project with the package as npm installs it: compiled, with its dependencies, and no others, beside it. */
beforeAll(() => {
  root = project(SMALL);
  const modules = join(root, 'node_modules');
  const own = join(modules, 'dashwright');
  mkdirSync(own, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  execFileSync(process.execPath, ['scripts/compile.mjs', join(own, 'dist')]);
  cpSync('package.json', join(own, 'package.json'));
  cpSync('docs', join(own, 'docs'), { recursive: true });
});

function dashwright(...args: string[]): {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const main = join(root, 'node_modules', 'dashwright', 'dist', 'cli', 'bin.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

describe('the installed package', { timeout: 120_000 }, () => {
  it('builds, and points at the author’s line', () => {
    expect(dashwright('build')).toMatchObject({ code: 0, stderr: '' });
    add(root, { 'metrics/b.ts': `import { counter } from 'dashwright';\n\nexport const b =   counter('b');\n` });
    const { code, stdout } = dashwright('build');
    expect(code).toBe(1);
    expect(stdout).toContain('  --> metrics/b.ts:3:20');
    expect(stdout).not.toContain('node_modules');
    add(root, { 'metrics/b.ts': 'export {};\n' });
  });

  it('keeps what was compiled of it for the next run, and does without where that is damaged', () => {
    const folder = join(root, 'node_modules', '.cache', 'dashwright');
    expect(dashwright('build')).toMatchObject({ code: 0, stderr: '' });
    const [kept = '', ...others] = readdirSync(folder).filter((name) => name.startsWith('build-'));
    expect(others).toEqual([]);
    const { size, mtimeMs } = statSync(join(folder, kept));
    expect(dashwright('build')).toMatchObject({ code: 0, stderr: '' });
    expect(statSync(join(folder, kept)).mtimeMs).toBe(mtimeMs);
    for (const damaged of ['', 'x'.repeat(size)]) {
      writeFileSync(join(folder, kept), damaged);
      expect(dashwright('build')).toMatchObject({ code: 0, stderr: '' });
      expect(statSync(join(folder, kept)).size).toBeGreaterThan(size / 2);
    }
  });

  it('keeps nothing for words that are no commands', () => {
    const modules = join(root, 'node_modules');
    const names = (): readonly string[] => [
      ...readdirSync(modules),
      ...readdirSync(join(modules, '.cache', 'dashwright')),
    ];
    const before = new Set(names());
    expect(dashwright('../../escape').code).toBe(2);
    expect(dashwright('biuld').code).toBe(2);
    expect(names().filter((name) => !before.has(name) && !name.startsWith('help-'))).toEqual([]);
  });

  it('says whose code it holds', () => {
    const notices = readFileSync(join(root, 'node_modules/dashwright/dist/cli/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['@grafana/grafana-foundation-sdk', 'commander', 're2js', 'yaml']) {
      expect(notices).toMatch(new RegExp(`^${name} v?\\d`, 'm'));
    }
  });

  it('has its pages with it', () => {
    expect(dashwright('explain', 'Q203').stdout).toContain('# Q203 rate-needs-counter');
  });

  it('shares one instance with packages that others wrote', () => {
    add(root, {
      'node_modules/shared-metrics/package.json': JSON.stringify({
        name: 'shared-metrics',
        type: 'module',
        exports: './index.js',
        peerDependencies: { dashwright: '*' },
      }),
      'node_modules/shared-metrics/index.js': `import { counter } from 'dashwright';\nexport * as library from 'dashwright';\nexport const logins = counter('logins_total', { help: 'Logins.' });\n`,
      'metrics/shared.ts': `import * as dashwright from 'dashwright';
import { library, logins } from 'shared-metrics';

if (dashwright.counter !== library.counter) throw new Error('There are two instances.');
export { logins };
`,
    });
    expect(dashwright('check')).toMatchObject({ code: 0, stderr: '' });
    expect(dashwright('catalogue').stdout).toContain('"logins_total"');
  });
});
