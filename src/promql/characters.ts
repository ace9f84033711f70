/** White space between tokens; Prometheus knows only these four. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A letter of ASCII or an underscore. */
export function isAlpha(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x5f || (code >= 0x41 && code <= 0x5a);
}

export function isAlphaNumeric(code: number): boolean {
  return isAlpha(code) || isDigit(code);
}
