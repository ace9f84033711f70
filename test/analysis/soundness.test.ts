import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Expr } from '../../src/promql/ast.ts';
import { parse } from '../../src/promql/parse.ts';
import { PromqlSyntaxError } from '../../src/promql/errors.ts';
import type { Facts, Source } from '../../src/analysis/facts/facts.ts';
import { infer } from '../../src/analysis/facts/infer.ts';
import type { Interval } from '../../src/analysis/facts/interval.ts';
import { labelFact, METRIC_NAME } from '../../src/analysis/facts/labels.ts';
import { mayBe } from '../../src/analysis/facts/label-values.ts';
import { presenceOf, uniqueOf } from '../../src/analysis/facts/source.ts';
import { isMatched } from '../../src/analysis/facts/join.ts';
import { SET_OPERATORS } from '../../src/analysis/facts/binary.ts';
import { evaluateAll, type EvaluationResult, type Sample } from '../engines/promtool.ts';
import { closedWorld, OPEN_WORLD } from './harness.ts';
import type { World } from '../../src/analysis/facts/world.ts';
import { anyQuery, anySeries, METRICS, RULES } from './generated-queries.ts';

const RUNS = Number(process.env['SOUNDNESS_RUNS'] ?? 400);
const SEED = Number(process.env['SOUNDNESS_SEED'] ?? 7);

const WORLDS: Readonly<Record<string, World>> = {
  closed: closedWorld(METRICS, {
    rules: RULES.map(({ record, expr, labels = {} }) => ({ name: record, expr: parse(expr), text: expr, labels })),
  }),
  // what is said without a catalogue must hold for every metric, so for these as well
  open: OPEN_WORLD,
};

function parsed(text: string): Expr | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return undefined;
    throw error;
  }
}

/** Rounding may carry a value a little beyond a bound. */
function within({ min, max, nan, integer }: Interval, value: number): boolean {
  if (Number.isNaN(value)) return nan === true;
  if (!Number.isFinite(value)) return value > 0 ? max === Infinity : min === -Infinity;
  const slack = 1e-9 * Math.max(1, Math.abs(value));
  return (
    value >= min - slack && value <= max + slack && (integer !== true || Math.abs(value - Math.round(value)) <= slack)
  );
}

/** What of a sample contradicts a source; nothing where it can come from it. */
function contradiction(source: Source, { labels, value }: Sample): string | undefined {
  if (source.presence === 'never') return `presence never, because ${source.emptyBecause?.text ?? '?'}`;
  for (const [name, text] of Object.entries(labels)) {
    const fact = labelFact(source.labels, name);
    if (fact.presence === 'impossible') return `label ${name} is there: ${fact.reason?.text ?? 'closed'}`;
    if (!mayBe(fact.values, text)) return `${name}="${text}" is not in ${JSON.stringify(fact.values)}`;
  }
  for (const [name, fact] of source.labels.named) {
    if (fact.presence === 'guaranteed' && !(name in labels)) return `label ${name} is not there`;
  }
  return within(source.value, value) ? undefined : `value ${value} is not in ${JSON.stringify(source.value)}`;
}

function faultOf(facts: Facts, { samples, error }: EvaluationResult): string | undefined {
  if (error !== undefined) return errorFault(facts, error);
  const { sources } = facts.root;
  if (presenceOf(facts.root) === 'always' && samples.length === 0) return 'always there, but empty';
  for (const sample of samples) {
    const reasons = sources.map((source) => contradiction(source, sample));
    if (!reasons.includes(undefined)) return `${JSON.stringify(sample)}: ${reasons.join(' | ')}`;
  }
  const [only, more] = sources;
  if (only?.key && !more) {
    const ids = samples.map(({ labels }) => [...(only.key ?? [])].map((name) => labels[name] ?? '').join('|'));
    if (new Set(ids).size < ids.length)
      return `key ${[...only.key].join(',')} does not tell them apart: ${JSON.stringify(samples)}`;
  }
  return undefined;
}

/** Prometheus refuses what several series match; then no side may have been called unique. */
function errorFault(facts: Facts, error: string): string | undefined {
  if (!/many-to-many|multiple matches|duplicate series/.test(error)) return undefined;
  const joins = facts.nodes.filter(
    ({ expr, join }) => join && expr.type === 'BinaryExpr' && !SET_OPERATORS.has(expr.op),
  );
  const doubtful = joins.some(({ expr }) => {
    if (expr.type !== 'BinaryExpr') return false;
    const matched = (name: string): boolean => isMatched(expr.matching, name) || name === METRIC_NAME;
    const group = expr.matching?.group;
    const sides = [...(group === 'left' ? [] : [expr.lhs]), ...(group === 'right' ? [] : [expr.rhs])];
    if (group !== undefined) return true;
    return sides.some(
      (side) => uniqueOf(facts.of(side), (name) => isMatched(expr.matching, name) && matched(name)) !== 'unique',
    );
  });
  return doubtful ? undefined : `every join was called unique, but: ${error}`;
}

test(
  'what the facts rule out never comes out of Prometheus',
  async () => {
    const cases = fc.sample(fc.tuple(anyQuery, anySeries), { numRuns: RUNS, seed: SEED }).flatMap(([text, series]) => {
      const expr = parsed(text);
      return expr ? [{ text, series, expr }] : [];
    });
    expect(cases.length).toBeGreaterThan(RUNS * 0.8);
    const results = await evaluateAll(
      cases.map(({ text, series }) => ({ series, expr: text, at: '30m' })),
      { rules: stringify({ groups: [{ name: 'recorded', rules: RULES }] }) },
    );
    const faults = Object.entries(WORLDS).flatMap(([name, world]) =>
      cases.flatMap(({ text, expr, series }, index) => {
        const fault = faultOf(infer(expr, world), results[index] as EvaluationResult);
        return fault === undefined ? [] : [{ text, fault, world: name, series: Object.keys(series).length }];
      }),
    );
    expect(faults.toSorted((a, b) => a.text.length - b.text.length).slice(0, 15)).toEqual([]);
    // the test would prove nothing if nothing came out, or if nothing were ruled out
    expect(results.filter(({ samples }) => (samples?.length ?? 0) > 0).length).toBeGreaterThan(cases.length / 4);
    for (const world of Object.values(WORLDS)) {
      const empty = cases.filter(({ expr }) => presenceOf(infer(expr, world).root) === 'never');
      expect(empty.length).toBeGreaterThan(cases.length / 50);
    }
  },
  60_000 + RUNS * 60,
);
