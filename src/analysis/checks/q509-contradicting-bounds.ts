import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { impossibleComparison, withoutFilters } from '../comparisons.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { isNoNumber, meet, onlyNumber, passing, type Comparison, type Interval } from '../facts/interval.ts';
import { sameTree } from '../facts/same-tree.ts';
import { valueOf } from '../facts/source.ts';

export const contradictingBounds: Check = defineCheck({
  code: 'Q509',
  nodes: {
    BinaryExpr(node, query): Finding | undefined {
      if (impossibleComparison(node, query)?.code === 'Q509') return contradiction(node, query);
      if ((node.op !== 'and' && node.op !== 'or') || node.matching) return undefined;
      const [left, right] = [boundsOf(node.lhs, query), boundsOf(node.rhs, query)];
      if (!left || !right || !sameTree(withoutFilters(node.lhs), withoutFilters(node.rhs))) return undefined;
      if (node.op === 'and') return isNoNumber(meet(left, right)) ? contradiction(node, query) : undefined;
      return within(right, left)
        ? subsumed(node, node.rhs, node.lhs, query)
        : within(left, right)
          ? subsumed(node, node.lhs, node.rhs, query)
          : undefined;
    },
  },
});

/** The numbers that a chain of comparisons with constants lets through. */
function boundsOf(expr: Expr, query: Query): Interval | undefined {
  if (expr.type !== 'BinaryExpr' || !COMPARISONS.has(expr.op) || expr.bool || expr.op === '!=') return undefined;
  const limit = onlyNumber(valueOf(query.of(expr.rhs)));
  if (limit === undefined || query.of(expr.rhs).type !== 'scalar') return undefined;
  const own = passing(expr.op as Comparison, { min: limit, max: limit });
  const inner = boundsOf(expr.lhs, query);
  return inner ? meet(own, inner) : own;
}

function within(inner: Interval, outer: Interval): boolean {
  const both = meet(inner, outer);
  return (
    both.min === inner.min && both.max === inner.max && both.minOpen === inner.minOpen && both.maxOpen === inner.maxOpen
  );
}

function contradiction(node: BinaryExpr, query: Query): Finding {
  return {
    node,
    message: `\`${query.print(node)}\` never holds: its bounds exclude each other.`,
    why: 'A value that passes the one comparison cannot pass the other, so the result is always empty.',
    fix: 'Turn one of the comparisons around, or write `or` where either is enough.',
  };
}

function subsumed(_node: BinaryExpr, dead: Expr, wider: Expr, query: Query): Finding {
  return {
    node: dead,
    message: `\`${query.print(dead)}\` adds nothing to \`${query.print(wider)}\`.`,
    why: 'Every series that passes it passes the other comparison as well, and `or` takes it from there.',
    fix: `Delete \`${query.print(dead)}\`, or check its bound.`,
  };
}
