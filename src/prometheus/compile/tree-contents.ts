/** What stands anywhere in an expression. */
import type { Expr, GrafanaVariable, VectorSelector } from '../../promql/ast.ts';
import { visit } from '../../promql/walk.ts';
import { AUTO_RANGE_VARIABLE } from '../../query/duration.ts';

/** The names of the samples that an expression selects, each once; selectors by pattern have none. */
export function selectedNames(expr: Expr): readonly string[] {
  const names = new Set<string>();
  visit(expr, (node) => {
    if (node.type === 'VectorSelector') for (const name of sampleNames(node)) names.add(name);
  });
  return [...names];
}

function sampleNames({ name, matchers }: VectorSelector): readonly string[] {
  if (typeof name === 'string') return [name];
  return matchers.flatMap((matcher) =>
    matcher.name === '__name__' && matcher.op === '=' && typeof matcher.value === 'string' ? [matcher.value] : [],
  );
}

/** The names of the Grafana variables in an expression, each once; an automatic range is none. */
export function variablesIn(expr: Expr): readonly string[] {
  const variables = [...nodesOf(expr)].filter((node): node is GrafanaVariable => node.type === 'GrafanaVariable');
  return [...new Set(variables.map(({ name }) => name))].filter((name) => name !== AUTO_RANGE_VARIABLE);
}

// A variable can stand in names, values, durations and arguments; trees are plain data, so all are found alike.
function* nodesOf(value: unknown): Generator<{ readonly type: string }> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') yield value as { readonly type: string };
  for (const child of Object.values(value)) yield* nodesOf(child);
}
