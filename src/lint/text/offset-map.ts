/**
 * Where each character of a scalar's text stands in the text that holds the scalar.
 *
 * A map is a list of runs. A run of equal lengths is verbatim: its characters stand side by side in both texts.
 * Any other run is one thing: an escape sequence, or the line break and indentation that fold into a space.
 */
import type { Span } from '../../promql/ast.ts';

interface Run {
  readonly start: number;
  readonly length: number;
  readonly outerStart: number;
  readonly outerLength: number;
}

export interface OffsetMap {
  readonly runs: readonly Run[];
  /** Where text would go that is put behind the last character, or into an empty scalar. */
  readonly outerEnd: number;
}

export interface OffsetMapBuilder {
  readonly text: () => string;
  /** Adds `outer[from, to)` as it stands. */
  readonly verbatim: (from: number, to: number) => void;
  /** Adds `text`, which `outer[from, to)` stands for. */
  readonly replaced: (text: string, from: number, to: number) => void;
  readonly finish: (outerEnd: number) => OffsetMap;
}

export function offsetMapBuilder(outer: string): OffsetMapBuilder {
  const runs: Run[] = [];
  const parts: string[] = [];
  let length = 0;
  const add = (text: string, outerStart: number, outerLength: number): void => {
    if (text === '') return;
    runs.push({ start: length, length: text.length, outerStart, outerLength });
    parts.push(text);
    length += text.length;
  };
  return {
    text: () => parts.join(''),
    verbatim: (from, to) => add(outer.slice(from, to), from, to - from),
    replaced: (text, from, to) => add(text, from, to - from),
    finish: (outerEnd) => ({ runs, outerEnd }),
  };
}

/** The part of the outer text that stands for `span` of the inner one. */
export function outerSpan(map: OffsetMap, span: Span): Span {
  const start = outerStartOf(map, span.start);
  return { start, end: span.end > span.start ? Math.max(start, outerEndOf(map, span.end)) : start };
}

function outerStartOf(map: OffsetMap, offset: number): number {
  const run = runAt(map, offset);
  if (run === undefined) return map.outerEnd;
  return run.length === run.outerLength ? run.outerStart + offset - run.start : run.outerStart;
}

function outerEndOf(map: OffsetMap, end: number): number {
  const run = runAt(map, end - 1);
  if (run === undefined) return map.outerEnd;
  return run.length === run.outerLength ? run.outerStart + end - run.start : run.outerStart + run.outerLength;
}

function runAt({ runs }: OffsetMap, offset: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle] as Run;
    if (offset < run.start) high = middle - 1;
    else if (offset >= run.start + run.length) low = middle + 1;
    else return run;
  }
  return undefined;
}
