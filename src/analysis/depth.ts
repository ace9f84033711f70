/** How deep a tree may be for the analysis, which goes through it by recursion. */
import type { Expr } from '../promql/ast.ts';
import { children } from '../promql/walk.ts';

/** What people and generators write is less than a tenth of this. */
export const DEEPEST = 1000;

/** Whether a tree is deeper than that. */
export function isTooDeep(root: Expr): boolean {
  return isDeeper(root, DEEPEST);
}

function isDeeper(node: Expr, levels: number): boolean {
  if (levels === 0) return true;
  for (const child of children(node)) if (isDeeper(child, levels - 1)) return true;
  return false;
}
