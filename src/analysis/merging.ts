/** Whether an aggregation really puts series together: several checks share the fact. */
import type { AggregateExpr } from '../promql/ast.ts';
import type { Source } from './facts/facts.ts';
import { uniquePer } from './facts/source.ts';

/** Labels that tell the instances of one service apart. */
const INSTANCES: ReadonlySet<unknown> = new Set(['instance', 'pod']);

/**
 * Whether the aggregation puts several series together. Where the identity of the series is not known, it does when it
 * keeps no label, or drops the one of the instances while a pattern selects several.
 */
export function merges({ grouping }: AggregateExpr, source: Source): boolean {
  const listed = (label: string): boolean => grouping?.labels.includes(label) === true;
  const matchers = source.origins.map(({ selector }) => selector.matchers);
  const stays = (label: string): boolean =>
    (grouping?.mode === 'by' && listed(label)) ||
    (grouping?.mode === 'without' && !listed(label)) ||
    matchers.every((all) => all.some(({ name, op }) => name === label && op === '='));
  const unique = uniquePer(source, stays);
  if (unique !== 'unknown') return unique === 'several';
  if (source.key || !grouping || (grouping.mode === 'by' && grouping.labels.length === 0)) return true;
  return matchers
    .flat()
    .some(({ name, op }) => typeof name === 'string' && op !== '=' && INSTANCES.has(name) && !stays(name));
}
