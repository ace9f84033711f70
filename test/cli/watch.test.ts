import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { add, project, SMALL, start } from './command.ts';

const BUILT = 'Watching for changes';

/** `dashwright build --watch`, and what it says. */
class Watching {
  readonly child: ChildProcess;
  #text = '';

  constructor(root: string) {
    this.child = start(root, ['build', '--watch']);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#text += chunk;
      });
    }
  }

  /** Waits for the next build and gives what was printed since the last one. */
  async build(): Promise<string> {
    while (!this.#text.includes(BUILT)) {
      if (this.child.exitCode !== null) throw new Error(`It ended: ${this.#text}`);
      await setTimeout(10);
    }
    // stdout and stderr come by two ways.
    await setTimeout(50);
    const said = this.#text;
    this.#text = '';
    return said;
  }
}

let watching: Watching | undefined;
afterEach(() => {
  watching?.child.kill('SIGKILL');
});

describe('dashwright build --watch', { timeout: 120_000 }, () => {
  it('builds again on a change, goes on after an error, sees new and deleted files, and ends on SIGINT', async () => {
    const root = project({
      ...SMALL,
      'lib/other.ts': '',
      'dashwright.config.ts': `export default { severities: { R764: 'off' } };\n`,
    });
    const dashboard = join(root, 'out', 'grafana', 'dashboards', 'root', 'http.json');
    watching = new Watching(root);
    expect(await watching.build()).toContain('out: 6 created');

    // A metric that a dashboard and a rule import.
    const metrics = SMALL['metrics/http.ts'] ?? '';
    add(root, { 'metrics/http.ts': metrics.replace('http_requests_total', 'http_server_requests_total') });
    expect(await watching.build()).toContain('out: 3 replaced');
    expect(readFileSync(dashboard, 'utf8')).toContain('http_server_requests_total');

    add(root, { 'dashboards/http.ts': 'export default oops;\n' });
    expect(await watching.build()).toContain('error C834 definition-throws: oops is not defined.');
    expect(existsSync(dashboard)).toBe(true);

    add(root, { 'dashboards/http.ts': SMALL['dashboards/http.ts']?.replace("'HTTP'", "'Web'") ?? '' });
    expect(await watching.build()).toContain('out: 2 replaced');
    expect(readFileSync(dashboard, 'utf8')).toContain('"title": "Web"');

    add(root, {
      'rules/more/second.ts': (SMALL['rules/http.ts'] ?? '')
        .replace('../metrics', '../../metrics')
        .replace("'http'", "'second'")
        .replace('HttpFlood', 'Another'),
    });
    expect(await watching.build()).toContain('out: 1 created, 1 replaced');
    expect(existsSync(join(root, 'out', 'prometheus', 'rules', 'second.yaml'))).toBe(true);

    rmSync(join(root, 'rules', 'more', 'second.ts'));
    expect(await watching.build()).toContain('1 deleted');
    expect(existsSync(join(root, 'out', 'prometheus', 'rules', 'second.yaml'))).toBe(false);

    add(root, { 'dashboards/http.ts': `import missing from '../lib/missing.ts';\nexport default missing;\n` });
    expect(await watching.build()).toContain('error C832 unresolved-import');
    add(root, {
      'lib/missing.ts': `import { dashboard } from 'dashwright';\nexport default dashboard('Empty', { uid: 'empty' });\n`,
    });
    expect(await watching.build()).toContain('out: 1 created');

    const ended = once(watching.child, 'exit');
    watching.child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
