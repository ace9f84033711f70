/** Where a place of generated code comes from. Lines and columns count from 0. */
export interface OriginalPlace {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

interface SourceMapJson {
  readonly sources: readonly string[];
  readonly mappings: string;
}

const DIGITS = new Uint8Array(128);
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  DIGITS[character.charCodeAt(0)] = value;
}
const [COMMA, SEMICOLON] = [','.charCodeAt(0), ';'.charCodeAt(0)];

/** Where a line of generated code begins in the mappings, and what its first segment counts from. */
interface LineStart {
  readonly at: number;
  readonly source: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads a source map (ECMA-426, "Mappings structure").
 *
 * Each definition remembers its place, so this runs in every build, and Node's own reader makes an object of
 * every segment. Here one pass over the text remembers where each line begins; only lines that are asked for
 * are looked at again.
 *
 * @returns looks up the last segment at or before a place
 */
export function readSourceMap(json: string): (line: number, column: number) => OriginalPlace | undefined {
  const { sources, mappings } = JSON.parse(json) as SourceMapJson;
  const lines: LineStart[] = [];
  scan(mappings, { at: 0, source: 0, line: 0, column: 0 }, Number.POSITIVE_INFINITY, (start) => lines.push(start));
  return (line, column) => {
    const start = lines[line];
    const place = start && scan(mappings, start, column);
    if (place === undefined) return undefined;
    const source = sources[place.source];
    return source === undefined ? undefined : { source, line: place.line, column: place.column };
  };
}

/**
 * Goes through the mappings: to the end where it is told of lines, else to the end of one line. A segment is up
 * to five numbers: generated column, source, line, column, name; each counts from the same one before it.
 * A number is a base 64 VLQ: five bits a digit, the lowest first; the sixth says that more follow, the first is
 * the sign.
 *
 * @returns the last segment that begins at or before `limit` and has a source
 */
function scan(
  text: string,
  start: LineStart,
  limit: number,
  onLine?: (start: LineStart) => void,
): Omit<LineStart, 'at'> | undefined {
  let { at, source, line, column } = start;
  let generated = 0;
  let field = 0;
  let value = 0;
  let shift = 0;
  let found: Omit<LineStart, 'at'> | undefined;
  onLine?.(start);
  for (; at <= text.length; at += 1) {
    const code = at === text.length ? SEMICOLON : text.charCodeAt(at);
    if (code === COMMA || code === SEMICOLON) {
      if (!onLine && field > 0) found = field > 1 ? { source, line, column } : undefined;
      field = 0;
      if (code === COMMA) continue;
      if (!onLine) return found;
      generated = 0;
      onLine({ at: at + 1, source, line, column });
      continue;
    }
    const digit = DIGITS[code] ?? 0;
    value |= (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    const delta = (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
    if (field === 0) generated += delta;
    else if (field === 1) source += delta;
    else if (field === 2) line += delta;
    else if (field === 3) column += delta;
    if (field === 0 && generated > limit) return found;
    field += 1;
    value = 0;
    shift = 0;
  }
  return found;
}
