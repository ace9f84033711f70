/** From a part of an emitted query back to the author's call that made it. */
import type { Expr, Span } from '../promql/ast.ts';
import { parse } from '../promql/parse.ts';
import { print } from '../promql/print.ts';
import { children } from '../promql/walk.ts';
import type { QueryValue } from '../query/query.ts';
import type { CapturedPosition, SourcePosition } from '../source/position.ts';

/** A query as text, with a tree whose nodes know their place in it. */
export interface EmittedQuery {
  readonly text: string;
  readonly expr: Expr;
  /** Where the author wrote the innermost call around a part of the text. */
  readonly locate: (span: Span) => SourcePosition | undefined;
}

/**
 * Prints a query and reads it again. The tree that the author's calls built has no places in the text; the one
 * that is read has the same shape, so that each node's call site is known.
 */
export function emittedQuery({ expr: built, position, origins }: QueryValue): EmittedQuery {
  const text = print(built);
  const expr = parse(text, { variables: true });
  let places: readonly Place[] | undefined;
  return {
    text,
    expr,
    locate: (span) => {
      places ??= placesOf(built, expr, origins);
      return (innermost(places, span) ?? position).resolve();
    },
  };
}

interface Place {
  readonly span: Span;
  readonly origin: CapturedPosition;
}

function placesOf(built: Expr, read: Expr, origins: QueryValue['origins']): readonly Place[] {
  const places: Place[] = [];
  const pairs: [Expr, Expr][] = [[built, read]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [node, twin] = pair;
    const origin = origins.get(node);
    if (origin !== undefined && twin.span !== undefined) places.push({ span: twin.span, origin });
    const twins = children(twin);
    for (const [index, child] of children(node).entries()) {
      const childTwin = twins[index];
      if (childTwin !== undefined) pairs.push([child, childTwin]);
    }
  }
  return places;
}

function innermost(places: readonly Place[], { start, end }: Span): CapturedPosition | undefined {
  let best: Place | undefined;
  for (const place of places) {
    if (place.span.start > start || place.span.end < end) continue;
    if (best === undefined || length(place.span) < length(best.span)) best = place;
  }
  return best?.origin;
}

function length({ start, end }: Span): number {
  return end - start;
}
