/** Making sources from sources. */
import type { Expr } from '../../promql/ast.ts';
import { exactly, hull, ONE, type Interval } from './interval.ts';
import { isPinned, labelFact, NO_LABELS, uniteLabels, type LabelSet } from './labels.ts';
import type { NodeFacts, Source } from './facts.ts';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What every source is made from: objects that have the same properties in the same order, those that are not known
 * included, are read several times as fast.
 */
const BLANK = {
  labels: NO_LABELS,
  key: undefined,
  varying: NOTHING,
  origins: [],
  kind: 'unknown',
  role: 'value',
  counter: undefined,
  sample: 'unknown',
  unit: undefined,
  scaled: undefined,
  unitByLabel: undefined,
  observed: undefined,
  value: ONE,
  nanFrom: undefined,
  presence: 'maybe',
  emptyBecause: undefined,
  conditions: [],
  ranges: [],
  resolutionSeconds: undefined,
  estimated: undefined,
} satisfies { readonly [K in keyof Required<Source>]: Source[K] | undefined } as unknown as Source;

/** A source of which the rest is not known: one of no selector, that may give series, without conditions. */
export function sourceOf(known: Change & Pick<Source, 'labels' | 'value'>): Source {
  return changed(BLANK, known);
}

/** A number without labels, as scalars and `vector()` give it. */
export function numberSource(value: Interval): Source {
  return sourceOf({ labels: NO_LABELS, key: NOTHING, kind: 'number', sample: 'float', value, presence: 'always' });
}

export const ONE_NUMBER: Source = numberSource(ONE);

export function constantSource(value: number): Source {
  return numberSource(exactly(value));
}

/** New values of some properties; `undefined` takes one away. */
export type Change = { readonly [K in keyof Source]?: Source[K] | undefined };

/** A source with some properties replaced. What is taken away stays as `undefined`, which reads the same. */
export function changed(source: Source, change: Change): Source {
  return { ...source, ...change } as Source;
}

/** Sources that can give series; all of them where none can. */
export function livingSources(sources: readonly Source[]): readonly Source[] {
  if (sources.every(isLiving)) return sources;
  const living = sources.filter(isLiving);
  return living.length === 0 ? sources : living;
}

function isLiving({ presence }: Source): boolean {
  return presence !== 'never';
}

/** All values that a node can have. */
export function valueOf(facts: NodeFacts): Interval {
  const [first, ...rest] = livingSources(facts.sources);
  return rest.reduce((all, { value }) => hull(all, value), first?.value ?? { min: Infinity, max: -Infinity });
}

/** The number that a node always is, where it is one. */
export function constantOf(facts: NodeFacts): number | undefined {
  const [only, more] = facts.sources;
  if (!only || more || only.kind !== 'number') return undefined;
  return only.value.min === only.value.max && !only.value.nan ? only.value.min : undefined;
}

/** Whether a node can give series: `always`, `maybe` or `never`. */
export function presenceOf(facts: NodeFacts): Source['presence'] {
  if (facts.sources.some(({ presence }) => presence === 'always')) return 'always';
  return facts.sources.every(({ presence }) => presence === 'never') ? 'never' : 'maybe';
}

/** The labels of all sources together: guaranteed only where every living source guarantees it. */
export function labelsOf(facts: NodeFacts): LabelSet {
  const [first, ...rest] = livingSources(facts.sources);
  return rest.reduce((all, { labels }) => uniteLabels(all, labels), first?.labels ?? NO_LABELS);
}

/** Whether at most one series can exist for each combination of values of some labels. */
export function uniquePer(source: Source, labels: (name: string) => boolean): 'unique' | 'several' | 'unknown' {
  if (source.presence === 'never') return 'unique';
  for (const label of source.varying) if (!labels(label)) return 'several';
  if (!source.key) return 'unknown';
  for (const label of source.key) {
    if (!labels(label) && !isPinned(labelFact(source.labels, label))) return 'unknown';
  }
  return 'unique';
}

/** The key without labels that the result no longer has; unknown if it was needed to tell series apart. */
export function keyWithin(
  key: ReadonlySet<string> | undefined,
  kept: (label: string) => boolean,
): ReadonlySet<string> | undefined {
  if (!key) return undefined;
  for (const label of key) if (!kept(label)) return undefined;
  return key;
}

export function subset(labels: ReadonlySet<string>, kept: (label: string) => boolean): ReadonlySet<string> {
  for (const label of labels) if (!kept(label)) return new Set([...labels].filter(kept));
  return labels;
}

/** Marks a source as always empty. */
export function emptied(source: Source, text: string, node: Expr): Source {
  return changed(source, { presence: 'never', emptyBecause: source.emptyBecause ?? { text, node } });
}

/** One source for several: what holds of a series that comes from any of those that can give some. */
export function uniteSources(sources: readonly Source[]): Source {
  const [first, ...rest] = livingSources(sources);
  return rest.reduce(unite, first ?? ONE_NUMBER);
}

function unite(a: Source, b: Source): Source {
  const same = <K extends keyof Source>(key: K): Source[K] | undefined => (a[key] === b[key] ? a[key] : undefined);
  return changed(a, {
    labels: uniteLabels(a.labels, b.labels),
    key: undefined,
    varying: NOTHING,
    origins: [...a.origins, ...b.origins],
    kind: a.kind === 'number' ? b.kind : b.kind === 'number' ? a.kind : (same('kind') ?? 'unknown'),
    role: same('role') ?? 'value',
    counter: a.counter ?? b.counter,
    sample: same('sample') ?? 'unknown',
    unit: a.kind === 'number' ? b.unit : b.kind === 'number' ? a.unit : same('unit'),
    scaled: same('scaled'),
    unitByLabel: same('unitByLabel'),
    observed: same('observed'),
    value: hull(a.value, b.value),
    nanFrom: a.nanFrom ?? b.nanFrom,
    presence: a.presence === 'always' || b.presence === 'always' ? 'always' : 'maybe',
    emptyBecause: undefined,
    // only what both ask for is a condition of the whole
    conditions: a.conditions.length > 0 && b.conditions.length > 0 ? [...a.conditions, ...b.conditions] : [],
    ranges: [...a.ranges, ...b.ranges],
    resolutionSeconds:
      a.resolutionSeconds === undefined
        ? b.resolutionSeconds
        : b.resolutionSeconds === undefined
          ? a.resolutionSeconds
          : Math.max(a.resolutionSeconds, b.resolutionSeconds),
    estimated: a.estimated ?? b.estimated,
  });
}

/** As `uniquePer`, for a node: branches of an `or` can agree in labels that tell each branch's series apart. */
export function uniqueOf(facts: NodeFacts, labels: (name: string) => boolean): 'unique' | 'several' | 'unknown' {
  const living = facts.sources.filter(isLiving);
  const each = living.map((source) => uniquePer(source, labels));
  if (each.includes('several')) return 'several';
  if (living.length > 1) return 'unknown';
  return each[0] ?? 'unique';
}
