/**
 * What is known of the values that a label can have.
 *
 * A set is either closed (`oneOf`) or open, and then described by what every value must match or must not be.
 * The empty value is never part of a set: in Prometheus a label with an empty value is a label that is not
 * there, so absence is a question of presence, not of values.
 */
import { decideRegex, literalsOf } from './regex.ts';

export interface ValueSet {
  /** Closed: the value is one of these. */
  readonly oneOf?: readonly string[];
  /** Open: RE2 patterns that every value matches, anchored as Prometheus does. */
  readonly matching?: readonly string[];
  /** Open: values and patterns that are excluded. */
  readonly not?: readonly string[];
  readonly notMatching?: readonly string[];
}

export const ANY_VALUE: ValueSet = {};
export const NO_VALUE: ValueSet = { oneOf: [] };

/** Exactly these values. */
export function oneOfValues(values: readonly string[]): ValueSet {
  return { oneOf: values };
}

/** The values that a pattern matches; a closed set where the pattern is a plain list of words. */
export function matchingValues(pattern: string): ValueSet {
  const literals = literalsOf(pattern);
  return literals === undefined ? { matching: [pattern] } : { oneOf: literals.filter((value) => value !== '') };
}

/** Whether `value` can be in the set; `true` where that cannot be decided. */
export function mayBe(set: ValueSet, value: string): boolean {
  if (set.oneOf) return set.oneOf.includes(value);
  if (set.not?.includes(value)) return false;
  if (set.matching?.some((pattern) => decideRegex(pattern, value) === false)) return false;
  return !set.notMatching?.some((pattern) => decideRegex(pattern, value) === true);
}

/** The only value that the set has, if that is known. */
export function onlyValue(set: ValueSet): string | undefined {
  return set.oneOf?.length === 1 ? set.oneOf[0] : undefined;
}

/** Known to hold no value at all. */
export function isNone(set: ValueSet): boolean {
  return set.oneOf?.length === 0;
}

/** The values in both sets. */
export function intersectValues(a: ValueSet, b: ValueSet): ValueSet {
  if (a === b || b === ANY_VALUE) return a;
  if (a === ANY_VALUE) return b;
  const closed = a.oneOf ?? b.oneOf;
  if (closed) return { oneOf: closed.filter((value) => mayBe(a, value) && mayBe(b, value)) };
  const both = {
    ...join('matching', a.matching, b.matching),
    ...join('not', a.not, b.not),
    ...join('notMatching', a.notMatching, b.notMatching),
  };
  return both.matching?.some((pattern) => both.notMatching?.includes(pattern)) ? NO_VALUE : both;
}

/** A set that holds at least every value of both. */
export function uniteValues(a: ValueSet, b: ValueSet): ValueSet {
  if (a === b) return a;
  if (a.oneOf && b.oneOf) return { oneOf: [...new Set([...a.oneOf, ...b.oneOf])] };
  if (a.oneOf) return a.oneOf.every((value) => mayBe(b, value)) ? b : ANY_VALUE;
  if (b.oneOf) return b.oneOf.every((value) => mayBe(a, value)) ? a : ANY_VALUE;
  return {
    ...common('matching', a.matching, b.matching),
    ...common('not', a.not, b.not),
    ...common('notMatching', a.notMatching, b.notMatching),
  };
}

/** Known to have no value in common. */
export function areDisjoint(a: ValueSet, b: ValueSet): boolean {
  return isNone(intersectValues(a, b));
}

type List = 'matching' | 'not' | 'notMatching';

function join(key: List, a: readonly string[] = [], b: readonly string[] = []): Partial<ValueSet> {
  const all = [...new Set([...a, ...b])];
  return all.length > 0 ? { [key]: all } : {};
}

function common(key: List, a: readonly string[] = [], b: readonly string[] = []): Partial<ValueSet> {
  const both = a.filter((item) => b.includes(item));
  return both.length > 0 ? { [key]: both } : {};
}
