/** Installation with an apt-get of our own: the real one changes the machine. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { setup } from './install.ts';
import { inTemporaryFolder } from './promtool.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function program(folder: string, name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

/** A machine with these programs and no others. */
async function onMachine(
  programs: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'bin'));
    for (const [name, script] of Object.entries(programs)) await program(join(folder, 'bin'), name, script);
    vi.stubEnv('PATH', join(folder, 'bin'));
    vi.stubEnv('PROMTOOL', '');
    vi.stubEnv('PROMETHEUS', '');
    vi.stubEnv('CI', 'true');
    await use(folder);
  });
}

// Leaves what Debian's package would, and a line for each call.
const APT_GET = `
bin="\${0%/*}"
echo "$@" >> "$bin/../calls"
[ "$1" != install ] && exit 0
for name in promtool prometheus pushgateway; do echo '#!/bin/sh' > "$bin/$name"; /bin/chmod 755 "$bin/$name"; done`;

test('what is missing is installed, without recommended packages and without a question', async () => {
  await onMachine(
    { 'apt-get': APT_GET, sudo: 'shift; [ "$1" = -E ] && shift; exec "$@"', true: '' },
    async (folder) => {
      setup();
      expect((await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n').slice(1)).toEqual([
        'update -q',
        'install -y -q --no-install-recommends prometheus prometheus-pushgateway',
      ]);
    },
  );
});

test('what is there is left alone', async () => {
  await onMachine({ promtool: '', prometheus: '', pushgateway: '', 'apt-get': 'exit 9' }, async () => {
    expect(setup).not.toThrow();
  });
});

test('where nothing can be installed, the run fails with the command to run', async () => {
  await onMachine({}, async () => {
    expect(setup).toThrow(/promtool is not installed.*\n?.*sudo apt-get install --no-install-recommends prometheus/);
  });
});

test('a failing apt-get is reported with the command to run', async () => {
  await onMachine({ 'apt-get': '[ "$1" = --version ]', sudo: 'exit 1' }, async () => {
    expect(setup).toThrow(/apt-get install --no-install-recommends prometheus/);
  });
});
