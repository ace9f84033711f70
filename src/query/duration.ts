/** Lengths of time as Prometheus writes them: `30s`, `5m`, `1h30m`, `7d`. */
import type { Duration as DurationNode, DurationValue } from '../promql/ast.ts';
import { parseDuration } from '../promql/duration.ts';
import { isVariableReference, variableText, type VariableReference } from './variable.ts';

type Y = `${bigint}y`;
type W = `${bigint}w`;
type D = `${bigint}d`;
type H = `${bigint}h`;
type M = `${bigint}m`;
type S = `${bigint}s`;
type Ms = `${bigint}ms`;

type OneUnit = Y | W | D | H | M | S | Ms;
type SeveralUnits =
  | `${Y}${W | D | H | M | S | Ms}`
  | `${W}${D | H | M | S | Ms}`
  | `${D}${H | M | S | Ms}`
  | `${H}${M | S | Ms}`
  | `${M}${S | Ms}`
  | `${S}${Ms}`
  | `${D}${H}${M | S}`
  | `${H}${M}${S}`;

/**
 * The hint of every `Duration` and `Range` that an author fills in. The compiler prints it beside the name where it
 * refuses a text, and so shows good ones; a hint that is a default it would leave out.
 */
export type Examples = 'such as 5m, 1h30m or 7d';

/**
 * A length of time in Prometheus' notation, from years to milliseconds, larger units first, up to three of
 * them: `'90s'`, `'1h30m'`, `'1d12h'`. A day is 24 hours, a week 7 days, a year 365 days. A leading minus is
 * for `offset` only.
 *
 * `Hint` adds nothing to the type, see `Examples`. The units are two types without parameters, which the compiler
 * does not look into again at every call.
 *
 * Source: "Time durations" in Prometheus' querying basics.
 */
export type Duration<Hint extends string = string> = OneUnit | SeveralUnits | Extract<Hint, never>;

/** The range of a function over time: a duration or an interval variable of the dashboard. */
export type Range<Hint extends string = string> = Duration<Hint> | VariableReference;

/**
 * Reads a duration.
 *
 * @param text Prometheus' notation, such as `1h30m`; a minus in front is allowed
 * @returns milliseconds
 * @throws TypeError where the text is no duration, with the notation that is
 */
export function milliseconds(text: string): number {
  const negative = text.startsWith('-');
  try {
    const length = parseDuration(negative ? text.slice(1) : text);
    return negative ? -length : length;
  } catch (error) {
    throw new TypeError(
      `"${text}" is no duration. Write whole numbers with y, w, d, h, m, s or ms, larger units first, such as "90s", "1h30m" or "7d".`,
      { cause: error },
    );
  }
}

/** The variable that stands for a range that the author left out. */
export const AUTO_RANGE_VARIABLE = '__auto_range';

/**
 * The node of a range.
 *
 * @param range a duration, an interval variable, or nothing for an automatic range
 * @param what the function's name, for the message
 * @throws TypeError where the duration cannot be read or is not longer than nothing
 */
export function rangeNode(range: Range | undefined, what: string): DurationValue {
  if (range === undefined) return variableDuration(AUTO_RANGE_VARIABLE);
  if (isVariableReference(range)) return variableDuration(range.name);
  const length = milliseconds(range);
  if (length <= 0) throw new TypeError(`The range of ${what} must be longer than 0, but it is "${range}".`);
  return durationNode(length);
}

/** The node of an offset, which may be negative (later). */
export function offsetNode(offset: Range): DurationValue {
  return isVariableReference(offset) ? variableDuration(offset.name) : durationNode(milliseconds(offset));
}

export function durationNode(length: number): DurationNode {
  return Object.freeze({ type: 'Duration', milliseconds: length });
}

/** The node of a length of time that Grafana fills in, `$name`. */
export function variableDuration(name: string): DurationValue {
  return Object.freeze({ type: 'TemplateDuration', text: variableText(name) });
}
