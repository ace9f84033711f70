/**
 * Reads YAML scalars character by character, keeping where each one stands (YAML 1.2.2, chapters 7.3 and 8.1).
 * The `yaml` package gives the value alone; a diagnostic needs the column of each character.
 */
import type { CST } from 'yaml';
import { offsetMapBuilder } from '../text/offset-map.ts';
import type { OffsetMap, OffsetMapBuilder } from '../text/offset-map.ts';
import type { ScalarStyle } from '../text/source-text.ts';
import { readBlockScalar } from './yaml-block-scalars.ts';

/** How the scalar is written. */
export function styleOf(token: CST.FlowScalar | CST.BlockScalar): ScalarStyle {
  if (token.type === 'block-scalar') return blockHeader(token).startsWith('|') ? 'literal' : 'folded';
  if (token.type === 'single-quoted-scalar') return 'single-quoted';
  return token.type === 'double-quoted-scalar' ? 'double-quoted' : 'plain';
}

/** Where each character of the scalar's value stands in `outer`, the text that the token was read from. */
export function mapOfYamlScalar(outer: string, token: CST.FlowScalar | CST.BlockScalar): OffsetMap {
  const builder = offsetMapBuilder(outer);
  const { offset } = token;
  if (token.type === 'block-scalar') {
    const start = offset + token.props.reduce((length, prop) => length + sourceOf(prop).length, 0);
    readBlockScalar(builder, outer, {
      header: blockHeader(token),
      parentIndent: token.indent,
      start,
      end: start + token.source.length,
    });
    return builder.finish(start + token.source.length);
  }
  const end = offset + token.source.length;
  if (token.type === 'scalar') readFolded(builder, outer, offset, end, false);
  else if (token.type === 'single-quoted-scalar') readFolded(builder, outer, offset + 1, end - 1, true);
  else readDoubleQuoted(builder, outer, offset + 1, end - 1);
  return builder.finish(token.type === 'scalar' ? end : end - 1);
}

function blockHeader(token: CST.BlockScalar): string {
  return token.props.map(sourceOf).find((source) => /^[|>]/.test(source)) ?? '|';
}

function sourceOf(token: CST.Token): string {
  return 'source' in token && typeof token.source === 'string' ? token.source : '';
}

const LINE_BREAK = /[ \t]*(\r?\n[ \t]*)+/g;

/** Plain and single-quoted scalars: a line break folds into a space, and each empty line after it is one break. */
function readFolded(builder: OffsetMapBuilder, outer: string, start: number, end: number, quoted: boolean): void {
  const source = outer.slice(start, end);
  let from = 0;
  const words = (to: number): void => {
    if (!quoted) return builder.verbatim(start + from, start + to);
    for (let at = source.indexOf("''", from); at >= 0 && at < to; at = source.indexOf("''", from)) {
      builder.verbatim(start + from, start + at);
      builder.replaced("'", start + at, start + at + 2);
      from = at + 2;
    }
    return builder.verbatim(start + from, start + to);
  };
  for (const match of source.matchAll(LINE_BREAK)) {
    words(match.index);
    from = match.index + match[0].length;
    builder.replaced(folded(match[0]), start + match.index, start + from);
  }
  words(source.length);
}

function folded(breaks: string): string {
  const count = breaks.split('\n').length - 1;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const SPECIAL = /\\(?:\r?\n[ \t]*|[xuU]?[\s\S])|[ \t]*(?:\r?\n[ \t]*)+/g;

function readDoubleQuoted(builder: OffsetMapBuilder, outer: string, start: number, end: number): void {
  const source = outer.slice(start, end);
  let from = 0;
  SPECIAL.lastIndex = 0;
  for (let match = SPECIAL.exec(source); match; match = SPECIAL.exec(source)) {
    builder.verbatim(start + from, start + match.index);
    const [written] = match;
    let to = match.index + written.length;
    let text = '';
    if (written[0] !== '\\') text = folded(written);
    else if (written[1] !== '\n' && written[1] !== '\r') {
      to = match.index + 2 + (HEX_DIGITS[written[1] ?? ''] ?? 0);
      text = unescaped(source.slice(match.index, to));
    }
    builder.replaced(text, start + match.index, start + to);
    from = to;
    SPECIAL.lastIndex = to;
  }
  builder.verbatim(start + from, end);
}

function unescaped(written: string): string {
  const kind = written[1] ?? '';
  if (HEX_DIGITS[kind] === undefined) return ESCAPES[kind] ?? written;
  const code = Number.parseInt(written.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}
