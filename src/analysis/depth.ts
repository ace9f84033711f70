/** How deep a tree may be for the analysis, which goes through it by recursion. */
import type { Expr } from '../promql/ast.ts';
import { children } from '../promql/walk.ts';

/** What people and generators write is less than a tenth of this. */
export const DEEPEST = 1000;

/** Whether a tree is deeper than that. */
export function isTooDeep(root: Expr): boolean {
  let level: readonly Expr[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(children);
  }
  return false;
}
