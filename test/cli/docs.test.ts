import { exec } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { project, SMALL } from './command.ts';

interface Step {
  readonly command: string;
  readonly output: string;
}

/** The console blocks of a page, as commands with what they print. */
function steps(page: string): readonly Step[] {
  const blocks = [...page.matchAll(/```console\n([^]*?)```/g)].map(([, text = '']) => text);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((step) => {
        const [command = '', ...output] = step.split('\n');
        return { command, output: output.join('\n') };
      }),
  );
}

it('the examples of docs/cli.md print what the page says', { timeout: 120_000 }, async () => {
  const root = project({
    ...SMALL,
    '.bin/dashwright': '',
    'dashwright.config.ts': `export default { severities: { R764: 'off' } };\n`,
  });
  const command = join(root, '.bin', 'dashwright');
  const examples = steps(readFileSync('docs/cli.md', 'utf8'));
  expect(examples.length).toBeGreaterThan(5);
  writeExecutable(command, `#!/bin/sh\nexec "${process.execPath}" "${resolve('scripts/dashwright.mjs')}" "$@"\n`);
  for (const example of examples) {
    const { stdout } = await shell(example.command, root);
    expect({ ...example, output: stdout.trimEnd() }).toEqual({ ...example, output: example.output.trimEnd() });
  }
});

function writeExecutable(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

function shell(command: string, root: string): Promise<{ readonly stdout: string }> {
  const PATH = `${join(root, '.bin')}:${process.env['PATH'] ?? ''}`;
  return new Promise((resolve) => {
    exec(command, { cwd: root, env: { ...process.env, PATH } }, (_, stdout) => resolve({ stdout }));
  });
}
