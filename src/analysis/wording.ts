/** Phrases that messages of many checks share. */
import type { LabelName } from '../promql/ast.ts';
import { printText } from '../promql/grafana.ts';
import type { Origin } from './facts/facts.ts';
import type { Place } from './subject.ts';

/** Names in backticks, joined as in a sentence: `` `a`, `b` and `c` ``. */
export function list(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} ${word} ${last}`;
}

/** Label names as they stand in a query: `job, $by`. */
export function labelList(names: readonly LabelName[]): string {
  return names.map((name) => printText(name)).join(', ');
}

/** What a query and all around it is, for somebody who is to write another or to delete it. */
export function placeName({ type }: Place): 'rule' | 'query' {
  return type === 'alert' || type === 'record' ? 'rule' : 'query';
}

/** The series that a source comes from, as a subject of a sentence. */
export function seriesName({ name }: Origin): string {
  return name === undefined ? 'what the selector selects' : `\`${name}\``;
}

/**
 * The known name that somebody most likely meant: within two changed letters, or the same words. Of two that are as
 * near, the one that begins alike: people seldom miss the first letters.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(typed.length / 3) + 1);
  for (const name of known) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase(), least);
    const closer = distance === least && best !== undefined && sameStart(typed, name) > sameStart(typed, best);
    if (distance < least || closer) [best, least] = [name, distance];
  }
  if (best !== undefined) return best;
  return known.find(
    (name) =>
      name.length > 2 &&
      (typed.startsWith(`${name}_`) ||
        (name.length > 3 && typed.startsWith(name)) ||
        typed.endsWith(`_${name}`) ||
        name.startsWith(`${typed}_`) ||
        name.endsWith(`_${typed}`)),
  );
}

/** `: did you mean …?` for a message, or nothing. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const name = nearest(typed, known);
  return name === undefined ? '' : ` Did you mean \`${name}\`?`;
}

/** How many letters two names begin with alike. */
function sameStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Letters to insert, delete, replace or swap; more than `limit` where that is sure. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? limit + 1;
}

/** A number as people write it. */
export function number(value: number): string {
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(Number(value.toPrecision(6)));
}

/** A length of time as PromQL writes it: `90s`, `5m`, `1h30m`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)}ms`;
  let rest = Math.round(seconds);
  let text = '';
  for (const [unit, size] of [
    ['d', 86400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text || '0s';
}
