import type { AggregateExpr, BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { emptiedAggregation, type EmptiedAggregation } from '../empty-aggregations.ts';
import { onlyNumber } from '../facts/interval.ts';
import { valueOf } from '../facts/source.ts';
import { call, instead, operation, replaced } from '../rewrite.ts';

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
        fix: fixOf(node, found, query),
        related: [{ message: 'this comparison takes the series away', node: filter }],
      };
    },
  },
});

function fixOf(node: BinaryExpr, { side, filter }: EmptiedAggregation, query: Query): Advice {
  // what else there is below the aggregation decides as well
  if (side.expr !== filter)
    return advice`Make the comparison give 0 and 1 with \`bool\`, and add these up with \`sum()\`.`;
  const added: AggregateExpr = { ...side, op: 'sum', expr: zerosAndOnes(side, filter, query) };
  const counted = replaced(node, side, added);
  const written = advice`Write ${instead(node, counted, query)}: the sum is 0 when none passes.`;
  const { lhs } = filter;
  if (lhs.type !== 'VectorSelector') return written;
  const both = instead(node, operation('or', counted, call('absent', lhs)), query);
  return advice`${written} To find out as well when there is no series at all: ${both}.`;
}

function zerosAndOnes({ op }: AggregateExpr, filter: BinaryExpr, query: Query): Expr {
  const asNumber: BinaryExpr = { ...filter, bool: true };
  if (op === 'sum') return operation('*', filter.lhs, asNumber);
  const kind = query.of(filter.lhs).sources[0]?.kind;
  const isOne = onlyNumber(valueOf(query.of(filter.rhs))) === 1 && filter.op === '==';
  return isOne && (kind === 'boolean' || kind === 'stateset') ? filter.lhs : asNumber;
}
