import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A copy of the definitions, with the library as it is here. */
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dashwright-misspelt-'));
  for (const folder of ['metrics', 'dashboards', 'rules']) cpSync(folder, join(root, folder), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'dashwright.config.ts']) cpSync(file, join(root, file));
  for (const folder of ['src', 'node_modules']) symlinkSync(resolve(folder), join(root, folder));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function replaceIn(file: string, written: string, misspelt: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  expect(text).toContain(written);
  writeFileSync(join(root, file), text.replace(written, misspelt));
}

function run(script: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve(script), ...args],
      { cwd: root, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

test('tsc refuses a misspelt label of a dashboard, and names it', async () => {
  replaceIn('dashboards/cicd.ts', "{ by: ['repository', 'pipeline_name'] }", "{ by: ['repository', 'pipelin_name'] }");
  const { code, output } = await run('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.', '--preserveSymlinks');
  expect(code).not.toBe(0);
  expect(output).toMatch(/dashboards\/cicd\.ts\(\d+,\d+\): error .*pipelin_name/);
});

test('check refuses it in raw PromQL, and points at it', async () => {
  const written =
    "max(pipelineLastRunSuccessful({ ...chosen, branch: 'default' }), { by: ['repository', 'pipeline_name'] })";
  replaceIn('dashboards/cicd.ts', written, 'promql`max by (repository, pipelin_name) (${pipelineLastRunSuccessful})`');
  replaceIn('dashboards/cicd.ts', "} from 'dashwright';", "  promql,\n} from 'dashwright';");
  const { code, output } = await run('scripts/dashwright.mjs', 'check');
  expect(code).toBe(1);
  expect(output).toContain('error Q312 by-unknown-label');
  expect(output).toContain('no label `pipelin_name` to aggregate by. Did you mean `pipeline_name`?');
  expect(output).toMatch(/--> dashboards\/cicd\.ts:\d+:\d+/);
});
