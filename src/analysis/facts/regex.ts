/** What can be said of a regular expression of a matcher or of `label_replace()` without running it on data. */
import { RE2JS } from 're2js';
import { regexMatches, regexProblem } from '../../promql/regex.ts';

function compile(pattern: string): RE2JS | undefined {
  return regexProblem(pattern) === undefined ? RE2JS.compile(pattern, RE2JS.DOTALL) : undefined;
}

/** Whether an anchored pattern matches; `undefined` for a pattern that RE2 refuses. */
export function decideRegex(pattern: string, value: string): boolean | undefined {
  const literals = literalsOf(pattern);
  if (literals) return literals.includes(value);
  return regexProblem(pattern) === undefined ? regexMatches(pattern, value) : undefined;
}

/** How many groups a pattern has and what they are called; `undefined` for a pattern that RE2 refuses. */
export function groupsOf(pattern: string): { readonly count: number; readonly names: readonly string[] } | undefined {
  const regex = compile(pattern);
  return regex && { count: regex.groupCount(), names: Object.keys(regex.namedGroups()) };
}

/** What a replacement makes of a value, as `label_replace()` does it; `undefined` where the pattern does not match. */
export function expandReplacement(pattern: string, replacement: string, value: string): string | undefined {
  const matcher = compile(pattern)?.matcher(value);
  if (!matcher?.matches()) return undefined;
  return replacement.replaceAll(REFERENCE, (_all, dollar?: string, braced?: string, plain?: string) => {
    if (dollar !== undefined) return '$';
    const name = braced ?? plain ?? '';
    if (/^\d+$/.test(name)) return Number(name) <= matcher.groupCount() ? (matcher.group(Number(name)) ?? '') : '';
    return name in matcher.namedGroups ? (matcher.group(name) ?? '') : '';
  });
}

/** Go's `Regexp.Expand`: `$$`, `${name}` or the longest `$name`; a `$` before anything else stays. */
const REFERENCE = /\$(?:(\$)|\{(\w+)\}|(\w+))/g;

/** The groups that a replacement refers to, in the order they are written. */
export function referencesOf(replacement: string): readonly string[] {
  return [...replacement.matchAll(REFERENCE)].flatMap(([, dollar, braced, plain]) =>
    dollar === undefined ? [braced ?? plain ?? ''] : [],
  );
}

const literalLists = new Map<string, readonly string[] | null>();

/**
 * The values of a pattern that is nothing but a list of words, such as `a|b` or `(a|b\.c)`.
 *
 * @returns `undefined` for any other pattern
 */
export function literalsOf(pattern: string): readonly string[] | undefined {
  let literals = literalLists.get(pattern);
  if (literals === undefined) {
    literals = readLiterals(pattern);
    literalLists.set(pattern, literals);
  }
  return literals ?? undefined;
}

function readLiterals(pattern: string): readonly string[] | null {
  const anchored = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  if (anchored !== pattern && anchored.includes('|')) return null;
  const group = /^\((?:\?:)?([^()]*)\)$/.exec(anchored);
  const words: string[] = [''];
  const text = group?.[1] ?? anchored;
  for (let at = 0; at < text.length; at++) {
    let char = text[at]!;
    if (char === '|') {
      words.push('');
      continue;
    }
    if (char === '\\') {
      char = text[++at] ?? '';
      if (!/^[^\w\s]$/.test(char)) return null;
    } else if ('.*+?()[]{}^$'.includes(char)) return null;
    words[words.length - 1] += char;
  }
  return words;
}
