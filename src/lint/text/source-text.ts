/**
 * A text together with the place in a file that says it: a whole file, a scalar of one (a YAML block, a JSON
 * string), a scalar of a document that itself stands in a scalar, or a part of any of these.
 */
import type { Span } from '../../promql/ast.ts';
import type { SourcePosition } from '../../source/position.ts';
import { outerSpan } from './offset-map.ts';
import type { OffsetMap } from './offset-map.ts';

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded' | 'json' | 'part';

export type SourceText = FileText | ScalarText;

export interface FileText {
  readonly type: 'file';
  /** As it was named on the command line, or found below a folder that was. */
  readonly path: string;
  readonly text: string;
}

export interface ScalarText {
  readonly type: 'scalar';
  readonly text: string;
  readonly style: ScalarStyle;
  readonly outer: SourceText;
  /** The scalar with its quotes or block header, in `outer`. */
  readonly span: Span;
  /** Worked out when first asked for: most texts have nothing wrong with them. */
  readonly map: () => OffsetMap;
}

/** The file that a text stands in. */
function fileOf(source: SourceText): FileText {
  return source.type === 'file' ? source : fileOf(source.outer);
}

/** The part of the file that stands for `span` of the text. */
export function fileSpan(source: SourceText, span: Span): Span {
  return source.type === 'file' ? span : fileSpan(source.outer, outerSpan(source.map(), span));
}

/** A part of a text, such as the expression inside `query_result(…)`. */
export function partOf(outer: SourceText, span: Span): ScalarText {
  const text = outer.text.slice(span.start, span.end);
  const run = { start: 0, length: text.length, outerStart: span.start, outerLength: text.length };
  return {
    type: 'scalar',
    text,
    style: 'part',
    outer,
    span,
    map: () => ({ runs: text === '' ? [] : [run], outerEnd: span.end }),
  };
}

/** File, line and column (both from 1, columns in UTF-16 units) of an offset into the text. */
export function positionOf(source: SourceText, offset = 0): SourcePosition {
  const file = fileOf(source);
  const at = fileSpan(source, { start: offset, end: offset }).start;
  const starts = lineStarts(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return { file: file.path, line: low + 1, column: at - (starts[low] as number) + 1 };
}

const startsByFile = new WeakMap<FileText, readonly number[]>();

/** Offsets at which the lines of a file begin. */
export function lineStarts(file: FileText): readonly number[] {
  const known = startsByFile.get(file);
  if (known) return known;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  startsByFile.set(file, starts);
  return starts;
}
