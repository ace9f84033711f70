/** What is committed in out/prometheus is what Prometheus takes as it is. */
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkConfig, checkRules, inTemporaryFolder, testRules } from '../engines/promtool.ts';
import { startPrometheus } from '../engines/server.ts';
import type { LoadedGroup, PrometheusServer } from '../engines/server.ts';

const OUT = join(import.meta.dirname, '../../out/prometheus');

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly { alert?: string; record?: string }[] }[];
}

async function filesOf(folder: string): Promise<readonly string[]> {
  return (await readdir(join(OUT, folder))).toSorted().map((name) => join(OUT, folder, name));
}

/** `group › rule` of everything that is written. */
async function writtenRules(): Promise<readonly string[]> {
  const texts = await Promise.all((await filesOf('rules')).map((file) => readFile(file, 'utf8')));
  return texts
    .flatMap((text) => (parse(text) as RuleFile).groups)
    .flatMap(({ name, rules }) => rules.map(({ alert, record }) => `${name} › ${alert ?? record}`))
    .toSorted();
}

function loadedRules(groups: readonly LoadedGroup[]): readonly string[] {
  return groups.flatMap(({ name, rules }) => rules.map((rule) => `${name} › ${rule.name}`)).toSorted();
}

test('the folder of the rules holds rule files and nothing else', async () => {
  const files = await filesOf('rules');
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !file.endsWith('.yaml'))).toEqual([]);
});

describe('promtool', () => {
  test('accepts every rule file, with all its lints', async () => {
    const { ok, output } = await checkRules(await filesOf('rules'));
    expect(output).not.toContain('FAILED');
    expect(ok).toBe(true);
  });

  test('accepts the configuration where it lies', async () => {
    expect(await checkConfig(join(OUT, 'prometheus.yml'))).toMatchObject({ ok: true });
  });

  test('runs the unit tests of every alert, and they hold', { timeout: 300_000 }, async () => {
    const { output } = await testRules(await filesOf('tests'));
    expect(failures(output)).toEqual([]);
  });
});

describe('a Prometheus server', () => {
  test('starts with the configuration and lists every rule', async () => {
    const server = await startPrometheus(join(OUT, 'prometheus.yml'));
    try {
      expect(loadedRules(await server.groups())).toEqual(await writtenRules());
    } finally {
      await server.stop();
    }
  });

  test('finds every rule healthy once it has evaluated it', { timeout: 120_000 }, async () => {
    await inTemporaryFolder(async (folder) => {
      await cp(OUT, folder, { recursive: true });
      // Nobody wants to wait for the first evaluation of a group that runs every five minutes.
      await hurry(folder);
      const server = await startPrometheus(join(folder, 'prometheus.yml'));
      try {
        const groups = await evaluated(server);
        const unhealthy = groups.flatMap(({ rules }) => rules.filter(({ health }) => health !== 'ok'));
        expect(unhealthy.map(({ name, health, lastError }) => ({ name, health, lastError }))).toEqual([]);
      } finally {
        await server.stop();
      }
    });
  });
});

/** What promtool says of tests that failed. */
function failures(output: string): readonly string[] {
  return output.split(/^Unit Testing: /m).filter((part) => part.includes('FAILED'));
}

async function hurry(folder: string): Promise<void> {
  const rules = join(folder, 'rules');
  const files = [join(folder, 'prometheus.yml'), ...(await readdir(rules)).map((name) => join(rules, name))];
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/^( {4}interval| {2}evaluation_interval): .*$/gm, '$1: 1s'));
  }
}

async function evaluated(server: PrometheusServer): Promise<readonly LoadedGroup[]> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const groups = await server.groups();
    const pending = groups.some(({ rules }) => rules.some(({ health }) => health === 'unknown'));
    if (!pending || Date.now() > deadline) return groups;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
