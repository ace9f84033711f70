import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, run, SMALL } from './command.ts';

const COMMANDS = ['build', 'check', 'lint', 'explain', 'catalogue'];

describe('usage', () => {
  it.concurrent.each(COMMANDS)('%s has help with examples', { timeout: 60_000 }, async (command) => {
    const { code, stdout } = await run(process.cwd(), [command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: dashwright ${command}`);
    expect(stdout).toContain('Examples:\n  $ dashwright');
  });

  it('lists its commands and exit codes', async () => {
    const { stdout } = await run(process.cwd(), ['--help']);
    for (const command of COMMANDS) expect(stdout).toContain(`\n  ${command} `);
    expect(stdout).toContain('Exit codes: 0 clean');
  });

  it.concurrent.each([
    [['biuld'], "unknown command 'biuld'"],
    [['build', '--wacht'], "unknown option '--wacht'"],
    [['build', '--format', 'xml'], 'Allowed choices are text, json, github, sarif'],
    [['check', '--max-warnings', 'few'], 'It is a whole number, 0 or more.'],
    [['build', '--check', '--watch'], '--check and --watch exclude each other.'],
    [['explain', 'Q9999'], 'There is no code "Q9999".'],
    [['check', 'rules/http.ts'], 'A project is read as a whole, from the folder that the command runs in.'],
  ])('%j is wrong usage', { timeout: 60_000 }, async (args, message) => {
    const { code, stderr, stdout } = await run(process.cwd(), args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });

  it('does not complain when nobody reads its output to the end', async () => {
    const script = resolve('scripts/dashwright.mjs');
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${script}" explain | head -n 1`], { stdio: 'pipe' });
    let stderr = '';
    shell.stderr.on('data', (chunk) => (stderr += String(chunk)));
    await new Promise((done) => shell.once('close', done));
    expect(stderr).toBe('');
  });

  it.runIf(existsSync('/dev/full'))('says without a stack that its output could not be written', async () => {
    const script = resolve('scripts/dashwright.mjs');
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${script}" explain > /dev/full`], { stdio: 'pipe' });
    let stderr = '';
    shell.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const code = await new Promise((done) => shell.once('close', done));
    expect(stderr).toBe('The output cannot be written: ENOSPC: no space left on device, write.\n');
    expect(code).toBe(2);
  });
});

describe('dashwright explain', () => {
  it('shows the page of a code, by code or name', async () => {
    const byCode = await run(process.cwd(), ['explain', 'q203']);
    expect(byCode.code).toBe(0);
    expect(byCode.stdout).toContain('Q203');
    expect(await run(process.cwd(), ['explain', 'rate-needs-counter'])).toEqual(byCode);
  });

  it('lists every code once', async () => {
    const { stdout } = await run(process.cwd(), ['explain']);
    const codes = stdout
      .split('\n')
      .map((line) => line.slice(0, 4))
      .filter(Boolean);
    expect(codes.length).toBeGreaterThan(100);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual([...codes].toSorted());
  });
});

describe('what is printed', () => {
  const faulty = {
    ...SMALL,
    'dashboards/raw.ts': `import { dashboard, promql, timeseries } from 'dashwright';
import { requests } from '../metrics/http.ts';
export default dashboard('Raw', { uid: 'raw', panels: [timeseries('By verb', promql\`sum by (verb) (rate(\${requests}[5m]))\`, { description: 'x' })] });
`,
  };

  it('is coloured only where that is asked for', async () => {
    const root = project(faulty);
    const escape = '\u001b[';
    expect((await run(root, ['check'])).stdout).not.toContain(escape);
    expect((await run(root, ['check'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(`${escape}31merror Q312`);
    expect((await run(root, ['check'], { env: { FORCE_COLOR: '0' } })).stdout).not.toContain(escape);
    expect((await run(root, ['check'], { env: { NO_COLOR: '1' } })).stdout).not.toContain(escape);
  });

  it('is a JSON document, workflow commands or a SARIF log where that is asked for', async () => {
    const root = project(faulty);
    const json = await run(root, ['check', '--format', 'json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ summary: { error: 1 } });
    const github = await run(root, ['check', '--format', 'github']);
    expect(github.stdout).toMatch(/^::error title=Q312 by-unknown-label,file=dashboards\/raw\.ts,line=3,col=\d+::/);
    const sarif = await run(root, ['check', '--format', 'sarif']);
    const log = JSON.parse(sarif.stdout) as { version: string; runs: { results: { ruleId: string }[] }[] };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('Q312');
  });

  it('--max-warnings makes warnings count', async () => {
    const root = project({ ...SMALL, 'dashwright.config.ts': `export default { severities: { R764: 'warning' } };\n` });
    expect((await run(root, ['build', '--max-warnings', '1'])).code).toBe(0);
    const { code, stderr } = await run(root, ['build', '--max-warnings', '0']);
    expect(code).toBe(1);
    expect(stderr).toBe('More warnings than allowed: 1, at most 0.\n');
  });
});

describe('dashwright catalogue', () => {
  it("writes the project's metrics with what its rules record, the same on every machine", async () => {
    const root = project({
      ...SMALL,
      'rules/records.ts': `import { rate, record, ruleGroup, sum } from 'dashwright';
import { requests } from '../metrics/http.ts';
export const byJob = record('job:http_requests:rate5m', sum(rate(requests, '5m'), { by: ['job'] }));
export default ruleGroup('records', {}, [byJob]);
`,
    });
    const { code, stdout } = await run(root, ['catalogue']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      metrics: [
        { name: 'http_requests_total', kind: 'counter', position: { file: 'metrics/http.ts', line: 5, column: 25 } },
        { name: 'job:http_requests:rate5m', kind: 'gauge', labels: { job: {} } },
      ],
    });
    expect(stdout).not.toContain(root);
  });
});
