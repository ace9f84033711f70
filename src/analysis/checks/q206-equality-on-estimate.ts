import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { call, instead, replaced } from '../rewrite.ts';
import { number } from '../wording.ts';

export const equalityOnEstimate: Check = defineCheck({
  code: 'Q206',
  nodes: {
    BinaryExpr(node, query) {
      if (node.op !== '==' && node.op !== '!=') return undefined;
      const [left, right] = [constantOf(query.of(node.lhs)), constantOf(query.of(node.rhs))];
      const limit = right ?? left;
      const side = right === undefined ? node.rhs : node.lhs;
      if (limit === undefined || limit === 0 || !Number.isFinite(limit) || (left !== undefined && right !== undefined))
        return undefined;
      if (!query.of(side).sources.every(({ estimated, value }) => estimated === true && value.integer !== true))
        return undefined;
      const never = node.op === '==';
      return {
        node,
        span: node.opSpan,
        message: `\`${node.op} ${number(limit)}\` tests an estimated value for equality.`,
        why: `The value is worked out between samples (an increase of 1 comes out as 1.07, say), so it is hardly ever exactly ${number(limit)}: the test is ${never ? 'almost never' : 'almost always'} true.`,
        fix: fixOf(node, side, limit, query),
      };
    },
  },
});

function fixOf(node: BinaryExpr, side: Expr, limit: number, query: Query): Advice {
  const wider = instead(node, { ...node, op: side === node.lhs ? '>=' : '<=' }, query);
  if (!Number.isInteger(limit)) return advice`Write ${wider}.`;
  const rounded = instead(node, replaced(node, side, call('round', side)), query);
  return node.op === '!='
    ? advice`Write ${rounded}.`
    : advice`For exactly ${number(limit)} write ${rounded}; for ${number(limit)} or more ${wider}.`;
}
