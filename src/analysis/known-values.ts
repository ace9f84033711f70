/** Matchers against the values that a label is known to have: three codes share the fact. */
import type { Matcher, VectorSelector } from '../promql/ast.ts';
import type { MetricModel } from '../metrics/model.ts';
import { own } from '../metrics/own.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import { decideRegex, literalsOf } from './facts/regex.ts';
import { mayBe, matchingValues, isNone, intersectValues, oneOfValues } from './facts/label-values.ts';
import { matcherValues } from './facts/selector.ts';
import { nearest } from './wording.ts';

export interface FruitlessMatcher {
  readonly code: Code;
  readonly metric: MetricModel;
  /** All values that the label can have, where they are known one by one. */
  readonly known: readonly string[];
  /** Values that the pattern would match somewhere inside. */
  readonly inside: readonly string[];
}

/**
 * Why a matcher is of no use on a label of the catalogue.
 *
 * Q317: its pattern would match if it were not anchored; Q315: it selects nothing; Q316: it excludes nothing.
 *
 * @returns `undefined` where it selects or excludes something, or where that is not known
 */
export function fruitless(matcher: Matcher, selector: VectorSelector, query: Query): FruitlessMatcher | undefined {
  const { name, op, value } = matcher;
  if (typeof name !== 'string' || typeof value !== 'string' || value === '') return undefined;
  const origin = query.of(selector).sources[0]?.origins[0];
  const metric = origin?.metric;
  const model = metric && (own(metric.exporter?.targetLabels ?? {}, name) ?? own(metric.labels, name));
  if (!metric || !model) return undefined;
  const { values, passesAbsent } = matcherValues(op, value);
  const positive = op === '=' || op === '=~';
  if (model.values.type === 'pattern') {
    const outside = op === '=' && isNone(intersectValues(matchingValues(model.values.regex), oneOfValues([value])));
    return outside ? { code: 'Q315', metric, known: [], inside: [] } : undefined;
  }
  if (model.values.type !== 'oneOf') return undefined;
  const known = model.values.values;
  const optional = model.presence === 'sometimes';
  const selects = (passesAbsent && optional) || known.some((one) => mayBe(values, one));
  const excludes = (!passesAbsent && optional) || known.some((one) => !mayBe(values, one));
  if (selects && (positive || excludes)) return undefined;
  if (!positive && excludes) return { code: 'Q315', metric, known, inside: [] };
  const regex = op === '=~' || op === '!~';
  const inside = regex ? known.filter((one) => decideRegex(`.*(?:${value}).*`, one) === true) : [];
  return { code: inside.length > 0 ? 'Q317' : positive ? 'Q315' : 'Q316', metric, known, inside };
}

/** The values that a matcher names; none of a pattern that is more than a list of values. */
export function wordsOf({ op, value }: Matcher): readonly string[] {
  if (typeof value !== 'string') return [];
  return op === '=~' || op === '!~' ? (literalsOf(value) ?? []) : [value];
}

/** The matcher with the known values that were most likely meant; `undefined` where none is near. */
export function meantMatcher(matcher: Matcher, known: readonly string[]): Matcher | undefined {
  const { op } = matcher;
  const meant = [...new Set(wordsOf(matcher).flatMap((word) => nearest(word, known) ?? []))];
  const [only, more] = meant;
  if (only === undefined) return undefined;
  if (more !== undefined) return { ...matcher, value: meant.join('|') };
  return { ...matcher, op: op === '=~' || op === '=' ? '=' : '!=', value: only };
}

/** The same as a question for a message, or nothing. */
export function didMean(meant: Matcher | undefined): string {
  return typeof meant?.value === 'string' ? ` Did you mean \`${meant.value}\`?` : '';
}
