/** The selectors of a query, and the names of the series that they read. */
import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { visit } from '../../promql/walk.ts';
import { selectedName } from './selector.ts';

/** All selectors, in the order of the query. */
export function selectorsIn(expr: Expr): readonly VectorSelector[] {
  const found: VectorSelector[] = [];
  visit(expr, (node) => {
    if (node.type === 'VectorSelector') found.push(node);
  });
  return found;
}

/** Each name once, in the order of the query. */
export function selectedNames(expr: Expr): readonly string[] {
  return [...new Set(selectorsIn(expr).flatMap((selector) => selectedName(selector) ?? []))];
}
