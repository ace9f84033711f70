/**
 * What the analysis costs against a parse: every public expression (where the corpus is there, otherwise what this
 * project itself emits), first parsed only, then with facts, then with facts and all checks, turn by turn in one
 * run. Says which checks take longest.
 * Run: `node --conditions=dashwright-source --import tsx bench/analysis.ts`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import type { Expr } from '../src/promql/ast.ts';
import type { Query } from '../src/analysis/check.ts';
import type { ProjectSubject, Subject } from '../src/analysis/subject.ts';
import { hasCorpus, MISSING, writePublicFiles } from '../test/corpora/public-rules.ts';

/** Inside the project, so that the compiled files find their dependencies; what runs is what is published. */
const COMPILED = 'node_modules/.cache/dashwright-bench-analysis';
const MODULES = [
  'analysis/analyse',
  'analysis/checks/index',
  'analysis/driver',
  'analysis/facts/infer',
  'analysis/world',
  'lint/files',
  'lint/subjects',
  'promql/errors',
  'promql/parse',
];
const RUNS = 7;
const SLOWEST = 5;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folder = mkdtempSync(join(tmpdir(), 'dashwright-bench-'));
try {
  // As the command is made: tsx, which runs this file, adds code of its own to every function.
  await build({
    entryPoints: MODULES.map((name) => `src/${name}.ts`),
    outbase: 'src',
    outdir: COMPILED,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
  });
  if (hasCorpus()) writePublicFiles(folder);
  else process.stdout.write(`${MISSING} Analysing out/ instead.\n`);
  await measure(hasCorpus() ? folder : resolve('out'));
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(COMPILED, { recursive: true, force: true });
}

async function compiled<Module>(path: string): Promise<Module> {
  return (await import(resolve(COMPILED, path))) as Module;
}

async function measure(path: string): Promise<void> {
  const { analyseProject } = await compiled<typeof import('../src/analysis/analyse.ts')>('analysis/analyse.mjs');
  const { CHECKS } = await compiled<typeof import('../src/analysis/checks/index.ts')>('analysis/checks/index.mjs');
  const { createQuery, createSuite, runQuery } =
    await compiled<typeof import('../src/analysis/driver.ts')>('analysis/driver.mjs');
  const { infer } = await compiled<typeof import('../src/analysis/facts/infer.ts')>('analysis/facts/infer.mjs');
  const { createWorld } = await compiled<typeof import('../src/analysis/world.ts')>('analysis/world.mjs');
  const { readFiles } = await compiled<typeof import('../src/lint/files.ts')>('lint/files.mjs');
  const { subjectsOf } = await compiled<typeof import('../src/lint/subjects.ts')>('lint/subjects.mjs');
  const { parse } = await compiled<typeof import('../src/promql/parse.ts')>('promql/parse.mjs');
  const { PromqlSyntaxError } = await compiled<typeof import('../src/promql/errors.ts')>('promql/errors.mjs');
  const parses = (text: string): boolean => {
    try {
      parse(text, { variables: true });
      return true;
    } catch (error) {
      if (!(error instanceof PromqlSyntaxError)) throw error;
      return false;
    }
  };
  const { project, records } = subjectsOf(readFiles([path]).files);
  const world = createWorld({ closed: false, rules: records });
  const asText = unparsed(project);
  const subjects = [
    ...asText.groups.flatMap(({ rules }) => rules),
    ...asText.dashboards.flatMap((dashboard) => dashboard.queries),
    ...asText.queries,
  ].filter(({ text }) => parses(text));
  const query = (expr: Expr, subject: Subject): Query => createQuery(expr, subject, world, infer(expr, world));
  const best = bestOf({
    parse: () => {
      for (const { text } of subjects) parse(text, { variables: true });
    },
    'parse and facts': () => {
      for (const { text } of subjects) infer(parse(text, { variables: true }), world);
    },
    'parse, facts and all checks': () => analyseProject(asText, world),
  });
  process.stdout.write(`${subjects.length} expressions, best of ${RUNS}\n`);
  for (const [name, milliseconds] of best) {
    const ratio = (milliseconds / best.get('parse')!).toFixed(1);
    process.stdout.write(`${name}: ${milliseconds.toFixed(0)} ms, ${ratio} times a parse\n`);
  }
  const asked = subjects.map((subject) => query(parse(subject.text, { variables: true }), subject));
  const costs = bestOf(
    Object.fromEntries(
      CHECKS.map((check): [string, () => unknown] => {
        const suite = createSuite([check]);
        return [check.code, () => asked.map((query) => runQuery(query, suite))];
      }),
    ),
  );
  const slowest = [...costs].toSorted(([, a], [, b]) => b - a).slice(0, SLOWEST);
  const list = slowest.map(([code, milliseconds]) => `${code} ${milliseconds.toFixed(0)} ms`);
  process.stdout.write(`slowest checks of single queries: ${list.join(', ')}\n`);
}

/** The reader of files has parsed the queries already. */
function unparsed({ groups, dashboards, queries }: ProjectSubject): ProjectSubject {
  const text = ({ text: query, place, where }: Subject): Subject => ({ text: query, place, where });
  return {
    groups: groups.map((group) => ({ ...group, rules: group.rules.map(text) })),
    dashboards: dashboards.map((dashboard) => ({ ...dashboard, queries: dashboard.queries.map(text) })),
    queries: queries.map(text),
  };
}

/** The shortest time of each step; the steps take turns, so that all meet the same machine, without others' garbage. */
function bestOf(steps: Readonly<Record<string, () => unknown>>): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (let turn = 0; turn < RUNS; turn += 1) {
    for (const [name, step] of Object.entries(steps)) {
      collectGarbage();
      const start = performance.now();
      step();
      best.set(name, Math.min(best.get(name) ?? Infinity, performance.now() - start));
    }
  }
  return best;
}
