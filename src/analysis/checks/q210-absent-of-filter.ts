import type { BinaryExpr, BinaryOp, Call, Expr } from '../../promql/ast.ts';
import { advice, type Advice, type Replacement } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { instead, operation, replaced } from '../rewrite.ts';

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
        message: `\`${node.func}()\` of a comparison fires also when the comparison is false for every series, not only when the metric is missing.`,
        why: 'A comparison takes out the series for which it is false, and absent() cannot tell them from series that do not exist.',
        fix: fixOf(node, argument, filter, query),
      };
    },
  },
});

/** A comparison with a number. `== 1` is left alone: `absent(up == 1)` means "none is up", and is meant. */
function filterIn(node: Expr, query: Query): BinaryExpr | undefined {
  if (node.type === 'SubqueryExpr') return filterIn(node.expr, query);
  if (node.type !== 'BinaryExpr' || !COMPARISONS.has(node.op) || node.bool === true) return undefined;
  const limit = constantOf(query.of(node.rhs)) ?? constantOf(query.of(node.lhs));
  if (limit === undefined || (limit === 1 && node.op === '==')) return undefined;
  return node;
}

const OPPOSITE: Readonly<Partial<Record<BinaryOp, BinaryOp>>> = {
  '>': '<=',
  '<': '>=',
  '>=': '<',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

function fixOf(node: Call, argument: Expr, filter: BinaryExpr, query: Query): Advice {
  const series = constantOf(query.of(filter.rhs)) === undefined ? filter.rhs : filter.lhs;
  const isRange = argument.type === 'SubqueryExpr' && argument.expr === filter && series.type === 'VectorSelector';
  const alone: Expr = isRange
    ? { type: 'MatrixSelector', selector: series, range: argument.range }
    : replaced(argument, filter, series);
  const missing: Call = { ...node, args: [alone] };
  const fails: BinaryExpr = { ...filter, op: OPPOSITE[filter.op] ?? filter.op };
  const [onlyMissing, onlyFails, either] = [missing, fails, operation('or', fails, missing)].map((by) =>
    instead(node, by, query),
  ) as [Replacement, Replacement, Replacement];
  return advice`For a metric that is missing write ${onlyMissing}; for series that are there and fail the comparison ${onlyFails}; for both ${either}.`;
}
