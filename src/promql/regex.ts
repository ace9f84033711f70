/**
 * Regular expressions of matchers: RE2's syntax, anchored at both ends, `.` matches line breaks too.
 *
 * Source: `labels.NewFastRegexMatcher` of Prometheus, which compiles `^(?s:…)$`.
 */
import { RE2JS, RE2JSException } from 're2js';

/** Compiling is slow and the same few patterns come back in query after query. */
const cacheSize = 2000;
const cache = new Map<string, RE2JS | string>();

/** Text without anything special, alternatives of such text, `.`, `.*` and `.+`: always valid. */
const harmless = /^(?:[\w\s\-/:,;=@#%&!"'<>~|]|\.[*+]?)*$/;

/**
 * Says why a pattern is not one of RE2.
 *
 * @param pattern the pattern of a `=~` or `!~` matcher
 * @returns Go's message, such as "error parsing regexp: missing closing ): `(`"; undefined when it is valid
 */
export function regexProblem(pattern: string): string | undefined {
  if (harmless.test(pattern)) return undefined;
  const compiled = compile(pattern);
  return typeof compiled === 'string' ? compiled : undefined;
}

/**
 * Tests whether a matcher's pattern matches the whole of a value, as Prometheus does.
 *
 * @param pattern a valid pattern
 * @param value the label's value
 * @throws RangeError when the pattern is not valid
 */
export function regexMatches(pattern: string, value: string): boolean {
  if (pattern === '.*') return true;
  if (pattern === '.+') return value !== '';
  const compiled = compile(pattern);
  if (typeof compiled === 'string') throw new RangeError(compiled);
  return compiled.matches(value);
}

function compile(pattern: string): RE2JS | string {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const compiled = tryCompile(pattern);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function tryCompile(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    // The flag is given to the compiler as a prefix, which the author did not write.
    return error.message.replace('`(?s)', '`');
  }
}
