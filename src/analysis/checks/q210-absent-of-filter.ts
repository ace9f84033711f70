import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { COMPARISONS } from '../facts/binary.ts';

export const absentOfFilter: Check = defineCheck({
  code: 'Q210',
  nodes: {
    Call(node, query) {
      const [argument] = node.args;
      if ((node.func !== 'absent' && node.func !== 'absent_over_time') || !argument) return undefined;
      const filter = filterIn(argument, query);
      if (!filter) return undefined;
      return {
        node: filter,
        message: `\`${node.func}()\` of a comparison fires when the comparison is false, not when the metric is missing.`,
        why: 'A comparison takes out the series for which it is false, and absent() cannot tell them from series that do not exist.',
        fix: `Ask for the series alone, \`${node.func}(…)\` of the selector, and compare in an alert of its own.`,
      };
    },
  },
});

/** A comparison with a number. `== 1` is left alone: `absent(up == 1)` means "none is up", and is meant. */
function filterIn(node: Expr, query: Query): Expr | undefined {
  if (node.type === 'SubqueryExpr') return filterIn(node.expr, query);
  if (node.type !== 'BinaryExpr' || !COMPARISONS.has(node.op) || node.bool === true) return undefined;
  const limit = constantOf(query.of(node.rhs)) ?? constantOf(query.of(node.lhs));
  if (limit === undefined || (limit === 1 && node.op === '==')) return undefined;
  return node;
}
