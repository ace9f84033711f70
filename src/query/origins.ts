/** Call sites of the nodes of a tree that was made anew. */
import type { Expr } from '../promql/ast.ts';
import { children } from '../promql/walk.ts';
import type { CapturedPosition } from '../source/position.ts';

/**
 * Gives the nodes of a changed tree the call sites of those that they replace. Both trees have the same shape.
 */
export function movedOrigins(
  origins: ReadonlyMap<Expr, CapturedPosition>,
  before: Expr,
  after: Expr,
): ReadonlyMap<Expr, CapturedPosition> {
  const moved = new Map(origins);
  const pairs: [Expr, Expr][] = [[before, after]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [old, fresh] = pair;
    if (old === fresh) continue;
    const origin = origins.get(old);
    if (origin !== undefined) moved.set(fresh, origin);
    const freshChildren = children(fresh);
    children(old).forEach((child, index) => pairs.push([child, freshChildren[index] ?? child]));
  }
  return moved;
}
