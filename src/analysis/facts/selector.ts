/** The facts of a selector: those of its metric, narrowed by its matchers. */
import type { Matcher, Text, VectorSelector } from '../../promql/ast.ts';
import { own } from '../../metrics/own.ts';
import { decideRegex, literalsOf } from './regex.ts';
import {
  ANY_VALUE,
  intersectValues,
  isNone,
  matchingValues,
  NO_VALUE,
  onlyValue,
  oneOfValues,
  type ValueSet,
} from './label-values.ts';
import {
  impossible,
  isPinned,
  labelFact,
  METRIC_NAME,
  narrowed,
  type LabelFact,
  type LabelSet,
  type Reason,
} from './labels.ts';
import { isBuiltIn } from './built-in-series.ts';
import type { Origin, Source } from './facts.ts';
import { seriesSource, unknownSeriesSource } from './series-source.ts';
import { changed } from './source.ts';
import type { KnownSeries, World } from './world.ts';

/** The text where it holds no Grafana variable. */
export function plainText(text: Text | undefined): string | undefined {
  return typeof text === 'string' ? text : undefined;
}

/** The name of the series that a selector selects, where it selects by one name. */
export function selectedName(selector: VectorSelector): string | undefined {
  if (selector.name !== undefined) return plainText(selector.name);
  const matcher = selector.matchers.find(({ name, op }) => name === METRIC_NAME && op === '=');
  return matcher && plainText(matcher.value);
}

export function selectorSources(selector: VectorSelector, world: World): readonly Source[] {
  const name = selectedName(selector);
  const known = name === undefined ? undefined : world.series(name);
  if (known?.recorded)
    return known.recorded.map((source) => narrow(recordedSource(source, known, selector), known, selector, world));
  return [narrow(known ? seriesSource(known, world) : unknownSeriesSource(name), known, selector, world)];
}

/** Reasons speak of parts of the rule's own query; here they are reasons of the selector that reads it. */
function recordedSource(source: Source, { name, metric }: KnownSeries, selector: VectorSelector): Source {
  const interval = metric.recordedBy?.intervalSeconds;
  const reread = (reason: Reason): Reason => ({ text: `${reason.text} in the rule \`${name}\``, node: selector });
  const named = new Map(
    [...source.labels.named].map(([label, fact]) => [
      label,
      fact.reason ? { ...fact, reason: reread(fact.reason) } : fact,
    ]),
  );
  const { rest: others } = source.labels;
  return changed(source, {
    labels: { named, rest: others.reason ? { ...others, reason: reread(others.reason) } : others },
    emptyBecause: source.emptyBecause && reread(source.emptyBecause),
    origins: [],
    conditions: [],
    ranges: [],
    resolutionSeconds: interval,
    nanFrom: undefined,
    // the rule may not have run yet
    presence: source.presence === 'never' ? 'never' : 'maybe',
  });
}

function narrow(base: Source, known: KnownSeries | undefined, selector: VectorSelector, world: World): Source {
  const name = selectedName(selector);
  const origin: Origin = {
    selector,
    ...(name === undefined ? {} : { name }),
    ...(known ? { metric: known.metric } : {}),
    role: known?.role ?? 'value',
  };
  const { unitByLabel } = base;
  const { labels, contradiction, pinned } = applyMatchers(base.labels, selector);
  const impossibleName = known === undefined && world.closed && name !== undefined && !isBuiltIn(name);
  const several = (label: string): boolean => !pinned.has(label) && !isPinned(labelFact(labels, label));
  const chosen = unitByLabel && onlyValue(labelFact(labels, unitByLabel.label).values);
  const reason = base.emptyBecause ?? contradiction;
  return changed(base, {
    labels,
    key: base.key && keep(base.key, several),
    varying: keep(base.varying, (label) => several(label) && !isNarrowedBy(selector.matchers, label)),
    origins: [origin],
    unit: chosen === undefined ? base.unit : own(unitByLabel?.units ?? {}, chosen),
    unitByLabel: chosen === undefined ? unitByLabel : undefined,
    presence: reason || impossibleName ? 'never' : base.presence,
    emptyBecause:
      reason ?? (impossibleName ? { text: `the catalogue has no metric \`${name}\``, node: selector } : undefined),
  });
}

function keep(labels: ReadonlySet<string>, wanted: (label: string) => boolean): ReadonlySet<string> {
  for (const label of labels) if (!wanted(label)) return new Set([...labels].filter(wanted));
  return labels;
}

/** Whether a pattern leaves it open how many values are left. */
function isNarrowedBy(matchers: readonly Matcher[], label: string): boolean {
  return matchers.some(
    ({ name, op, value }) =>
      name === label && (op === '=~' || op === '=') && (typeof value !== 'string' || literalsOf(value) === undefined),
  );
}

interface Narrowed {
  readonly labels: LabelSet;
  readonly contradiction?: Source['emptyBecause'];
  /** Labels pinned by `=` to a value that a Grafana variable gives. */
  readonly pinned: ReadonlySet<string>;
}

function applyMatchers(base: LabelSet, selector: VectorSelector): Narrowed {
  if (selector.matchers.length === 0) return { labels: base, pinned: NOTHING };
  const named = new Map(base.named);
  const labels: LabelSet = { named, rest: base.rest };
  const pinned = new Set<string>();
  let contradiction: Source['emptyBecause'];
  for (const matcher of selector.matchers) {
    const name = plainText(matcher.name);
    if (name === undefined) continue;
    const before = labelFact(labels, name);
    const after = applyMatcher(before, matcher, selector);
    if (typeof matcher.value !== 'string' && matcher.op === '=') pinned.add(name);
    if (after === undefined) {
      contradiction ??= { text: contradictionText(before, matcher), node: selector };
      // a selection that holds nothing has whatever labels the matcher asks for
      if (before.presence === 'impossible') named.set(name, before);
    } else if (after !== before) named.set(name, after);
  }
  return { labels, pinned, ...(contradiction ? { contradiction } : {}) };
}

const NOTHING: ReadonlySet<string> = new Set();

/** The matcher as it is written. */
export function matcherText({ name, op, value }: Matcher): string {
  return `${plainText(name) ?? '$…'}${op}${JSON.stringify(plainText(value) ?? '$…')}`;
}

function contradictionText(fact: LabelFact, matcher: Matcher): string {
  const name = plainText(matcher.name) ?? '';
  if (fact.presence === 'impossible')
    return `\`${name}\` is no label of these series, so \`${matcherText(matcher)}\` selects nothing`;
  return `no value that \`${name}\` can have passes \`${matcherText(matcher)}\``;
}

/** What holds of a label once a matcher let the series through; `undefined` where it lets none through. */
function applyMatcher(fact: LabelFact, matcher: Matcher, selector: VectorSelector): LabelFact | undefined {
  const value = plainText(matcher.value);
  if (value === undefined) return fact;
  const { values, passesAbsent } = matcherValues(matcher.op, value);
  if (!passesAbsent && fact.presence === 'impossible') return undefined;
  const left = intersectValues(fact.values, values);
  if (isNone(left)) {
    if (!passesAbsent || fact.presence === 'guaranteed') return undefined;
    return fact.presence === 'impossible'
      ? fact
      : impossible({ text: `\`${matcherText(matcher)}\` selects only series without it`, node: selector });
  }
  if (fact.presence === 'impossible') return fact;
  return narrowed(fact, values, !passesAbsent);
}

/** The values that a matcher lets through, and whether it lets series without the label through. */
export function matcherValues(op: Matcher['op'], value: string): { values: ValueSet; passesAbsent: boolean } {
  switch (op) {
    case '=':
      return value === ''
        ? { values: oneOfValues([]), passesAbsent: true }
        : { values: oneOfValues([value]), passesAbsent: false };
    case '!=':
      return value === ''
        ? { values: ANY_VALUE, passesAbsent: false }
        : { values: { not: [value] }, passesAbsent: true };
    case '=~':
      return { values: matchingValues(value), passesAbsent: decideRegex(value, '') !== false };
    case '!~': {
      const literals = literalsOf(value);
      const all = value === '.+' || value === '.*';
      return {
        values: all ? NO_VALUE : literals ? { not: literals } : { notMatching: [value] },
        passesAbsent: decideRegex(value, '') !== true,
      };
    }
  }
}
