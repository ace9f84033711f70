/** The pages docs/rules.md and docs/testing.md say what is so. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RuleGroup, Slo } from 'dashwright';
import { RULE_CODES } from '../../src/prometheus/checks/codes.ts';
import { compilePrometheus } from '../../src/prometheus/compile.ts';
import { exporter } from '../../src/metrics/exporter.ts';
import { counter } from '../../src/query/metric.ts';
import { ENGINES } from '../engines/find.ts';
import { COMPILERS, messages } from '../types/compile.ts';

const root = join(import.meta.dirname, '../..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(root, '.dashwright-docs-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function page(name: string): Promise<string> {
  return readFile(join(root, 'docs', name), 'utf8');
}

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);
}

async function run(text: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  const file = join(folder, `${name}.ts`);
  await writeFile(file, blocks(text, 'ts').join('\n'));
  return import(file);
}

/** A page shows parts of files, without the indentation that they have there. */
function flush(yaml: string): string {
  return yaml.replaceAll(/^ +/gm, '');
}

test('docs/rules.md compiles to the YAML that it shows', async () => {
  const text = await page('rules.md');
  const { default: group, objective } = await run(text, 'rules');
  const ci = exporter('ci', { scrapeInterval: '30s', targets: ['ci-exporter:9101'] });
  const runs = counter('cicd_pipeline_runs_total', { from: ci });
  const { artefacts, diagnostics } = compilePrometheus(
    {
      groups: [group as RuleGroup, ...(objective as Slo<string>).groups],
      exporters: [ci.model],
      find: () => runs.model,
    },
    { runbookBaseUrl: 'https://runbooks.example', grafanaUrl: 'https://grafana.example' },
  );
  expect(diagnostics).toEqual([]);
  const written = flush(artefacts.map((artefact) => artefact.text).join('\n'));
  for (const block of blocks(text, 'yaml')) expect(written).toContain(flush(block));
});

test('the TypeScript of docs/rules.md has no type errors', async () => {
  const [compiler] = Object.keys(COMPILERS) as (keyof typeof COMPILERS)[];
  const source = blocks(await page('rules.md'), 'ts').join('\n');
  expect(await messages(compiler ?? 'TypeScript 5.9', { rules: source })).toEqual({ rules: '' });
});

test('docs/rules.md lists every code', async () => {
  const rows = [
    ...(await page('rules.md')).matchAll(/^\| \[(R\d+)\]\(codes\/\S+\) +\| (\S+) +\| (\w+) +\| (.*?) +\|$/gm),
  ];
  expect(rows.map(([, code, name, severity, title]) => ({ code, name, severity, title }))).toEqual(RULE_CODES);
});

test('the examples of docs/testing.md hold', async () => {
  await expect(run(await page('testing.md'), 'testing')).resolves.toBeDefined();
});

test('docs/testing.md names every engine', async () => {
  const text = await page('testing.md');
  for (const { variable, programs, debianPackage } of Object.values(ENGINES)) {
    for (const name of [variable, ...programs, debianPackage]) expect(text).toContain(name);
  }
});
