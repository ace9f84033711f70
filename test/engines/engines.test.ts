import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findEngine } from './find.ts';
import { checkRulesText, evaluate, evaluateAll, inTemporaryFolder } from './promtool.ts';
import { startPrometheus } from './server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('finding an engine', () => {
  test('a missing program is an error with the command that installs it', () => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('PROMTOOL', '');
    expect(() => findEngine('promtool')).toThrow(
      /promtool is not installed.*apt-get install --no-install-recommends prometheus".*PROMTOOL/,
    );
  });

  test('the environment goes before PATH, and a wrong path in it is an error', () => {
    vi.stubEnv('PROMTOOL', process.execPath);
    expect(findEngine('promtool')).toBe(process.execPath);
    vi.stubEnv('PROMTOOL', '/nowhere/promtool');
    expect(() => findEngine('promtool')).toThrow('PROMTOOL says "/nowhere/promtool"');
  });
});

describe('evaluating in promtool', () => {
  test('results come back in order, with labels, special values, emptiness and errors', async () => {
    const series = { [String.raw`up{job="a\"b, {c",x="ü\n"}`]: '0+1x10', 'up{job="b"}': '0+1x10' };
    const queries = ['up', 'up == -1', 'sum(up) / 0', '0 / 0', 'up +', '-1 / 0', 'up + on () group_left () up'];
    const results = await evaluateAll(queries.map((expr) => ({ series, expr, at: '5m' })));
    expect(results.slice(0, 4)).toEqual([
      {
        samples: [
          { labels: { __name__: 'up', job: 'a"b, {c', x: 'ü\n' }, value: 5 },
          { labels: { __name__: 'up', job: 'b' }, value: 5 },
        ],
      },
      { samples: [] },
      { samples: [{ labels: {}, value: Infinity }] },
      { samples: [{ labels: {}, value: NaN }] },
    ]);
    expect(results[4]?.error).toContain('parse error: unexpected end of input');
    expect(results[5]).toEqual({ samples: [{ labels: {}, value: -Infinity }] });
    expect(results[6]?.error).toContain('found duplicate series');
  });

  test('evaluations of different intervals share a call and see all their samples', async () => {
    const [fast, slow, fastAgain] = await evaluateAll([
      { series: { x: '0+1x100' }, expr: 'x', at: '95s', interval: '10s' },
      { series: { x: '0+1x100' }, expr: 'x', at: '25m', interval: '5m' },
      { series: { x: '7' }, expr: 'x', at: '5s', interval: '10s' },
    ]);
    expect(fast?.samples?.[0]?.value).toBe(9);
    expect(slow?.samples?.[0]?.value).toBe(5);
    expect(fastAgain?.samples?.[0]?.value).toBe(7);
  });

  test('rules run beside the series', async () => {
    const rules = 'groups: [{name: g, rules: [{record: a:b, expr: x * 2}, {alert: A, expr: "x > 1"}]}]';
    expect(await evaluate({ x: '3x10' }, 'a:b', '2m', { rules })).toEqual([{ labels: { __name__: 'a:b' }, value: 6 }]);
    const [alert] = await evaluate({ x: '3x10' }, 'ALERTS', '2m', { rules });
    expect(alert?.labels['alertstate']).toBe('firing');
  });

  test('series that promtool refuses are an error, not an empty result', async () => {
    await expect(evaluate({ 'up{': '1' }, 'up', '1m')).rejects.toThrow('could not run');
  });
});

test('promtool check rules refuses an unknown field', async () => {
  const verdict = await checkRulesText('groups: [{name: g, rules: [{record: a:b, expr: "1", colour: red}]}]');
  expect(verdict.ok).toBe(false);
  expect(verdict.output).toContain('colour');
});

describe('a real Prometheus', () => {
  test('loads a configuration, answers queries, lists its rules, and leaves nothing behind', async () => {
    await inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'r.yaml'), 'groups: [{name: g, rules: [{record: a:b, expr: "1"}]}]');
      await writeFile(join(folder, 'prometheus.yml'), 'rule_files: [r.yaml]');
      const server = await startPrometheus(join(folder, 'prometheus.yml'));
      try {
        expect((await server.query('1 + 1')).data).toMatchObject({ resultType: 'scalar' });
        expect((await server.query('1 +')).status).toBe('error');
        expect((await server.groups()).map(({ name }) => name)).toEqual(['g']);
      } finally {
        await server.stop();
      }
      await expect(fetch(server.url)).rejects.toThrow('fetch failed');
      expect(existsSync(server.storage)).toBe(false);
    });
  });

  test('a configuration that it refuses is an error with what it logged', async () => {
    await inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'prometheus.yml'), 'colour: red');
      await expect(startPrometheus(join(folder, 'prometheus.yml'))).rejects.toThrow('colour');
    });
  });
});
