/**
 * A dashboard's variable as a query sees it: the part of the dashboard room's variable that queries need.
 */
import type { GrafanaVariable, Template } from '../promql/ast.ts';

/** A dashboard variable. In a matcher it prints as `=~"$name"`, elsewhere as `$name`. */
export interface VariableReference {
  readonly kind: 'variable';
  readonly name: string;
}

export function isVariableReference(value: unknown): value is VariableReference {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'variable';
}

/** The node of `$name`. */
export function variableNode(name: string): GrafanaVariable {
  return Object.freeze({ type: 'GrafanaVariable', name, syntax: 'dollar' });
}

/** Text that is one variable and nothing else. */
export function variableText(name: string): Template {
  return Object.freeze({ type: 'Template', parts: Object.freeze([variableNode(name)]) });
}
