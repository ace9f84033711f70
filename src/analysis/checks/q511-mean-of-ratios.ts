import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check } from '../check.ts';

const RATES: ReadonlySet<string> = new Set(['rate', 'irate', 'increase']);

export const meanOfRatios: Check = defineCheck({
  code: 'Q511',
  nodes: {
    AggregateExpr(node, query) {
      const { expr } = node;
      if ((node.op !== 'avg' && node.op !== 'sum') || expr.type !== 'BinaryExpr' || expr.op !== '/') return undefined;
      if (!isRate(expr.lhs) || !isRate(expr.rhs)) return undefined;
      const by = node.grouping ? ` ${node.grouping.mode} (${node.grouping.labels.join(', ')}) ` : '';
      return {
        node,
        message: `\`${node.op}\` over ratios counts an idle series as much as a busy one.`,
        why: 'Each series has its own ratio, and the mean does not know how many events stand behind it: 1 failure of 1 weighs as much as none of a million.',
        fix: `Divide the sums: \`sum${by}(${query.print(expr.lhs)}) / sum${by}(${query.print(withoutFilter(expr.rhs))})\`.`,
      };
    },
  },
});

function isRate(expr: Expr): boolean {
  const inner = withoutFilter(expr);
  return inner.type === 'Call' && RATES.has(inner.func);
}

/** Without `> 0`, by which a division by zero is kept out. */
function withoutFilter(expr: Expr): Expr {
  return expr.type === 'BinaryExpr' && (expr.op === '>' || expr.op === '!=') && !expr.bool ? expr.lhs : expr;
}
