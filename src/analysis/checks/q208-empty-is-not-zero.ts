import type { AggregateExpr, BinaryExpr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { emptiedAggregation } from '../empty-aggregations.ts';
import { onlyNumber } from '../facts/interval.ts';
import { valueOf } from '../facts/source.ts';
import { labelList } from '../wording.ts';

/** Silent below an `or`: the author has seen to the empty case there. */
export const emptyIsNotZero: Check = defineCheck({
  code: 'Q208',
  nodes: {
    BinaryExpr(node, query) {
      const found = emptiedAggregation(node, query);
      if (!found) return undefined;
      const { side, filter } = found;
      return {
        node,
        message: `\`${query.print(side)}\` is empty, not 0, when nothing passes \`${query.print(filter)}\`.`,
        why: `An aggregation of no series has no result, so \`${query.print(node)}\` is silent in the very case that it is meant to find.`,
        fix: fixOf(side, filter, query),
        related: [{ message: 'this comparison takes the series away', node: filter }],
      };
    },
  },
});

function fixOf(side: AggregateExpr, filter: BinaryExpr, query: Query): string {
  const [source] = query.of(filter.lhs).sources;
  const boolean = source?.kind === 'boolean' || source?.kind === 'stateset';
  if (boolean && side.op === 'count' && onlyNumber(valueOf(query.of(filter.rhs))) === 1) {
    const by = side.grouping ? ` ${side.grouping.mode} (${labelList(side.grouping.labels)}) ` : ' ';
    return `Add the zeros and ones up: \`sum${by}(${query.print(filter.lhs)})\` is 0 when none is 1.`;
  }
  return `Count with \`bool\`: \`sum(${query.print(filter.lhs)} ${filter.op} bool ${query.print(filter.rhs)})\` is 0 when none passes.`;
}
