/** promtool as a judge: is this file valid, do these unit tests hold, what does this expression return? */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findEngine } from './find.ts';
import { readEvaluations } from './evaluations.ts';
import type { EvaluationResult, Sample } from './evaluations.ts';

export type { EvaluationResult, Sample } from './evaluations.ts';

export interface Verdict {
  readonly ok: boolean;
  /** All that promtool printed. */
  readonly output: string;
}

/** Runs promtool. A verdict of "no" is a result, not an error; only a promtool that cannot run throws. */
function promtool(args: readonly string[], cwd?: string): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 256 * 1024 * 1024, ...(cwd === undefined ? {} : { cwd }) };
    execFile(findEngine('promtool'), args, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ ok: error === null, output: stdout + stderr });
    });
  });
}

/** `promtool check rules` with all its lints on. */
export function checkRules(files: readonly string[]): Promise<Verdict> {
  return promtool(['check', 'rules', '--lint=all', '--lint-fatal', ...files]);
}

/** `promtool check rules` for the text of one rule file. */
export function checkRulesText(text: string): Promise<Verdict> {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, 'rules.yaml');
    await writeFile(file, text);
    return checkRules([file]);
  });
}

/** `promtool check config`; relative paths in the file count from its own folder. */
export function checkConfig(file: string): Promise<Verdict> {
  return promtool(['check', 'config', file]);
}

/** `promtool test rules`. */
export function testRules(files: readonly string[]): Promise<Verdict> {
  return promtool(['test', 'rules', ...files]);
}

/** An expression and the series to run it on. */
export interface Evaluation {
  /** Series in text form to their values in promtool's notation: `{ 'up{job="a"}': '1+0x10' }`. */
  readonly series: Readonly<Record<string, string>>;
  readonly expr: string;
  /** When to evaluate, counted from the first sample: `5m`. */
  readonly at: string;
  /** Between samples, and between rule evaluations; default 1m. */
  readonly interval?: string;
}

export interface EvaluateOptions {
  /** Text of a rule file that is loaded beside the series: its records and ALERTS can be queried. */
  readonly rules?: string;
  readonly externalLabels?: Readonly<Record<string, string>>;
}

/**
 * Runs many expressions in one promtool process, each on its own series.
 *
 * @returns one result per evaluation, in the order given; an expression that Prometheus refuses, or that
 *   fails when it runs, is a result with `error`
 * @throws when promtool refuses the series or the rules
 */
export function evaluateAll(
  evaluations: readonly Evaluation[],
  options: EvaluateOptions = {},
): Promise<readonly EvaluationResult[]> {
  if (evaluations.length === 0) return Promise.resolve([]);
  return inTemporaryFolder(async (folder) => {
    if (options.rules !== undefined) await writeFile(join(folder, 'rules.yaml'), options.rules);
    const batches = byInterval(evaluations);
    const files = await Promise.all(
      batches.map(async ({ interval, members }, index) => {
        const file = join(folder, `test-${index}.yaml`);
        await writeFile(file, unitTest(interval, members, options));
        return file;
      }),
    );
    const { output } = await testRules(files);
    const results = readEvaluations(output, evaluations.length);
    const inOrder = new Map(batches.flatMap(({ members }) => members).map((member, index) => [member, results[index]]));
    return evaluations.map((evaluation) => inOrder.get(evaluation) as EvaluationResult);
  });
}

interface Batch {
  readonly interval: string;
  readonly members: Evaluation[];
}

/**
 * promtool loads samples one rule evaluation at a time, and the evaluation interval belongs to the file: with
 * one that does not divide a test's own interval the last samples would be missing.
 */
function byInterval(evaluations: readonly Evaluation[]): readonly Batch[] {
  const batches = new Map<string, Batch>();
  for (const evaluation of evaluations) {
    const { interval = '1m' } = evaluation;
    const batch = batches.get(interval) ?? { interval, members: [] };
    batch.members.push(evaluation);
    batches.set(interval, batch);
  }
  return [...batches.values()];
}

/**
 * The samples that one expression returns.
 *
 * @throws when Prometheus refuses the expression or it fails when it runs
 */
export async function evaluate(
  series: Readonly<Record<string, string>>,
  expr: string,
  at: string,
  options: EvaluateOptions & { readonly interval?: string } = {},
): Promise<readonly Sample[]> {
  const { interval = '1m', ...rest } = options;
  const [result] = await evaluateAll([{ series, expr, at, interval }], rest);
  if (result === undefined || result.error !== undefined) {
    throw new Error(`${expr}: ${result?.error ?? 'no result'}`);
  }
  return result.samples;
}

// No series can carry this, so promtool reports every expression with what it really returned.
const NEVER = { labels: '{dashwright_never="x"}', value: 0 };

function unitTest(interval: string, evaluations: readonly Evaluation[], options: EvaluateOptions): string {
  return stringify(
    {
      rule_files: options.rules === undefined ? [] : ['rules.yaml'],
      evaluation_interval: interval,
      tests: evaluations.map(({ series, expr, at }) => ({
        interval,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [{ expr, eval_time: at, exp_samples: [NEVER] }],
        ...(options.externalLabels === undefined ? {} : { external_labels: options.externalLabels }),
      })),
    },
    { lineWidth: 0 },
  );
}

export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'dashwright-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
