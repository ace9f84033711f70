/** The Grafana variables of a tree. */
import type { Expr, GrafanaVariable } from './ast.ts';
import { METADATA } from './equal.ts';
import { children, visit } from './walk.ts';

const none: readonly GrafanaVariable[] = [];

/**
 * The variables that belong to one node: in its name, matchers, durations, labels or text.
 *
 * @returns them in the order of the tree's properties; those of the expressions inside it are left out
 */
export function ownVariables(node: Expr): readonly GrafanaVariable[] {
  // they hold nothing that a variable could stand in
  if (node.type === 'NumberLiteral' || node.type === 'UnaryExpr') return none;
  if (node.type === 'BinaryExpr' && !node.matching && !node.fill) return none;
  const found: GrafanaVariable[] = [];
  collect(node, children(node), found);
  return found;
}

/** Trees are plain data, so a variable is found alike wherever it stands. */
function collect(value: object, inner: readonly object[], found: GrafanaVariable[]): void {
  if (Array.isArray(value)) {
    for (const part of value) collectFrom(part, inner, found);
    return;
  }
  for (const key in value) {
    if (!METADATA.has(key)) collectFrom((value as Readonly<Record<string, unknown>>)[key], inner, found);
  }
}

function collectFrom(part: unknown, inner: readonly object[], found: GrafanaVariable[]): void {
  if (typeof part !== 'object' || part === null || inner.includes(part)) return;
  if ((part as { readonly type?: unknown }).type === 'GrafanaVariable') found.push(part as GrafanaVariable);
  else collect(part, inner, found);
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
