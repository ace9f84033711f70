/**
 * The PromQL inside a query of a dashboard variable. The forms are those of Grafana's Prometheus data source
 * (`packages/grafana-prometheus/src/migrations/variableMigration.ts`).
 */
import type { Span } from '../promql/ast.ts';

export interface VariableQuery {
  /** Place of the expression in the text. */
  readonly span: Span;
  /** The label whose values are asked for. */
  readonly label?: string;
}

const LABEL_VALUES = /^(\s*label_values\(\s*)([\s\S]+?)(\s*,\s*)([a-zA-Z_$][a-zA-Z0-9_]*)\s*\)\s*$/;
const QUERY_RESULT = /^(\s*query_result\(\s*)([\s\S]+?)\s*\)\s*$/;

/** @returns nothing for queries without an expression, such as `label_values(job)` and `metrics(node.*)` */
export function variableQuery(text: string): VariableQuery | undefined {
  const labelValues = LABEL_VALUES.exec(text);
  if (labelValues) {
    const [, before = '', expr = '', , label = ''] = labelValues;
    const span = { start: before.length, end: before.length + expr.length };
    return label.startsWith('$') ? { span } : { span, label };
  }
  const [, before, expr] = QUERY_RESULT.exec(text) ?? [];
  if (before === undefined || expr === undefined) return undefined;
  return { span: { start: before.length, end: before.length + expr.length } };
}
