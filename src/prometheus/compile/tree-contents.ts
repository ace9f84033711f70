/** What stands anywhere in an expression. */
import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { visit } from '../../promql/walk.ts';

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
