import { isAlphaNumeric, isDigit } from './characters.ts';

/** How far a scan went, and whether what it found is whole. */
export interface Scan {
  readonly end: number;
  readonly complete: boolean;
}

const dot = 0x2e;
const underscore = 0x5f;

function isExponent(code: number): boolean {
  return code === 0x65 || code === 0x45;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);
}

/**
 * Finds the end of a number: decimal, hexadecimal or octal, with exponent and underscores.
 *
 * It follows `scanNumber` of Prometheus' lexer step by step, because what is refused depends on them: in
 * `0xee` the second `e` counts as an exponent, which may not end the text.
 *
 * @param text the query
 * @param start where the number starts
 */
export function scanNumber(text: string, start: number): Scan {
  let at = start;
  let isNumeral = isDigit;
  if (text.charCodeAt(at) === 0x30) {
    at += 1;
    if ((text.charCodeAt(at) | 0x20) === 0x78) {
      at += 1;
      if (text.charCodeAt(at) === underscore) at += 1;
      isNumeral = isHexDigit;
    }
  }
  const hex = isNumeral === isHexDigit;
  if (text.charCodeAt(at) === dot) at += 1;
  if (isNumeral(text.charCodeAt(at))) at += 1;
  let sawDot = false;
  let sawExponent = false;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      at += 1;
      if (sawDot) return { end: at, complete: false };
      sawDot = true;
      const next = text.charCodeAt(at);
      if (next === underscore || next === dot) return { end: at + 1, complete: false };
      if (hex) return { end: at, complete: false };
    } else if (isExponent(code)) {
      at += 1;
      if (sawExponent) return { end: at, complete: false };
      sawExponent = true;
      const sign = text.charCodeAt(at);
      if (sign === 0x2b || sign === 0x2d) at += 1;
      if (mayNotFollow(text.charCodeAt(at))) return { end: at + 1, complete: false };
      if (at >= text.length) return { end: at, complete: false };
    } else if (code === underscore) {
      at += 1;
      if (mayNotFollow(text.charCodeAt(at))) return { end: at + 1, complete: false };
      if (at >= text.length) return { end: at, complete: false };
    } else if (isNumeral(code)) {
      do at += 1;
      while (isNumeral(text.charCodeAt(at)));
    } else {
      break;
    }
  }
  return { end: at, complete: at > start && !isAlphaNumeric(text.charCodeAt(at)) };
}

function mayNotFollow(code: number): boolean {
  return code === dot || code === underscore || isExponent(code);
}

const units = 'smhdwy';
const laterUnits = 'smhdw';

/**
 * Finds the end of a duration whose first number has been read: `m`, `h30m`, `d12h`.
 *
 * Whether the units exist and fall in size is left to `parseDuration`.
 *
 * @param text the query
 * @param start where the first unit stands
 */
export function scanDurationRest(text: string, start: number): Scan {
  let at = start;
  if (!isOneOf(text, at, units)) return { end: at, complete: false };
  at += 1;
  if (text.charAt(at) === 's') at += 1;
  while (isDigit(text.charCodeAt(at))) {
    while (isDigit(text.charCodeAt(at))) at += 1;
    if (!isOneOf(text, at, laterUnits)) return { end: at, complete: false };
    at += 1;
    if (text.charAt(at) === 's') at += 1;
  }
  if (isAlphaNumeric(text.charCodeAt(at))) return { end: at + 1, complete: false };
  return { end: at, complete: true };
}

function isOneOf(text: string, at: number, characters: string): boolean {
  return at < text.length && characters.includes(text.charAt(at));
}
