import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { number } from '../wording.ts';

export const quantileOutOfRange: Check = defineCheck({
  code: 'Q225',
  nodes: {
    Call(node, query) {
      if (node.func === 'histogram_quantiles')
        return node.args.slice(2).flatMap((phi) => outside(phi, node.func, query));
      const named = node.func === 'histogram_quantile' || node.func === 'quantile_over_time';
      const [phi] = node.args;
      return named && phi ? outside(phi, node.func, query) : undefined;
    },
    AggregateExpr(node, query) {
      return node.op === 'quantile' && node.param ? outside(node.param, node.op, query) : undefined;
    },
  },
});

function outside(node: Expr, func: string, query: Query): readonly Finding[] {
  const phi = constantOf(query.of(node));
  if (phi === undefined || (phi >= 0 && phi <= 1)) return [];
  const meant = phi > 1 && phi <= 100 ? phi / 100 : undefined;
  const unsigned = phi < 0 && phi >= -1 ? `Write ${number(-phi)} if the sign is a slip; else ` : '';
  return [
    {
      node,
      message: `\`${func}()\` takes a quantile between 0 and 1, not ${number(phi)}.`,
      why: `Outside of that range the result is always ${phi > 1 ? '+Inf' : phi < 0 ? '-Inf' : 'NaN'}.`,
      fix:
        meant === undefined
          ? `${unsigned === '' ? 'Write' : unsigned} a number between 0 and 1, such as 0.5 for the median.`
          : `Write ${number(meant)}.`,
      ...(meant !== undefined && node.span ? { replacement: { span: node.span, text: number(meant) } } : {}),
    },
  ];
}
