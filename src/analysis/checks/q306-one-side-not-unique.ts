import { defineCheck, type Check } from '../check.ts';
import { isMatched } from '../facts/join.ts';
import { labelFact } from '../facts/labels.ts';
import { labelsOf, uniqueOf } from '../facts/source.ts';
import { classifiedMismatch, unknownOnLabels } from '../mismatches.ts';
import { labelList, list } from '../wording.ts';

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
      const keep = labelList([...matching.labels, ...(matching.include ?? [])]);
      return {
        node: one,
        message: `\`${query.print(one)}\` is the "one" side of \`group_${matching.group}\`, but several of its series match the same partner.`,
        why: `They differ in ${list(telling)}, which ${matching.mode === 'on' ? 'is not in `on (…)`' : '`ignoring` leaves out'}. Prometheus refuses the query: "found duplicate series for the match group".`,
        fix:
          matching.mode === 'on'
            ? `Add ${list(telling)} to \`on (…)\` if both sides have it, or make that side one: \`max by (${keep}) (…)\`.`
            : `Aggregate ${list(telling)} away on that side first.`,
      };
    },
  },
});
