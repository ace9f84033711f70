import type { AggregateExpr, Expr, VectorSelector } from '../../promql/ast.ts';
import { equal } from '../../promql/equal.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { instead } from '../rewrite.ts';
import { seriesName } from '../wording.ts';

export const statesCounted: Check = defineCheck({
  code: 'Q207',
  nodes: {
    AggregateExpr(node, query) {
      if (node.op !== 'count') return undefined;
      const { sources } = query.of(node.expr);
      const states = sources.every(
        ({ kind, conditions, value }) => kind === 'stateset' && conditions.length === 0 && value.min <= 0,
      );
      const origin = sources[0]?.origins[0];
      if (!states || !origin || isWhole(node, query)) return undefined;
      return {
        node,
        message: `\`count()\` of ${seriesName(origin)} counts the states that are not so, too.`,
        why: `${seriesName(origin)} is a state set: there is a series for every state, 1 where it holds and 0 where not, and count() does not look at values.`,
        fix: advice`Write ${instead(node, { ...node, op: 'sum' }, query)}: it adds up the ones.`,
        related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
        ...(node.opSpan ? { replacement: { span: node.opSpan, text: 'sum' } } : {}),
      };
    },
  },
});

/** `sum(x) / count(x)`: there all of them are wanted. */
function isWhole(node: AggregateExpr, query: Query): boolean {
  const parent = query.parentOf(node);
  if (parent?.type !== 'BinaryExpr' || parent.op !== '/' || parent.rhs !== node) return false;
  const [part, whole] = [selectorIn(parent.lhs), selectorIn(node)];
  return part !== undefined && whole !== undefined && equal(part, whole);
}

function selectorIn(node: Expr): VectorSelector | undefined {
  if (node.type === 'VectorSelector') return node;
  if (node.type === 'AggregateExpr') return selectorIn(node.expr);
  return node.type === 'BinaryExpr' ? selectorIn(node.lhs) : undefined;
}
