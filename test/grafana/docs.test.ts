/** The page docs/dashboards.md says what is so. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue, type DashboardModel, type Metric } from 'dashwright';
import { describe as describeFacts, type QueryDescription } from '../../src/analysis/describe.ts';
import type { Expr } from '../../src/promql/ast.ts';
import { infer } from '../../src/analysis/facts/infer.ts';
import { createWorld } from '../../src/analysis/world.ts';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import { DELIVERY_CODES } from '../../src/grafana/delivery/codes.ts';
import { COMPILERS, messages, type CompilerName } from '../types/compile.ts';

const root = join(import.meta.dirname, '../..');
let folder = '';
let page = '';

beforeAll(async () => {
  folder = await mkdtemp(join(root, '.dashwright-docs-'));
  page = await readFile(join(root, 'docs/dashboards.md'), 'utf8');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function blocks(kind: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);
}

test('its program compiles to dashboards that nothing is wrong with', async () => {
  const file = join(folder, 'page.ts');
  await writeFile(file, `${blocks('ts').join('\n')}\nexport const declared = [runs, duration, lastRun];\n`);
  const { default: dashboards, declared } = (await import(file)) as {
    default: readonly DashboardModel[];
    declared: readonly Metric<Record<string, string>, 'counter', 'count', string>[];
  };
  const metrics = catalogue(declared);
  const world = createWorld({ catalogue: metrics });
  const describe = (expr: Expr): QueryDescription => describeFacts(infer(expr, world));
  const { artefacts, diagnostics } = await compileDashboards(dashboards, { catalogue: metrics, describe });
  expect(diagnostics).toEqual([]);
  expect(artefacts.map(({ path }) => path)).toEqual([
    'grafana/dashboards/mlops/cicd-pipeline.json',
    'grafana/dashboards/mlops/cicd-pipelines.json',
    'grafana/provisioning/dashboards/dashwright.yaml',
    'grafana/provisioning/datasources/dashwright.yaml',
  ]);
  const units = [...(artefacts[1]?.text.matchAll(/"unit": "(\w+)"/g) ?? [])].map(([, unit]) => unit);
  expect(new Set(units)).toEqual(new Set(['percentunit', 'dateTimeFromNow', 's', 'dateTimeAsIso', 'cps']));
});

test.each(Object.keys(COMPILERS) as CompilerName[])(
  '%s takes its program and refuses what it says',
  async (compiler) => {
    // The files are compiled outside of the project, where no package can be found by its name.
    const program = blocks('ts')
      .join('\n')
      .replace(
        /@grafana\/grafana-foundation-sdk\/(\w+)/,
        `${root}/node_modules/@grafana/grafana-foundation-sdk/dist/$1/index.js`,
      );
    const [refused = ''] = blocks('ts refused');
    const [, said = ''] = /```ts refused[\s\S]*?```text\n(.*)\n```/.exec(page) ?? [];
    const answers = await messages(compiler, { program, refused: `${program}\n${refused}` });
    expect(answers['program']).toBe('');
    expect(answers['refused']).toContain(said);
  },
);

test('its table of codes is the table of codes', () => {
  const rows = [...page.matchAll(/^\| (D\d{3}) +\| (\S+) +\| (\w+) +\| (.*?) +\|$/gm)];
  expect(rows.map(([, code, name, severity, title]) => ({ code, name, severity, title }))).toEqual(DELIVERY_CODES);
});
