import type { BinaryExpr, Expr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { isMatched } from '../facts/join.ts';
import { labelFact, mayHave } from '../facts/labels.ts';
import { labelsOf, uniqueOf } from '../facts/source.ts';
import { classifiedMismatch, unknownOnLabels } from '../mismatches.ts';
import { aggregation, instead, replaced } from '../rewrite.ts';
import { list } from '../wording.ts';

export const oneSideNotUnique: Check = defineCheck({
  code: 'Q306',
  nodes: {
    BinaryExpr(node, query) {
      const { matching } = node;
      if (!matching?.group || classifiedMismatch(node, query) || unknownOnLabels(node, query).length > 0)
        return undefined;
      const one = matching.group === 'left' ? node.rhs : node.lhs;
      const matched = (label: string): boolean => isMatched(matching, label);
      if (uniqueOf(query.of(one), matched) !== 'several') return undefined;
      const telling = [...new Set(query.of(one).sources.flatMap(({ varying }) => [...varying]))].filter(
        (label) => !matched(label),
      );
      // a label that changes leaves two series for a while only, which is Q214's to say
      const labels = labelsOf(query.of(one));
      if (telling.every((label) => labelFact(labels, label).model?.mutable === true)) return undefined;
      return {
        node: one,
        message: `\`${query.print(one)}\` is the "one" side of \`group_${matching.group}\`, but several of its series match the same partner.`,
        why: `They differ in ${list(telling)}, which ${matching.mode === 'on' ? `${telling.length === 1 ? 'is' : 'are'} not in \`on\`` : '`ignoring` leaves out'}. Prometheus refuses the query: "found duplicate series for the match group".`,
        fix: fixOf(node, one, telling, query),
      };
    },
  },
});

/** A match on more labels where the other side has them, else one series made of several. */
function fixOf(node: BinaryExpr, one: Expr, telling: readonly string[], query: Query): Advice {
  const matching = node.matching as VectorMatching;
  const many = labelsOf(query.of(one === node.lhs ? node.rhs : node.lhs));
  if (matching.mode === 'on' && telling.every((label) => mayHave(many, label))) {
    const wider = { ...node, matching: { ...matching, labels: [...matching.labels, ...telling] } };
    return advice`Match on ${list(telling)} as well: ${instead(node, wider, query)}.`;
  }
  const alone =
    matching.mode === 'on'
      ? aggregation('max', one, { mode: 'by', labels: [...matching.labels, ...(matching.include ?? [])] })
      : aggregation('max', one, { mode: 'without', labels: telling });
  return advice`Make one series of each group: ${instead(node, replaced(node, one, alone), query)}.`;
}
