/** Selectors of series that no definition describes. */
import type { VectorSelector } from '../promql/ast.ts';
import { query } from './build.ts';
import { matcherNodes, type Match } from './matchers.ts';
import type { Vector } from './types.ts';

/**
 * Selects series by name and matchers, without a definition: every label is possible and the kind is not
 * known. For metrics that the catalogue cannot know, for `ALERTS`, and for selectors without a name.
 *
 * @param name the metric's name, or matchers alone, as in `selector({ __name__: matching(/job:.+/) })`
 * @throws TypeError where nothing is selected by: Prometheus wants a name or a matcher
 */
export function selector(
  name: string | Readonly<Record<string, Match>>,
  matchers: Readonly<Record<string, Match>> = {},
): Vector<string, 'untyped', 'unknown'> {
  const named = typeof name === 'string';
  const nodes = matcherNodes(named ? matchers : name);
  if (named ? name === '' : nodes.length === 0) {
    throw new TypeError('selector() needs the name of a metric or at least one matcher.');
  }
  const node: VectorSelector = { type: 'VectorSelector', ...(named ? { name } : {}), matchers: Object.freeze(nodes) };
  return query(node, selector);
}
