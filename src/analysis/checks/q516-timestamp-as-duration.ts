import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { constantOf } from '../facts/source.ts';
import { unitFault, unitOf } from '../unit-faults.ts';
import { number } from '../wording.ts';

/** Before September 2001, in seconds: no moment that anybody compares with. */
const FIRST_MOMENT = 1e9;

/** Compared with 0 a timestamp only says whether something ever happened. */
export const timestampAsDuration: Check = defineCheck({
  code: 'Q516',
  nodes: {
    BinaryExpr(node, query) {
      if (COMPARISONS.has(node.op)) {
        const found = compared(node.lhs, node.rhs, query) ?? compared(node.rhs, node.lhs, query);
        if (found) return finding(node, found, query);
      }
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q516') return undefined;
      return finding(node, fault.left.startsWith('timestamp') ? node.lhs : node.rhs, query);
    },
  },
});

/** The side that is a timestamp, where the other is too small a number to be one. */
function compared(side: Expr, other: Expr, query: Query): Expr | undefined {
  const unit = unitOf(query.of(side));
  const limit = constantOf(query.of(other));
  if (limit === undefined || limit <= 0) return undefined;
  if (unit === 'timestamp_seconds') return limit < FIRST_MOMENT ? side : undefined;
  return unit === 'timestamp_milliseconds' && limit < FIRST_MOMENT * 1000 ? side : undefined;
}

function finding(node: BinaryExpr, moment: Expr, query: Query): Finding {
  const other = moment === node.lhs ? node.rhs : node.lhs;
  const limit = constantOf(query.of(other));
  const milliseconds = unitOf(query.of(moment)) === 'timestamp_milliseconds';
  const age = milliseconds ? `time() - ${query.print(moment)} / 1000` : `time() - ${query.print(moment)}`;
  return {
    node,
    message: `\`${query.print(moment)}\` is a moment, but ${limit === undefined ? `\`${query.print(other)}\` is a length of time` : `${number(limit)} is a length of time`}.`,
    why: 'A timestamp counts from 1970, so it is about 1.8 billion seconds: the comparison has the same result for ever.',
    fix: `Compare the age: \`${age} ${node.op} ${query.print(other)}\`.`,
  };
}
