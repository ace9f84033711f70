import type { BinaryExpr, Expr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { hasNoLabels, mustHave, possibleLabels } from '../facts/labels.ts';
import { labelsOf } from '../facts/source.ts';
import { aggregation, grouped, instead, operation, replaced } from '../rewrite.ts';
import { list } from '../wording.ts';

export const zeroBesideLabels: Check = defineCheck({
  code: 'Q311',
  nodes: {
    BinaryExpr(node, query) {
      if (node.op !== 'or' || node.matching) return undefined;
      const swallowed = swallowedFiller(node, query);
      if (swallowed) return swallowed;
      if (isAddedUp(node, query) || !isFiller(node.rhs, query)) return undefined;
      const known = labelsOf(query.of(node.lhs));
      const labels = possibleLabels(known);
      // where nothing has the labels of `by (cluster)`, the zero does fill the gap
      if (!labels.some((name) => mustHave(known, name))) return undefined;
      return {
        node,
        span: node.rhs.span,
        message: `\`or ${query.print(node.rhs)}\` adds a series without labels beside those with ${list(labels)}.`,
        why: 'It has no labels, so it equals none of the others: it is always there, and fills no gap of any of them.',
        fix: fixOf(node, labels, query),
      };
    },
  },
});

function fixOf(node: BinaryExpr, labels: readonly string[], query: Query): Advice {
  const leftOut = advice`It is no 0 for each ${list(labels, 'or')} that is missing: leave it out, ${instead(node, node.lhs, query)}`;
  // a total has none of the labels that an aggregation around it may want
  if (query.parentOf(node)?.type === 'AggregateExpr') return advice`${leftOut}.`;
  const matching: VectorMatching = { mode: 'on', labels: [] };
  const alone = instead(node, { ...node, matching }, query);
  const one = instead(node, { ...node, lhs: total(node.lhs) }, query);
  return advice`${leftOut}. For a 0 only where there is nothing else write ${alone}; for one total, ${one}.`;
}

function total(expr: Expr): Expr {
  return expr.type === 'AggregateExpr' && expr.op === 'sum' ? grouped(expr, 'by', []) : aggregation('sum', expr);
}

/** A plain number that is always there, without labels: `vector(0)`. */
function isFiller(node: Expr, query: Query): boolean {
  return query
    .of(node)
    .sources.every(({ kind, presence, labels }) => kind === 'number' && presence === 'always' && hasNoLabels(labels));
}

/** `a or vector(0) + b` is read as `a or (vector(0) + b)`; with brackets of its own it is what was meant. */
function swallowedFiller(node: BinaryExpr, query: Query): Finding | undefined {
  const { rhs } = node;
  if (rhs.type !== 'BinaryExpr' || rhs.parens || (rhs.op !== '+' && rhs.op !== '-')) return undefined;
  let first: Expr = rhs;
  while (first.type === 'BinaryExpr') first = first.lhs;
  if (first.type !== 'Call' || !isFiller(first, query) || query.of(rhs.rhs).type !== 'vector') return undefined;
  if (isFiller(rhs, query)) return undefined;
  const filler = query.print(first);
  return {
    node: rhs,
    message: `\`or\` binds looser than \`${rhs.op}\`: this is \`… or (${query.print(rhs)})\`.`,
    why: `\`${filler}\` is put together with what follows it, so what stands before \`or\` is never part of the sum.`,
    fix: advice`Put brackets around it: ${instead(node, replaced(rhs, first, operation('or', node.lhs, first)), query)}.`,
  };
}

/**
 * One more 0 changes no sum, and gives one where nothing else is there. So it does below `by (cluster)` where nothing
 * has that label, which a query alone does not tell.
 */
function isAddedUp(node: BinaryExpr, query: Query): boolean {
  const parent = query.parentOf(node);
  if (parent?.type !== 'AggregateExpr' || parent.op !== 'sum') return false;
  const { grouping } = parent;
  if (grouping === undefined) return true;
  const labels = labelsOf(query.of(node.lhs));
  return grouping.mode === 'by' && !grouping.labels.some((name) => typeof name === 'string' && mustHave(labels, name));
}
