import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { livingSources, presenceOf } from '../facts/source.ts';
import { merges } from '../merging.ts';
import { labelList } from '../wording.ts';
import { RATES } from '../facts/call.ts';

/** Only of what happens: the mean of two levels, such as how full disks are, is often meant per disk. */
export const meanOfRatios: Check = defineCheck({
  code: 'Q511',
  nodes: {
    AggregateExpr(node, query) {
      if (node.op !== 'avg' && node.op !== 'sum') return undefined;
      const ratio = ratioIn(node.expr, query);
      // with group_left each series is divided by a total, and shares of one total add up
      if (!ratio || ratio.matching?.group !== undefined || presenceOf(query.of(ratio)) === 'never') return undefined;
      if (!isRate(ratio.lhs, query) || !isRate(ratio.rhs, query)) return undefined;
      if (!query.of(node.expr).sources.some((source) => merges(node, source))) return undefined;
      const by = node.grouping ? ` ${node.grouping.mode} (${labelList(node.grouping.labels)}) ` : '';
      return {
        node,
        message: `\`${node.op}()\` of a ratio gives a series without traffic the same weight as a busy one.`,
        why: `\`${query.print(ratio)}\` is worked out for each series before \`${node.op}()\` puts them together, whatever their numbers of events are.`,
        fix: `Aggregate first: \`sum${by}(${query.print(ratio.lhs)}) / sum${by}(${query.print(ratio.rhs)})\`.`,
      };
    },
  },
});

/** The division below conversions, complements and filters. */
function ratioIn(node: Expr, query: Query): BinaryExpr | undefined {
  if (node.type !== 'BinaryExpr') return undefined;
  const vectors = [node.lhs, node.rhs].filter((side) => query.of(side).type === 'vector');
  if (vectors.length === 2) return node.op === '/' ? node : undefined;
  if (node.op !== '*' && node.op !== '-' && node.op !== '/' && !COMPARISONS.has(node.op)) return undefined;
  return vectors[0] && ratioIn(vectors[0], query);
}

function isRate(node: Expr, query: Query): boolean {
  const sources = livingSources(query.of(node).sources);
  return sources.every(
    ({ ranges, origins, presence }) =>
      presence !== 'never' && origins.length > 0 && RATES.has(ranges.at(0)?.func ?? '') && ranges.length === 1,
  );
}
