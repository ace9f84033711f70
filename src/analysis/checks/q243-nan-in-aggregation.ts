import type { AggregateExpr, BinaryExpr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { guarded, nanDivision } from '../divisions.ts';
import { merges } from '../merging.ts';
import { ratioOfRates, ratioOfSums } from '../ratios.ts';
import { instead, replaced } from '../rewrite.ts';

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
        message: `One series with \`${divisor}\` at 0 makes the whole \`${node.op}\` NaN or infinite.`,
        why: '0 divided by 0 is NaN, anything else divided by 0 is infinite, and so is all that it is put together with.',
        fix: fixOf(node, division, query),
        related: division === node.expr ? [] : [{ message: 'the division is here', node: division }],
      };
    },
  },
});

/** Of a ratio of rates the sums are divided, which Q511 asks for as well. */
function fixOf(node: AggregateExpr, division: BinaryExpr, query: Query): Advice {
  const ratio = ratioOfRates(node, query);
  return ratio === division
    ? advice`Aggregate first: ${instead(node, ratioOfSums(node, ratio), query)}.`
    : advice`Leave such series out: ${instead(node, replaced(node, division, guarded(division, query)), query)}.`;
}
