/**
 * The two nets agree: for generated expressions, the labels that the compiler finds are those that the analysis
 * infers from the tree.
 */
import { array, boolean, constantFrom, record, sample, tuple } from 'fast-check';
import * as dw from 'dashwright';
import { print } from 'dashwright/promql';
import { expect, test } from 'vitest';
import { infer } from '../../src/analysis/facts/infer.ts';
import { possibleLabels } from '../../src/analysis/facts/labels.ts';
import { labelsOf } from '../../src/analysis/facts/source.ts';
import { createWorld } from '../../src/analysis/world.ts';
import { COMPILERS, messages, type CompilerName } from './compile.ts';

const METRICS = `
const app = dw.exporter('app', { scrapeInterval: '30s', targetLabels: { zone: dw.any } });
const runs = dw.counter('runs_total', { labels: { pipeline: dw.any, status: dw.oneOf('success', 'failure') }, from: app });
const jobs = dw.counter('jobs_total', { labels: { pipeline: dw.any } });
const memory = dw.gauge('memory', { labels: { pod: dw.any, status: dw.oneOf('success', 'failure') }, from: app });
const build = dw.info('build_info', { labels: { version: dw.any, pod: dw.any }, from: app });
const duration = dw.histogram('duration_seconds', { labels: { stage: dw.any }, from: app });
const native = dw.nativeHistogram('spread_seconds', { labels: { stage: dw.any }, from: app });
`;

type Metrics = Record<'runs' | 'jobs' | 'memory' | 'build' | 'duration' | 'native', dw.AnyMetric>;

// oxlint-disable-next-line typescript/no-implied-eval -- the code that the compiler sees is what has to run
const metrics = new Function('dw', `${METRICS} return { runs, jobs, memory, build, duration, native };`)(dw) as Metrics;
const world = createWorld({ catalogue: dw.catalogue(Object.values(metrics)), closed: true });

function query(code: string): dw.QueryValue {
  // oxlint-disable-next-line typescript/no-implied-eval -- as above
  return new Function('dw', ...Object.keys(metrics), `return ${code};`)(dw, ...Object.values(metrics)) as dw.QueryValue;
}

function inferred(code: string): readonly string[] {
  const { expr } = query(code);
  return [...possibleLabels(labelsOf(infer(expr, world).root))].toSorted();
}

const LEAVES: readonly string[] = [
  'dw.rate(runs)',
  `dw.increase(runs({ status: 'failure', zone: 'a' }), '1h')`,
  'dw.rate(jobs)',
  'memory',
  `memory({ pod: dw.matching(/a.*/) })`,
  'build',
  'dw.rate(duration.bucket)',
  'dw.rate(duration.sum)',
  'dw.histogramQuantile(0.9, dw.rate(duration.bucket))',
  'dw.histogramQuantile(0.9, dw.rate(native))',
  `dw.mean(duration, { by: ['stage'] })`,
  `dw.ratio(runs({ status: 'success' }), runs, { by: ['pipeline', 'zone'] })`,
  `dw.share(memory, { by: ['pod', 'zone'], of: ['zone'] })`,
  'dw.vector(1)',
];

/** A step from one or two expressions to another; `pick` chooses some of a list. */
type Step = (left: string, right: string, pick: <T>(from: readonly T[]) => readonly T[]) => string;

const list = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;
const common = (left: string, right: string): readonly string[] =>
  inferred(left).filter((name) => inferred(right).includes(name));

const STEPS: readonly Step[] = [
  (of, _, pick) => `dw.sum(${of}, { by: ${list(pick(inferred(of)))} })`,
  (of, _, pick) => `dw.max(${of}, { without: ${list(pick(inferred(of)))} })`,
  (of) => `dw.avg(${of})`,
  (of, _, pick) => `dw.count(${of}, { by: ${list(pick(inferred(of)))} })`,
  (of, _, pick) => `dw.topk(3, ${of}, { by: ${list(pick(inferred(of)))} })`,
  (of, _, pick) => `dw.countValues('value', ${of}, { by: ${list(pick(inferred(of)))} })`,
  (of) => `dw.abs(${of})`,
  (of) => `dw.clampMax(${of}, 5)`,
  (of) => `dw.offset(${of}, '1d')`,
  (of) => `dw.mul(${of}, 2)`,
  (of) => `dw.sub(1, ${of})`,
  (of) => `dw.ne(${of}, 7)`,
  (of) => `dw.eq(${of}, 7, { bool: true })`,
  (of) => `dw.changes(${of}, '1h')`,
  (of) => `dw.presentOverTime(dw.subquery(${of}, '1h', '5m'))`,
  (of) => `dw.labelJoin(${of}, { target: 'joined', separator: '-', sources: [] })`,
  (of, _, pick) => {
    const [source] = pick(inferred(of));
    return source === undefined
      ? of
      : `dw.labelReplace(${of}, { target: 'copied', replacement: '$1', source: '${source}', regex: /(.+)/ })`;
  },
  (left, right, pick) => {
    const by = list(pick(common(left, right)));
    return `dw.div(dw.sum(${left}, { by: ${by} }), dw.sum(${right}, { by: ${by} }))`;
  },
  (left, right, pick) => `dw.add(${left}, ${right}, { on: ${list(pick(common(left, right)))} })`,
  (left, _, pick) => {
    const gone = list(pick(inferred(left)));
    return `dw.div(${left}, dw.sum(${left}, { without: ${gone} }), { ignoring: ${gone} })`;
  },
  (left, right, pick) => {
    const on = pick(common(left, right));
    const copied = pick(inferred(right)).filter((name) => !on.includes(name));
    return `dw.mul(${left}, ${right}, { on: ${list(on)}, groupLeft: ${list(copied)} })`;
  },
  (left, right, pick) => {
    const on = pick(common(left, right));
    const copied = pick(inferred(left)).filter((name) => !on.includes(name));
    return `dw.mul(${left}, ${right}, { on: ${list(on)}, groupRight: ${list(copied)} })`;
  },
  (left, right, pick) => `dw.and(${left}, ${right}, { on: ${list(pick(common(left, right)))} })`,
  (left, right, pick) => `dw.unless(${left}, ${right}, { on: ${list(pick(common(left, right)))} })`,
];

/**
 * `or` ends an expression: the analysis goes on with each side by itself and leaves out the one that can match
 * nothing, which is more than the compiler sees.
 */
const LAST: readonly Step[] = [(of) => of, (of) => of, (left, right) => `dw.or(${left}, ${right})`];

const EXPRESSIONS = 200;

const chosen = sample(
  record({
    leaves: array(constantFrom(...LEAVES), { minLength: 4, maxLength: 4 }),
    steps: array(tuple(constantFrom(...STEPS), array(boolean(), { minLength: 12, maxLength: 12 })), {
      minLength: 1,
      maxLength: 4,
    }),
    last: constantFrom(...LAST),
  }),
  { seed: 2024, numRuns: EXPRESSIONS },
);

const expressions = chosen.map(({ leaves, steps, last }) => {
  const [first = 'memory', other = 'memory'] = leaves;
  const before = steps.reduce((of, [step, keeps], index) => {
    const right = leaves[index % leaves.length] ?? 'memory';
    return step(of, right, (from) => from.filter((_, position) => keeps[position % keeps.length]));
  }, first);
  return last(before, other, (from) => from);
});

const source = `
import * as dw from 'dashwright';
${METRICS}
type Same<A, B> = [A, B] extends [B, A] ? [] : [A, B];
declare function check<const Labels extends string>(labels: readonly Labels[]): <Q>(query: Q, ...differs: Same<dw.LabelsOf<Q>, Labels>) => void;
${expressions.map((code) => `check(${list(inferred(code))})(${code});`).join('\n')}
`;

test.each(Object.keys(COMPILERS) as CompilerName[])('%s and the analysis find the same labels', async (compiler) => {
  const { flow = '' } = await messages(compiler, { flow: source });
  const offset = source.split('\n').findIndex((line) => line.startsWith('check(')) + 1;
  const wrong = [...flow.matchAll(/^(\d+): (.*)/gm)].map(([, line, message]) => {
    const code = expressions[Number(line) - offset] ?? '';
    return { code, promql: print(query(code).expr), message };
  });
  expect(wrong).toEqual([]);
});
