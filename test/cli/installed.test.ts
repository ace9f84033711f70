import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { add, project, SMALL } from './command.ts';

let root = '';

/** A project with the package as npm installs it: compiled, with its dependencies beside it. */
beforeAll(() => {
  root = project(SMALL);
  const modules = join(root, 'node_modules');
  const own = join(modules, 'dashwright');
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync('node_modules')) {
    if (name !== 'dashwright' && !name.startsWith('.')) symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  const tsc = resolve('node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [
    tsc,
    '-p',
    'tsconfig.build.json',
    '--outDir',
    join(own, 'dist'),
    '--declaration',
    'false',
    '--declarationMap',
    'false',
    '--isolatedDeclarations',
    'false',
  ]);
  cpSync('package.json', join(own, 'package.json'));
  cpSync('docs', join(own, 'docs'), { recursive: true });
});

function dashwright(...args: string[]): {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const main = join(root, 'node_modules', 'dashwright', 'dist', 'cli', 'main.js');
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

  it('has its pages with it', () => {
    expect(dashwright('explain', 'Q203').stdout).toContain('# Q203 rate-needs-counter');
  });

  it('shares one instance with packages that others wrote', () => {
    add(root, {
      'node_modules/shared-metrics/package.json': JSON.stringify({
        name: 'shared-metrics',
        type: 'module',
        exports: './index.js',
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
