import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { selectorsIn } from '../facts/selected-names.ts';
import { instead } from '../rewrite.ts';
import { list } from '../wording.ts';

export const absentWithoutLabels: Check = defineCheck({
  code: 'Q211',
  nodes: {
    Call(node, query) {
      const [argument] = node.args;
      if ((node.func !== 'absent' && node.func !== 'absent_over_time') || !argument) return undefined;
      const inner = argument.type === 'SubqueryExpr' ? argument.expr : argument;
      if (inner.type !== 'AggregateExpr' && inner.type !== 'Call') return undefined;
      const [selector, more] = selectorsIn(inner);
      const lost = selector && !more ? equalLabels(selector) : [];
      if (!selector || lost.length === 0) return undefined;
      const alone: Expr =
        argument.type === 'SubqueryExpr' ? { type: 'MatrixSelector', selector, range: argument.range } : selector;
      return {
        node: argument,
        message: `The result of \`${node.func}()\` has no labels here, although ${list(lost)} ${lost.length === 1 ? 'is' : 'are'} known.`,
        why: `absent() takes its labels from the \`=\` matchers of a selector. Around an aggregation or a function it has none, so routes and templates find nothing.`,
        fix: advice`Give it the selector itself: ${instead(node, { ...node, args: [alone] }, query)}.`,
      };
    },
  },
});

/** Labels that a selector compares with `=`. */
function equalLabels(selector: VectorSelector): readonly string[] {
  return selector.matchers.flatMap(({ name, op, value }) =>
    op === '=' && value !== '' && typeof name === 'string' && name !== '__name__' ? [name] : [],
  );
}
