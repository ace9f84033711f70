/** The Grafana variables of a tree. */
import type { Expr, GrafanaVariable } from './ast.ts';
import { children, visit } from './walk.ts';

/**
 * The variables that belong to one node: in its name, matchers, durations, labels or text.
 *
 * @returns them in the order of the tree's properties; those of the expressions inside it are left out
 */
export function ownVariables(node: Expr): readonly GrafanaVariable[] {
  const inner: readonly unknown[] = children(node);
  const found: GrafanaVariable[] = [];
  // Trees are plain data, so a variable is found alike wherever it stands.
  const search = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || inner.includes(value)) return;
    if ('type' in value && value.type === 'GrafanaVariable') found.push(value as GrafanaVariable);
    else for (const part of Object.values(value)) search(part);
  };
  search(node);
  return found;
}

/**
 * All variables of a tree, each as often as it is used.
 *
 * @param root a tree that was parsed with the option `variables`
 */
export function variablesIn(root: Expr): readonly GrafanaVariable[] {
  const found: GrafanaVariable[] = [];
  visit(root, (node) => {
    found.push(...ownVariables(node));
  });
  return found;
}
