import { defineCheck, type Check } from '../check.ts';
import { nanDivision } from '../divisions.ts';
import { merges } from '../merging.ts';

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
