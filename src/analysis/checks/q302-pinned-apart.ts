import type { BinaryExpr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { LabelFact } from '../facts/labels.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { uniqueOf } from '../facts/source.ts';
import { isMatched } from '../facts/join.ts';
import { instead, without } from '../rewrite.ts';

export const pinnedApart: Check = defineCheck({
  code: 'Q302',
  nodes: {
    BinaryExpr(node, query) {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q302') return undefined;
      const { label, left, right } = found.mismatch;
      return {
        node,
        message: `No series of \`${query.print(node.lhs)}\` matches one of \`${query.print(node.rhs)}\`: \`${label}\` can only be ${valuesText(left)} on the left and ${valuesText(right)} on the right.`,
        why: `Series match when \`${label}\` is equal, and here it never is${node.op === 'unless' ? ', so nothing is taken away' : '; the result is always empty'}.`,
        fix: fixOf(node, label, query),
      };
    },
  },
});

/** The match without the label where one series is left on each side, else the sums without it. */
function fixOf(node: BinaryExpr, label: string, query: Query): Advice {
  const { mode = 'ignoring', labels = [], ...group } = node.matching ?? {};
  const others = mode === 'on' ? labels.filter((name) => name !== label) : [...labels, label];
  const matching = { ...group, mode, labels: others };
  const matched = (name: string): boolean => isMatched(matching, name);
  const several = [node.lhs, node.rhs].some((side) => uniqueOf(query.of(side), matched) === 'several');
  const grouped = node.lhs.type === 'AggregateExpr' && node.rhs.type === 'AggregateExpr';
  if (!several && !grouped)
    return advice`Leave \`${label}\` out of the match: ${instead(node, { ...node, matching }, query)}.`;
  const sums: BinaryExpr = { ...node, lhs: without(node.lhs, [label]), rhs: without(node.rhs, [label]) };
  return advice`Aggregate \`${label}\` away on both sides: ${instead(node, sums, query)}.`;
}

function valuesText({ values }: LabelFact): string {
  const { oneOf, matching } = values;
  if (oneOf) return oneOf.map((value) => `"${value}"`).join(' or ');
  return matching ? `like "${matching.join('" and "')}"` : 'something else';
}
