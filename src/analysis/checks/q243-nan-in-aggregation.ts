import type { AggregateExpr } from '../../promql/ast.ts';
import { defineCheck, type Check } from '../check.ts';
import { nanDivision } from '../divisions.ts';
import type { Source } from '../facts/facts.ts';
import { uniquePer } from '../facts/source.ts';

const SPREADS: ReadonlySet<string> = new Set(['sum', 'avg', 'stddev', 'stdvar']);

/** Only where series are put together: an aggregation that keeps every series apart spreads no NaN. */
export const nanInAggregation: Check = defineCheck({
  code: 'Q243',
  nodes: {
    AggregateExpr(node, query) {
      const division = SPREADS.has(node.op) ? nanDivision(node.expr, query) : undefined;
      if (!division || !query.of(node.expr).sources.some((source) => merges(node, source))) return undefined;
      const divisor = query.print(division.rhs);
      return {
        node,
        message: `One series with \`${divisor}\` at 0 makes the whole \`${node.op}\` NaN.`,
        why: '0 divided by 0 is NaN, and NaN added to anything is NaN.',
        fix: `Leave such series out, \`/ (${divisor} > 0)\`, or aggregate both sides before the division.`,
        related: [{ message: 'the division is here', node: division }],
      };
    },
  },
});

/** Labels that tell the instances of one service apart. */
const INSTANCES: ReadonlySet<unknown> = new Set(['instance', 'pod']);

/**
 * Whether the aggregation puts several series together. Where the identity of the series is not known, it does when it
 * keeps no label, or drops the one of the instances while a pattern selects several.
 */
function merges({ grouping }: AggregateExpr, source: Source): boolean {
  const listed = (label: string): boolean => grouping?.labels.includes(label) === true;
  const matchers = source.origins.map(({ selector }) => selector.matchers);
  const stays = (label: string): boolean =>
    (grouping?.mode === 'by' && listed(label)) ||
    (grouping?.mode === 'without' && !listed(label)) ||
    matchers.every((all) => all.some(({ name, op }) => name === label && op === '='));
  const unique = uniquePer(source, stays);
  if (unique !== 'unknown') return unique === 'several';
  if (source.key || !grouping || (grouping.mode === 'by' && grouping.labels.length === 0)) return true;
  return matchers.flat().some(({ name, op }) => op !== '=' && INSTANCES.has(name) && !stays(String(name)));
}
