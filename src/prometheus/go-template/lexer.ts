/** Cuts a Go template into text and the tokens of its actions, as `text/template/parse/lex.go` does. */
import { GoTemplateError } from './tree.ts';

type GoTokenType =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'field'
  | 'dot'
  | 'variable'
  | 'identifier'
  | 'string'
  | 'number'
  | 'character'
  | 'symbol';

export interface GoToken {
  readonly type: GoTokenType;
  /** As written; of a string its value; of a text what is left after trimming. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = ' \t\r\n';
const WORD = /[\p{L}\p{Nd}_]/u;
// Numbers of Go: decimal, 0x 0o 0b, underscores, exponents, imaginary.
const NUMBER =
  /^[+-]?(?:0[xX](?:[\da-fA-F_]*\.?[\da-fA-F_]*[pP][+-]?[\d_]+|[\da-fA-F_]+)|0[oObB][0-7_]+|[\d_]*\.?[\d_]*(?:[eE][+-]?[\d_]+)?)i?/;

/**
 * @returns the tokens; spaces count inside actions, since they part the arguments of a command
 * @throws GoTemplateError
 */
export function tokenizeGoTemplate(source: string): readonly GoToken[] {
  const tokens: GoToken[] = [];
  let at = 0;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const textEnd = open < 0 ? source.length : open;
    const trimBefore = open >= 0 && source[open + 2] === '-' && SPACE.includes(source[open + 3] ?? 'x');
    const raw = source.slice(at, textEnd);
    const started = trimNext ? raw.replace(/^[ \t\r\n]+/, '') : raw;
    const text = trimBefore ? started.replace(/[ \t\r\n]+$/, '') : started;
    if (text !== '') tokens.push({ type: 'text', text, start: at, end: textEnd });
    if (open < 0) break;
    const inside = open + (trimBefore ? 4 : 2);
    const comment = /^\/\*[\s\S]*?\*\//.exec(source.slice(inside));
    if (source.startsWith('/*', inside)) {
      if (comment === null) throw new GoTemplateError('a comment without end', { start: open, end: source.length });
      const close = /^([ \t\r\n]-)?\}\}/.exec(source.slice(inside + comment[0].length));
      if (close === null) {
        throw new GoTemplateError('a comment ends right before "}}"', { start: open, end: inside + comment[0].length });
      }
      trimNext = close[1] !== undefined;
      at = inside + comment[0].length + close[0].length;
      continue;
    }
    tokens.push({ type: 'open', text: '{{', start: open, end: inside });
    const action = readAction(source, inside, open, tokens);
    trimNext = action.trim;
    at = action.end;
  }
  return tokens;
}

/** Reads up to and with the closing braces. */
function readAction(
  source: string,
  start: number,
  open: number,
  tokens: GoToken[],
): { readonly end: number; readonly trim: boolean } {
  let at = start;
  for (;;) {
    const trimmed = /^[ \t\r\n]-\}\}/.exec(source.slice(at, at + 4));
    if (trimmed !== null || source.startsWith('}}', at)) {
      const end = at + (trimmed?.[0].length ?? 2);
      tokens.push({ type: 'close', text: '}}', start: at, end });
      return { end, trim: trimmed !== null };
    }
    if (at >= source.length) {
      throw new GoTemplateError('"{{" without "}}"', { start: open, end: source.length });
    }
    const token = readToken(source, at, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
}

function readToken(source: string, at: number, before: GoToken | undefined): GoToken {
  const first = source[at] ?? '';
  const token = (type: GoTokenType, end: number, text = source.slice(at, end)): GoToken => ({
    type,
    text,
    start: at,
    end,
  });
  if (SPACE.includes(first)) {
    let end = at + 1;
    // A space before "-}}" belongs to the closing braces.
    while (SPACE.includes(source[end] ?? 'x') && !/^[ \t\r\n]-\}\}/.test(source.slice(end, end + 4))) end += 1;
    return token('space', end);
  }
  if (first === '"') return readString(source, at);
  if (first === '`') {
    const end = source.indexOf('`', at + 1);
    if (end < 0) throw new GoTemplateError('a raw string without its closing `', { start: at, end: source.length });
    return token('string', end + 1, source.slice(at + 1, end));
  }
  if (first === "'") {
    const character = /^'(?:\\(?:[abfnrtv\\']|[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})|[^'\\\n])'/u.exec(
      source.slice(at),
    );
    if (character === null) throw new GoTemplateError('a character constant that is not closed', spanAt(source, at));
    return token('character', at + character[0].length);
  }
  if (first === ':' && source[at + 1] === '=') return token('symbol', at + 2);
  if ('|(),='.includes(first)) return token('symbol', at + 1);
  if (first === '$') return bounded(source, token('variable', wordEnd(source, at + 1)));
  if (/\d/.test(first) || ('+-.'.includes(first) && /[\d.]/.test(source[at + 1] ?? '') && !isFieldStart(source, at))) {
    const end = at + (NUMBER.exec(source.slice(at))?.[0].length ?? 0);
    if (WORD.test(source[end] ?? '') || end <= at + (/\d/.test(first) ? 0 : 1)) {
      throw new GoTemplateError(`bad number ${JSON.stringify(source.slice(at, wordEnd(source, end)))}`, {
        start: at,
        end: wordEnd(source, end),
      });
    }
    return token('number', end);
  }
  if (first === '.') {
    const end = wordEnd(source, at + 1);
    if (end === at + 1) return token('dot', end);
    return bounded(source, token('field', end, source.slice(at + 1, end)));
  }
  if (WORD.test(first)) return bounded(source, token('identifier', wordEnd(source, at)));
  const within = before === undefined ? '' : ` after ${JSON.stringify(before.text)}`;
  throw new GoTemplateError(`unexpected ${JSON.stringify(first)}${within} in an action`, spanAt(source, at));
}

function isFieldStart(source: string, at: number): boolean {
  return source[at] === '.' && !/\d/.test(source[at + 1] ?? '');
}

/** A word in an action ends at a space or at a sign that may follow one. */
function bounded(source: string, token: GoToken): GoToken {
  const next = source[token.end] ?? '';
  if (next === '' || SPACE.includes(next) || '.,|:)(='.includes(next) || source.startsWith('}}', token.end))
    return token;
  throw new GoTemplateError(
    `unexpected ${JSON.stringify(next)} after ${JSON.stringify(token.text)}`,
    spanAt(source, token.end),
  );
}

function wordEnd(source: string, from: number): number {
  let end = from;
  for (const character of source.slice(from)) {
    if (!WORD.test(character)) break;
    end += character.length;
  }
  return end;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

function readString(source: string, start: number): GoToken {
  let value = '';
  let at = start + 1;
  for (;;) {
    const character = source[at];
    if (character === undefined || character === '\n') {
      throw new GoTemplateError('a string without its closing quote', { start, end: at });
    }
    if (character === '"') return { type: 'string', text: value, start, end: at + 1 };
    if (character !== '\\') {
      value += character;
      at += 1;
      continue;
    }
    const coded = /^\\(?:([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(source.slice(at));
    const simple = ESCAPES[source[at + 1] ?? ''];
    if (coded !== null) {
      const [written, octal, ...hex] = coded;
      const code = octal === undefined ? Number.parseInt(hex.join(''), 16) : Number.parseInt(octal, 8);
      if (code > 0x10ffff || (octal !== undefined && code > 255)) throw badEscape(source, at);
      value += String.fromCodePoint(code);
      at += written.length;
    } else if (simple !== undefined) {
      value += simple;
      at += 2;
    } else {
      throw badEscape(source, at);
    }
  }
}

function badEscape(source: string, at: number): GoTemplateError {
  return new GoTemplateError(`unknown escape ${JSON.stringify(source.slice(at, at + 2))} in a string`, {
    start: at,
    end: at + 2,
  });
}

function spanAt(source: string, at: number): { readonly start: number; readonly end: number } {
  return { start: at, end: Math.min(at + 1, source.length) };
}
