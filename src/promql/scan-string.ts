import { isDigit } from './characters.ts';
import { quote } from './quote.ts';

/** Why a string is none, and how far it was read. */
export interface BadString {
  readonly message: string;
  readonly end: number;
}

const newline = 0x0a;
const backslash = 0x5c;

/** Characters that cannot be text: halves of a pair, and the one that stands for undecodable bytes. */
function isBroken(text: string, at: number, code: number): boolean {
  if (code === 0xfffd) return true;
  if (code < 0xd800 || code > 0xdfff) return false;
  const whole = code < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1));
  return !whole;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/**
 * Finds the end of a `"…"` or `'…'` string and refuses escapes that Go does not know.
 *
 * @param text the query
 * @param start where the opening quote stands
 * @param mark the code of the quote
 * @returns the offset behind the closing quote, or what is wrong
 */
export function scanString(text: string, start: number, mark: number): number | BadString {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === mark) return at + 1;
    if (code === newline) break;
    if (code === backslash) {
      const end = scanEscape(text, at + 1, mark);
      if (typeof end !== 'number') return end;
      at = end;
    } else if (code > 0x7f) {
      if (isBroken(text, at, code)) return { message: 'invalid UTF-8 rune', end: at + 1 };
      at += code >= 0xd800 && code <= 0xdbff ? 2 : 1;
    } else {
      at += 1;
    }
  }
  return { message: 'unterminated quoted string', end: at };
}

/** Finds the end of a string in backticks, which has no escapes and may have several lines. */
export function scanRawString(text: string, start: number): number | BadString {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x60) return at + 1;
    if (code > 0x7f && isBroken(text, at, code)) return { message: 'invalid UTF-8 rune', end: at + 1 };
    at += code >= 0xd800 && code <= 0xdbff ? 2 : 1;
  }
  return { message: 'unterminated raw string', end: at };
}

const singles = 'abfnrtv\\';

function scanEscape(text: string, at: number, mark: number): number | BadString {
  const code = text.charCodeAt(at);
  const character = text.charAt(at);
  if (at >= text.length) return { message: 'escape sequence not terminated', end: at };
  if (code === mark || singles.includes(character)) return at + 1;
  if (code >= 0x30 && code <= 0x37) return scanDigits(text, at, 3, 8, 255);
  if (character === 'x') return scanDigits(text, at + 1, 2, 16, 255);
  if (character === 'u') return scanDigits(text, at + 1, 4, 16, 0x10ffff);
  if (character === 'U') return scanDigits(text, at + 1, 8, 16, 0x10ffff);
  return { message: `unknown escape sequence ${unicodeName(text, at)}`, end: at + 1 };
}

function scanDigits(text: string, start: number, count: number, base: number, highest: number): number | BadString {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    if (at >= text.length) return { message: 'escape sequence not terminated', end: at };
    const digit = digitValue(text.charCodeAt(at));
    if (digit >= base) {
      const message = `illegal character ${unicodeName(text, at)} in escape sequence`;
      return { message, end: at + 1 };
    }
    value = value * base + digit;
  }
  // Eight digits overflow Go's uint32 never, because it has room for exactly eight.
  if (value > highest || (value >= 0xd800 && value < 0xe000))
    return { message: 'escape sequence is an invalid Unicode code point', end: start + count };
  return start + count;
}

function digitValue(code: number): number {
  if (isDigit(code)) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 16;
}

/** A character as Go's `%#U` writes it: `U+0063 'c'`. */
function unicodeName(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  const character = String.fromCodePoint(code);
  const printable = !quote(character).includes('\\') || character === '"' || character === '\\';
  return printable ? `U+${hex} '${character}'` : `U+${hex}`;
}
