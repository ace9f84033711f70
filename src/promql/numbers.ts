import { quote } from './quote.ts';

/** The text is no number, or too big for one; the message is Go's own. */
export class NumberError extends Error {
  override readonly name = 'NumberError';
}

const plain = /^(?:[1-9][0-9]*|0)(?:\.[0-9]*)?$/;
const integer = /^(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0(?:_?[0-7])*|[1-9][0-9]*(?:_[0-9]+)*)$/;
const float = /^(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?$/;
const largestInteger = 9_223_372_036_854_775_807n;

/**
 * Reads a number as Prometheus does: first as an integer with Go's prefixes (`0x1f`, octal `0755`,
 * underscores), else as a decimal floating-point number.
 *
 * @param text a NUMBER token, without a sign
 * @returns the value; Infinity and NaN only for `inf` and `nan`
 * @throws NumberError when it is none
 */
export function parseNumber(text: string): number {
  if (plain.test(text)) {
    const value = Number(text);
    if (value !== Infinity) return value;
  }
  if (integer.test(text)) {
    const value = parseInteger(text.replaceAll('_', ''));
    if (value <= largestInteger) return Number(value);
  }
  const lower = text.toLowerCase();
  if (lower === 'inf') return Infinity;
  if (lower === 'nan') return NaN;
  if (!float.test(text)) throw numberError(text, 'invalid syntax');
  const value = Number(text.replaceAll('_', ''));
  if (value === Infinity) throw numberError(text, 'value out of range');
  return value;
}

function parseInteger(text: string): bigint {
  const octal = text.length > 1 && text.startsWith('0') && !/^0[xX]/.test(text);
  return BigInt(octal ? `0o${text.slice(1)}` : text);
}

function numberError(text: string, why: string): NumberError {
  return new NumberError(`error parsing number: strconv.ParseFloat: parsing ${quote(text)}: ${why}`);
}

/**
 * Writes a number as Prometheus prints it: the shortest text that reads back as the same value.
 *
 * @param value any number; NaN and infinities as `NaN`, `+Inf` and `-Inf`
 */
export function printNumber(value: number | 'NaN' | '+Inf' | '-Inf'): string {
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return printDigits(value);
}

/** Go's `FormatFloat(value, 'f', -1, 64)`: never an exponent. */
function printDigits(value: number): string {
  const text = String(value);
  const e = text.indexOf('e');
  if (e === -1) return text;
  const exponent = Number(text.slice(e + 1));
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.slice(negative ? 1 : 0, e).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const sign = negative ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
