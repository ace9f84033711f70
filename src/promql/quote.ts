/**
 * Strings as Go writes and reads them, so that messages and printed queries are Prometheus' own.
 *
 * PromQL strings are bytes that are nearly always UTF-8. JavaScript's are not bytes: a byte that is part
 * of no character, such as `"\xff"`, is kept as the lone surrogate U+DC00 + byte, and printed back as `\xff`.
 */
import type { Text } from './ast.ts';
import { printText } from './grafana.ts';

const escapes: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x0b, '\\v'],
  [0x5c, '\\\\'],
]);

const unprintable = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;
const plain = /^[ !#-[\]-~]*$/;

/**
 * Writes a string in double quotes with Go's escapes, as `strconv.Quote` does.
 *
 * @param text the string
 * @returns the literal, quotes included
 */
export function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${escapeText(text, 0x22)}"`;
}

/**
 * Escapes a string for use between two quotes.
 *
 * @param text the string
 * @param quoteMark the code of the quote, `"` or `'`
 */
function escapeText(text: string, quoteMark: number): string {
  let result = '';
  for (const character of text) result += escapeCharacter(character, quoteMark);
  return result;
}

/** Writes text in double quotes; Grafana's variables stay as they are. */
export function quoteText(text: Text): string {
  return typeof text === 'string' ? quote(text) : `"${printText(text, (part) => escapeText(part, 0x22))}"`;
}

/** Writes one character in single quotes, as Go's `%q` does for a rune. */
export function quoteRune(character: string): string {
  return `'${escapeCharacter(character, 0x27)}'`;
}

function escapeCharacter(character: string, quoteMark: number): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === quoteMark) return `\\${character}`;
  if (code >= 0x20 && code < 0x7f && code !== 0x5c) return character;
  const short = escapes.get(code);
  if (short !== undefined) return short;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  // The lexer refuses the replacement character, so that printing must not write it as it is.
  if (code === 0xfffd) return '\\ufffd';
  if (!unprintable.test(character)) return character;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

const simple: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const digits: ReadonlyMap<string, { readonly skip: number; readonly count: number }> = new Map([
  ['x', { skip: 1, count: 2 }],
  ['u', { skip: 1, count: 4 }],
  ['U', { skip: 1, count: 8 }],
]);

/**
 * Resolves the escapes of a string's contents. The lexer has already refused those that do not exist.
 *
 * @param contents what stands between the quotes of a `"…"` or `'…'` string
 * @returns the string's value
 */
export function unescapeText(contents: string): string {
  if (!contents.includes('\\')) return contents;
  let result = '';
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) result += decodeBytes(bytes);
    bytes = [];
  };
  for (let i = 0; i < contents.length;) {
    const character = contents.charAt(i);
    if (character !== '\\') {
      flush();
      result += character;
      i += 1;
      continue;
    }
    const kind = contents.charAt(i + 1);
    const known = simple.get(kind);
    const form = digits.get(kind);
    if (form !== undefined) {
      const from = i + 1 + form.skip;
      const code = Number.parseInt(contents.slice(from, from + form.count), 16);
      if (kind === 'x') bytes.push(code);
      else {
        flush();
        result += String.fromCodePoint(code);
      }
      i = from + form.count;
    } else if (kind >= '0' && kind <= '7') {
      bytes.push(Number.parseInt(contents.slice(i + 1, i + 4), 8));
      i += 4;
    } else {
      flush();
      result += known ?? kind;
      i += 2;
    }
  }
  flush();
  return result;
}

/** Reads bytes as UTF-8; those that are part of no character become lone surrogates. */
function decodeBytes(bytes: readonly number[]): string {
  let result = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0;
    const length = sequenceLength(first);
    const code = length === 1 ? first : decodeSequence(bytes, i, length);
    result += String.fromCodePoint(code ?? 0xdc00 + first);
    i += code === undefined ? 1 : length;
  }
  return result;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

/** The least code that needs a sequence of this many bytes: a longer one than needed is none. */
const leastCode = [0, 0, 0x80, 0x800, 0x10000];

function decodeSequence(bytes: readonly number[], at: number, length: number): number | undefined {
  const first = bytes[at] ?? 0;
  if (first < 0xc2 || first > 0xf4) return undefined;
  let code = first & (0xff >> (length + 1));
  for (let i = at + 1; i < at + length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >> 6 !== 0b10) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (leastCode[length] ?? 0) || code > 0x10ffff || isSurrogate ? undefined : code;
}
