/** Label matchers: what `metric({ label: … })` may say of a label, and the nodes that it becomes. */
import { re2Source } from '../metrics/labels.ts';
import type { Matcher, MatchOperator, Text } from '../promql/ast.ts';
import { isVariableReference, variableText, type VariableReference } from './variable.ts';

/** A regular expression that a label must match from end to end: `=~`. */
export interface Matching {
  readonly kind: 'matching';
  readonly regex: string;
}

/** What a label with these values can be compared to. */
export type PositiveMatch<Value extends string | number = string> =
  Value | readonly Value[] | Matching | VariableReference;

/** The opposite of a matcher: `!=` for a value, `!~` for a list, an expression or a variable. */
export interface Not<Positive> {
  readonly kind: 'not';
  readonly value: Positive;
}

export type Match<Value extends string | number = string> = PositiveMatch<Value> | Not<PositiveMatch<Value>>;

/** The matchers of a metric whose labels have these values. */
export type Matchers<Values> = {
  readonly [Name in keyof Values]?: Values[Name] extends string | number ? Match<Values[Name]> : never;
};

/**
 * A matcher with a regular expression (RE2), anchored at both ends: `matching(/5../)` is `=~"5.."`.
 *
 * @throws TypeError where RE2 cannot read it
 */
export function matching(regex: RegExp | string): Matching {
  return Object.freeze({ kind: 'matching', regex: re2Source(regex, 'matching()') });
}

/** Negates a matcher: `not('x')` is `!="x"`, `not(['a', 'b'])` is `!~"a|b"`. */
export function not<const Positive extends PositiveMatch<string | number> = never>(
  value: Positive | Matching | VariableReference,
): Not<Positive> {
  return Object.freeze({ kind: 'not', value }) as Not<Positive>;
}

/**
 * The nodes of a set of matchers, in the order in which they were written.
 *
 * @param values matcher by label name; an `undefined` one is left out
 * @param floats labels whose values are numbers that Prometheus writes as `1` before 3.0 and as `1.0` since
 * @throws TypeError for an empty list or something that is no matcher
 */
export function matcherNodes(values: Readonly<Record<string, unknown>>, floats: readonly string[] = []): Matcher[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (floats.includes(name) ? matcherNode(name, floatMatch(value)) : matcherNode(name, value)));
}

function matcherNode(name: string, value: unknown): Matcher {
  const negated = isNot(value);
  const [exact, text] = positive(name, negated ? value.value : value);
  const op: MatchOperator = exact ? (negated ? '!=' : '=') : negated ? '!~' : '=~';
  return Object.freeze({ type: 'Matcher', name, op, value: text });
}

/** Whether the value is compared exactly, and its text. */
function positive(name: string, value: unknown): [exact: boolean, text: Text] {
  if (typeof value === 'string') return [true, value];
  if (isVariableReference(value)) return [false, variableText(value.name)];
  if (isMatching(value)) return [false, value.regex];
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) {
    return value.length === 1 ? [true, value[0] as string] : [false, value.map(escapeRegex).join('|')];
  }
  throw new TypeError(
    `The matcher of the label "${name}" must be a text, a list of texts that is not empty, matching(…), not(…) or a variable.`,
  );
}

/** The values of `le` and `quantile`: `15` must also find `15.0`. */
function floatMatch(value: unknown): unknown {
  if (isNot(value)) return { kind: 'not', value: floatMatch(value.value) };
  if (typeof value === 'number') return floatMatch([value]);
  if (!Array.isArray(value)) return value;
  if (value.every((item) => typeof item !== 'number' || !Number.isInteger(item))) return value.map(String);
  const regex = value.map((item) => {
    const text = escapeRegex(String(item));
    return Number.isInteger(item) ? `${text}(\\.0)?` : text;
  });
  return { kind: 'matching', regex: regex.join('|') };
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function isNot(value: unknown): value is Not<unknown> {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'not';
}

function isMatching(value: unknown): value is Matching {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'matching';
}
