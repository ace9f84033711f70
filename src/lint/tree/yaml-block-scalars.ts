/** Literal (`|`) and folded (`>`) block scalars, YAML 1.2.2, chapter 8.1. */
import type { OffsetMapBuilder } from '../text/offset-map.ts';

export interface BlockScalarSource {
  /** `|` or `>` with its indicators, such as `>2-`. */
  readonly header: string;
  /** Columns that an explicit indentation indicator counts from. */
  readonly parentIndent: number;
  /** Where the first line of the contents begins, and where the last one ends. */
  readonly start: number;
  readonly end: number;
}

interface Line {
  /** Spaces only. */
  readonly indent: number;
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
}

/** Tells the builder where each character of the scalar's value stands. */
export function readBlockScalar(builder: OffsetMapBuilder, outer: string, block: BlockScalarSource): void {
  const explicit = Number(/[1-9]/.exec(block.header)?.[0] ?? 0);
  const lines = linesOf(outer, block);
  const isBlank = ({ indent, start, end }: Line): boolean => start + indent === end;
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) {
    if (block.header.includes('+') && lines.length > 0) {
      builder.replaced('\n'.repeat(Math.max(1, lines.length - 1)), block.start, block.end);
    }
    return;
  }
  const indent = explicit > 0 ? block.parentIndent + explicit : (lines[first] as Line).indent;
  let last = lines.findLastIndex((line) => !isBlank(line) || line.indent > indent);
  last = Math.max(last, first);
  const contents = lines.slice(0, last + 1).map((line) => ({ ...line, from: Math.min(line.start + indent, line.end) }));
  const read = block.header.startsWith('|') ? readLiteral : readFolded;
  read(builder, outer, contents, first);
  readEnd(builder, outer, block, lines, last, indent);
}

interface ContentLine extends Line {
  /** Where the text begins after the block's own indentation. */
  readonly from: number;
}

function readLiteral(builder: OffsetMapBuilder, _outer: string, lines: readonly ContentLine[]): void {
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    if (previous) builder.replaced('\n', previous.end, line.from);
    builder.verbatim(line.from, line.end);
  });
}

function readFolded(builder: OffsetMapBuilder, outer: string, lines: readonly ContentLine[], first: number): void {
  let separator = '';
  let previousMoreIndented = false;
  let joinedFrom = lines[0]?.start ?? 0;
  lines.forEach((line, index) => {
    if (index < first) {
      builder.verbatim(line.from, line.end);
      builder.replaced('\n', line.end, lines[index + 1]?.from ?? line.end);
      joinedFrom = lines[index + 1]?.from ?? line.end;
      return;
    }
    const moreIndented = line.end > line.from && (outer[line.from] === ' ' || outer[line.from] === '\t');
    if (moreIndented) {
      if (separator === ' ') separator = '\n';
      else if (!previousMoreIndented && separator === '\n') separator = '\n\n';
    } else if (line.end === line.from) {
      if (separator === '\n') {
        builder.replaced('\n', joinedFrom, line.from);
        joinedFrom = line.from;
      } else separator = '\n';
      return;
    }
    builder.replaced(separator, joinedFrom, line.from);
    builder.verbatim(line.from, line.end);
    joinedFrom = line.end;
    separator = moreIndented ? '\n' : ' ';
    previousMoreIndented = moreIndented;
  });
}

/** What the chomping indicator leaves of the line breaks at the end. */
function readEnd(
  builder: OffsetMapBuilder,
  outer: string,
  { header, end }: BlockScalarSource,
  lines: readonly Line[],
  last: number,
  indent: number,
): void {
  if (header.includes('-')) return;
  let from = (lines[last] as Line).end;
  const rest = header.includes('+') ? lines.slice(last + 1) : [];
  for (const line of rest) {
    builder.replaced('\n', from, Math.min(line.start + indent, line.end));
    from = line.end;
  }
  if (rest.length === 0) builder.replaced('\n', from, Math.min(from + (outer[from] === '\r' ? 2 : 1), end));
}

function linesOf(outer: string, { start, end }: BlockScalarSource): readonly Line[] {
  const lines: Line[] = [];
  for (let at = start; at <= end;) {
    const found = outer.indexOf('\n', at);
    const breakAt = found < 0 || found >= end ? end : found;
    const lineEnd = outer[breakAt - 1] === '\r' && breakAt > at ? breakAt - 1 : breakAt;
    let indent = 0;
    while (at + indent < lineEnd && outer[at + indent] === ' ') indent += 1;
    lines.push({ indent, start: at, end: lineEnd });
    at = breakAt + 1;
  }
  return lines;
}
