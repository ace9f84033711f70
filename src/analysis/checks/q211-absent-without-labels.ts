import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { visit } from '../../promql/walk.ts';
import { defineCheck, type Check } from '../check.ts';
import { list } from '../wording.ts';

export const absentWithoutLabels: Check = defineCheck({
  code: 'Q211',
  nodes: {
    Call(node) {
      const [argument] = node.args;
      if ((node.func !== 'absent' && node.func !== 'absent_over_time') || !argument) return undefined;
      const inner = argument.type === 'SubqueryExpr' ? argument.expr : argument;
      if (inner.type !== 'AggregateExpr' && inner.type !== 'Call') return undefined;
      const lost = equalLabels(inner);
      if (lost.length === 0) return undefined;
      return {
        node: argument,
        message: `The result of \`${node.func}()\` has no labels here, although ${list(lost)} ${lost.length === 1 ? 'is' : 'are'} known.`,
        why: `absent() takes its labels from the \`=\` matchers of a selector. Around an aggregation or a function it has none, so routes and templates find nothing.`,
        fix: `Give it the selector itself: \`${node.func}(…{${lost.join('="…", ')}="…"})\`.`,
      };
    },
  },
});

/** Labels that the only selector of an expression compares with `=`. */
function equalLabels(node: Expr): readonly string[] {
  const selectors: VectorSelector[] = [];
  visit(node, (one) => {
    if (one.type === 'VectorSelector') selectors.push(one);
  });
  const [selector, more] = selectors;
  if (!selector || more) return [];
  return selector.matchers.flatMap(({ name, op, value }) =>
    op === '=' && value !== '' && typeof name === 'string' && name !== '__name__' ? [name] : [],
  );
}
