import { isAlphaNumeric, isSpace } from './characters.ts';
import { keywords, Token } from './tokens.ts';

const colon = 0x3a;
const longestKeyword = 12;

/**
 * Finds the end of a word outside braces: letters, digits, underscores and colons.
 *
 * @param text the query
 * @param start where the word starts
 */
export function wordEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== colon && !isAlphaNumeric(code)) return at;
    at += 1;
  }
}

/** What a word is: a keyword, in any case, or the name of something; only metrics have colons. */
export function wordKind(text: string, start: number, end: number): Token {
  const word = text.slice(start, end);
  if (word.includes(':')) return Token.METRIC_IDENTIFIER;
  if (word.length > longestKeyword) return Token.IDENTIFIER;
  const keyword = keywords.get(word) ?? keywords.get(word.toLowerCase()) ?? Token.IDENTIFIER;
  // `fill`, `fill_left` and `fill_right` are keywords only in front of a bracket.
  const isFill = keyword >= Token.FILL && keyword <= Token.FILL_RIGHT;
  return isFill && !bracketFollows(text, end) ? Token.IDENTIFIER : keyword;
}

function bracketFollows(text: string, from: number): boolean {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === 0x28;
}
