import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { hasNoLabels, possibleLabels } from '../facts/labels.ts';
import { labelsOf } from '../facts/source.ts';
import { list } from '../wording.ts';

export const zeroBesideLabels: Check = defineCheck({
  code: 'Q311',
  nodes: {
    BinaryExpr(node, query) {
      if (node.op !== 'or' || node.matching || isAddedUp(node, query)) return undefined;
      const filler = query.of(node.rhs);
      if (
        !filler.sources.every(
          ({ kind, presence, labels }) => kind === 'number' && presence === 'always' && hasNoLabels(labels),
        )
      )
        return undefined;
      const labels = possibleLabels(labelsOf(query.of(node.lhs)));
      if (labels.length === 0) return undefined;
      return {
        node,
        span: node.rhs.span,
        message: `\`or ${query.print(node.rhs)}\` adds a series without labels beside those with ${list(labels)}.`,
        why: 'It has no labels, so it equals none of the others: it is always there, and fills no gap of any of them.',
        fix: `Leave it out, or aggregate everything first: \`sum(…) or ${query.print(node.rhs)}\`.`,
      };
    },
  },
});

/** One more 0 changes no sum, and gives one where nothing else is there. */
function isAddedUp(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  return parent?.type === 'AggregateExpr' && parent.op === 'sum' && parent.grouping === undefined;
}
