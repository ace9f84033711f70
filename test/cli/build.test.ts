import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeOf } from '../output/trees.ts';
import { project, run, SMALL } from './command.ts';

const CONFIG = `import { defineConfig } from 'dashwright';
export default defineConfig({ severities: { R764: 'off' } });
`;
const QUIET = { ...SMALL, 'dashwright.config.ts': CONFIG };

describe('dashwright build', () => {
  it('writes what Grafana and Prometheus mount, and the second time nothing', async () => {
    const root = project(QUIET);
    expect(await run(root, ['build'])).toEqual({ code: 0, stdout: 'out: 6 created\n', stderr: '' });
    const tree = treeOf(join(root, 'out'));
    expect(Object.keys(tree).toSorted()).toEqual([
      'grafana/dashboards/root/http.json',
      'grafana/provisioning/dashboards/dashwright.yaml',
      'grafana/provisioning/datasources/dashwright.yaml',
      'manifest.json',
      'prometheus/prometheus.yml',
      'prometheus/rules/http.yaml',
    ]);
    expect(await run(root, ['build'])).toEqual({ code: 0, stdout: 'out: 6 unchanged\n', stderr: '' });
    expect(treeOf(join(root, 'out'))).toEqual(tree);
  });

  it('gives the same bytes in another time zone, locale and folder', async () => {
    const [here, there] = [project(QUIET), project(QUIET)];
    await run(here, ['build'], { env: { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' } });
    await run(there, ['build', '--out', 'elsewhere'], { env: { TZ: 'UTC', LC_ALL: 'C' } });
    expect(treeOf(join(there, 'elsewhere'))).toEqual(treeOf(join(here, 'out')));
  });

  it('deletes what it wrote before and no longer gives, and keeps what it did not write', async () => {
    const root = project({ ...QUIET, 'out/notes.txt': 'mine', 'out/grafana/dashboards/root/by-hand.json': '{}' });
    await run(root, ['build']);
    rmSync(join(root, 'rules'), { recursive: true });
    const { stdout } = await run(root, ['build']);
    expect(stdout).toBe('out: 1 replaced, 1 deleted, 4 unchanged\n');
    const names = Object.keys(treeOf(join(root, 'out')));
    expect(names).toContain('notes.txt');
    expect(names).toContain('grafana/dashboards/root/by-hand.json');
    expect(names).not.toContain('prometheus/rules/http.yaml');
  });

  it('keeps the old output while there is an error', async () => {
    const root = project(QUIET);
    await run(root, ['build']);
    const before = treeOf(join(root, 'out'));
    writeFileSync(join(root, 'dashboards', 'http.ts'), 'export default 1;\n');
    expect((await run(root, ['build'])).code).toBe(1);
    expect(treeOf(join(root, 'out'))).toEqual(before);
  });

  it('--check writes nothing and names what is stale, missing and extra', async () => {
    const root = project(QUIET);
    await run(root, ['build']);
    expect(await run(root, ['build', '--check'])).toEqual({ code: 0, stdout: 'out is current: 6 files\n', stderr: '' });
    writeFileSync(join(root, 'out', 'prometheus', 'prometheus.yml'), 'edited by hand');
    rmSync(join(root, 'out', 'grafana', 'dashboards', 'root', 'http.json'));
    cpSync(join(root, 'rules', 'http.ts'), join(root, 'rules', 'renamed.ts'));
    rmSync(join(root, 'rules', 'http.ts'));
    writeFileSync(
      join(root, 'rules', 'renamed.ts'),
      readFileSync(join(root, 'rules', 'renamed.ts'), 'utf8').replace("ruleGroup('http'", "ruleGroup('renamed'"),
    );
    const before = treeOf(join(root, 'out'));
    const { code, stdout } = await run(root, ['build', '--check']);
    expect(code).toBe(1);
    expect(stdout).toContain('error C850 stale-file: `out/manifest.json` is stale.');
    expect(stdout).toContain('error C850 stale-file: `out/prometheus/prometheus.yml` is stale.');
    expect(stdout).toContain('error C851 missing-file: `out/grafana/dashboards/root/http.json` is missing.');
    expect(stdout).toContain('error C851 missing-file: `out/prometheus/rules/renamed.yaml` is missing.');
    expect(stdout).toContain(
      'error C852 extra-file: `out/prometheus/rules/http.yaml` is no longer part of the project.',
    );
    expect(treeOf(join(root, 'out'))).toEqual(before);
  });

  it('settles a merge conflict in the manifest', async () => {
    const root = project(QUIET);
    await run(root, ['build']);
    const file = join(root, 'out', 'manifest.json');
    const manifest = readFileSync(file, 'utf8');
    const line = manifest.split('\n').find((text) => text.includes('prometheus.yml')) ?? '';
    writeFileSync(
      file,
      manifest.replace(
        line,
        `<<<<<<< ours\n${line}\n=======\n${line.replace(/[0-9a-f]{64}/, '0'.repeat(64))}\n>>>>>>> theirs`,
      ),
    );
    expect((await run(root, ['build'])).stdout).toBe('out: 1 replaced, 5 unchanged\n');
    expect(readFileSync(file, 'utf8')).toBe(manifest);
  });

  it('writes where the configuration says, unless --out says otherwise', async () => {
    const root = project({ ...SMALL, 'dashwright.config.ts': `export default { out: 'deploy/monitoring' };\n` });
    expect((await run(root, ['build'])).stdout).toContain('deploy/monitoring: 6 created');
    expect((await run(root, ['build', '--out', 'other'])).stdout).toContain('other: 6 created');
  });
});

describe('severities and suppressions', () => {
  it('a severity of the configuration decides over the exit code', async () => {
    const root = project({
      ...SMALL,
      'dashwright.config.ts': `export default { severities: { 'alert-without-test': 'error' } };\n`,
    });
    const { code, stdout } = await run(root, ['check']);
    expect(code).toBe(1);
    expect(stdout).toContain('error R764 alert-without-test: ');
  });

  it('a comment beside the line suppresses a code with a reason', async () => {
    const rules = SMALL['rules/http.ts'] ?? '';
    const comment = '  // dashwright: disable=R764 reason: shown by a drill every quarter\n';
    const root = project({ ...SMALL, 'rules/http.ts': rules.replace("  alert('", `${comment}  alert('`) });
    expect((await run(root, ['check'])).stdout).toBe('Checked 1 metric, 1 dashboard, 1 rule group.\n');
  });

  it('the configuration may speak of codes that only the linter reports', async () => {
    const config = `export default {
  severities: { R764: 'off', C823: 'off', 'nothing-to-lint': 'warning', C850: 'warning' },
  suppressions: [
    { code: 'C822', files: 'old/**', reason: 'as they came' },
    { code: 'Q203', files: 'dashboards/*.json', reason: 'as they came' },
  ],
};
`;
    const root = project({ ...SMALL, 'dashwright.config.ts': config });
    expect((await run(root, ['check'])).stdout).toBe('Checked 1 metric, 1 dashboard, 1 rule group.\n');
  });

  it('a suppression without a reason, of nothing, or of no code is itself reported', async () => {
    const root = project({
      ...SMALL,
      'metrics/odd.ts': [
        '// dashwright: disable-file=R764',
        '// dashwright: disable=Q203 reason: there was one',
        '// dashwright: disable=Q999 reason: no such code',
        'export {};\n',
      ].join('\n'),
    });
    const { code, stdout } = await run(root, ['check']);
    expect(code).toBe(1);
    expect(stdout).toContain('C802 suppression-without-reason: The suppression of R764 gives no reason.');
    expect(stdout).toContain('C801 unused-suppression: The suppression of Q203 suppresses nothing.');
    expect(stdout).toContain('C803 unknown-code: A suppression names "Q999"');
    expect(stdout).toContain('--> metrics/odd.ts:3:1');
  });

  it('a suppression of the configuration for the files of the project that suppresses nothing is reported', async () => {
    const config = `export default {
  suppressions: [{ code: 'Q203', files: 'rules/**', reason: 'there was one' }, { code: 'Q301', reason: 'too' }],
};
`;
    const { stdout } = await run(project({ ...SMALL, 'dashwright.config.ts': config }), ['check']);
    expect(stdout).toContain('C801 unused-suppression: The suppression of Q203 suppresses nothing.');
    expect(stdout).toContain('C801 unused-suppression: The suppression of Q301 suppresses nothing.');
  });
});
