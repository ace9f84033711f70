/** The names of the series that a query reads. */
import type { Expr } from '../../promql/ast.ts';
import { children } from '../../promql/walk.ts';
import { selectedName } from './selector.ts';

/** Each name once, in the order of the query. */
export function selectedNames(expr: Expr): readonly string[] {
  const names = new Set<string>();
  const visit = (node: Expr): void => {
    if (node.type === 'VectorSelector') {
      const name = selectedName(node);
      if (name !== undefined) names.add(name);
    }
    for (const child of children(node)) visit(child);
  };
  visit(expr);
  return [...names];
}
