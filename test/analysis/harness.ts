/**
 * For tests of checks: a catalogue in a few words, and what the analysis says of a query.
 *
 * `wrong` and `right` are the two halves of every check's test; `returns` asks promtool what an expression really
 * gives, so that a claim about Prometheus is proven and not only stated.
 */
import { expect } from 'vitest';
import type { ExporterModel, LabelModel, MetricModel } from '../../src/metrics/model.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Replacement } from '../../src/analysis/advice.ts';
import { analyseQuery, type AnalyseOptions } from '../../src/analysis/analyse.ts';
import { CHECKS } from '../../src/analysis/checks/index.ts';
import { createQuery, createSuite, runQuery } from '../../src/analysis/driver.ts';
import type { Place, Subject } from '../../src/analysis/subject.ts';
import type { World } from '../../src/analysis/facts/world.ts';
import { infer } from '../../src/analysis/facts/infer.ts';
import { createWorld, type WorldOptions } from '../../src/analysis/world.ts';
import { parse } from '../../src/promql/parse.ts';
import { evaluateAll, type EvaluationResult } from '../engines/promtool.ts';

/** Labels in short: `'any'`, or the list of the values. */
export type ShortLabels = Readonly<Record<string, 'any' | readonly string[] | LabelModel>>;

export function labels(short: ShortLabels): Record<string, LabelModel> {
  return Object.fromEntries(
    Object.entries(short).map(([name, value]): [string, LabelModel] => [
      name,
      value === 'any'
        ? { values: { type: 'any' } }
        : Array.isArray(value)
          ? { values: { type: 'oneOf', values: value as readonly string[] } }
          : (value as LabelModel),
    ]),
  );
}

/** An exporter with job and instance, scraped every 30 seconds. */
export function exporter(name: string, options: Partial<ExporterModel> = {}): ExporterModel {
  const targetLabels = labels({ job: [name], instance: 'any' });
  return {
    name,
    job: name,
    scrapeIntervalSeconds: 30,
    ...options,
    targetLabels: { ...targetLabels, ...options.targetLabels },
  };
}

export const APP: ExporterModel = exporter('app');

/** A metric; from the exporter `app` unless said otherwise. */
export function metric(
  name: string,
  kind: MetricModel['kind'],
  { labels: short = {}, ...options }: Omit<Partial<MetricModel>, 'labels'> & { readonly labels?: ShortLabels } = {},
): MetricModel {
  return { name, kind, exporter: APP, ...options, labels: labels(short) };
}

/** A closed world of these metrics. */
export function closedWorld(metrics: readonly MetricModel[], options: Omit<WorldOptions, 'catalogue'> = {}): World {
  return createWorld({ closed: true, ...options, catalogue: { metrics } });
}

/** A world in which nothing is known. */
export const OPEN_WORLD: World = createWorld();

export function subject(text: string, place: Place = { type: 'query' }, more: Partial<Subject> = {}): Subject {
  return { text, place, where: [], ...more };
}

/** Diagnostics as `CODE text at fault`, which is short enough to compare. */
export function shown(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, promql }) =>
    promql ? `${code} ${promql.text.slice(promql.span.start, promql.span.end)}` : code,
  );
}

export interface CheckCase {
  readonly world: World;
  readonly place?: Place;
  readonly options?: AnalyseOptions;
}

const SUITE = createSuite(CHECKS);

/** What the fixes and the mechanical repairs of a code would make of a query. */
export function proposals({ text, place }: Subject, code: string, world: World): readonly string[] {
  const expr = parse(text, { variables: true });
  const query = createQuery(expr, subject(text, place), world, infer(expr, world));
  return runQuery(query, SUITE)
    .filter((found) => found.code === code)
    .flatMap(({ finding: { fix, replacement } }): readonly Replacement[] => [
      ...(typeof fix === 'string' ? [] : fix.proposals),
      ...(replacement ? [replacement] : []),
    ])
    .map(({ span, text: by }) => text.slice(0, span.start) + by + text.slice(span.end));
}

/** The query gives exactly this code, at exactly this part of its text; other codes are allowed only where named. */
export function wrong(
  text: string,
  code: string,
  at: string,
  { world, place, options }: CheckCase,
  also: readonly string[] = [],
): Diagnostic {
  const diagnostics = analyseQuery(subject(text, place), world, options);
  const others = diagnostics.filter((diagnostic) => !also.includes(diagnostic.code));
  expect({ text, found: shown(others) }).toEqual({ text, found: [`${code} ${at}`] });
  const [diagnostic] = others as [Diagnostic];
  // what the fix proposes draws nothing, but for other faults that the query had before
  for (const proposal of proposals(subject(text, place), code, world)) {
    const found = analyseQuery(subject(proposal, place), world, options);
    const left = shown(found.filter(({ severity, code: other }) => severity !== 'info' || other === code));
    const fresh = left.filter((one) => !also.includes(one.slice(0, 4)));
    expect({ text, proposal, left: fresh }).toEqual({ text, proposal, left: [] });
  }
  const { message, why, fix } = diagnostic;
  // sentences, none of them empty
  for (const words of [message, why, fix]) expect(words).toMatch(/^\S.{4,}[.?]$/s);
  return diagnostic;
}

/** The query gives no warning and no error; advice is allowed only with `advice`. */
export function right(text: string, { world, place, options }: CheckCase, advice: readonly string[] = []): void {
  const diagnostics = analyseQuery(subject(text, place), world, options);
  const found = shown(diagnostics.filter(({ code }) => !advice.includes(code)));
  expect({ text, found }).toEqual({ text, found: [] });
}

/** What Prometheus returns for each of several expressions on the same series. */
export function returns(
  series: Readonly<Record<string, string>>,
  expressions: readonly string[],
  at = '30m',
): Promise<readonly EvaluationResult[]> {
  return evaluateAll(expressions.map((expr) => ({ series, expr, at })));
}
