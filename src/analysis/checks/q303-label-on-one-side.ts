import type { BinaryExpr, LabelName, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { Mismatch } from '../facts/facts.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { possibleLabels } from '../facts/labels.ts';
import { labelsOf, uniqueOf } from '../facts/source.ts';
import { instead, keptThrough, without } from '../rewrite.ts';
import { list } from '../wording.ts';

export const labelOnOneSide: Check = defineCheck({
  code: 'Q303',
  nodes: {
    BinaryExpr(node, query): Finding | undefined {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q303') return undefined;
      const { mismatch, all } = found;
      const [has, lacks] = mismatch.left.presence === 'impossible' ? ['right', 'left'] : ['left', 'right'];
      const missing = has === 'left' ? mismatch.right : mismatch.left;
      const onlyOnOne = all.filter(
        ({ left, right }) => left.presence === 'impossible' || right.presence === 'impossible',
      );
      return {
        node,
        message: `No series of \`${query.print(node.lhs)}\` matches one of \`${query.print(node.rhs)}\`: only the ${has} side has the label \`${mismatch.label}\`.`,
        why: `${WHY[node.matching?.mode ?? 'all']} Every series on the ${has} has \`${mismatch.label}\`, and none on the ${lacks}${missing.reason ? ` (${missing.reason.text})` : ''}: the result is always empty.`,
        fix: fixOf(node, onlyOnOne, query),
        ...(missing.reason
          ? { related: [{ message: `\`${mismatch.label}\` is lost here`, node: missing.reason.node }] }
          : {}),
      };
    },
  },
});

const WHY = {
  all: 'Without `on` or `ignoring` two series match when all their labels are equal.',
  on: 'The labels of `on` have to be equal.',
  ignoring: 'All labels but those of `ignoring` have to be equal.',
} as const;

function fixOf(node: BinaryExpr, onlyOnOne: readonly Mismatch[], query: Query): Advice {
  const { matching } = node;
  const labels = onlyOnOne.map(({ label }) => label);
  if (matching?.mode === 'on') {
    const others = matching.labels.filter((name) => typeof name !== 'string' || !labels.includes(name));
    const whole = instead(node, { ...node, matching: { ...matching, labels: wide(node, others, query) } }, query);
    return advice`Leave ${list(labels)} out of the match: ${whole}.`;
  }
  const [left, right] = [
    onlyOnOne.flatMap(({ label, right: fact }) => (fact.presence === 'impossible' ? [label] : [])),
    onlyOnOne.flatMap(({ label, left: fact }) => (fact.presence === 'impossible' ? [label] : [])),
  ];
  const sums: BinaryExpr = {
    ...node,
    lhs: left.length > 0 ? without(node.lhs, left) : node.lhs,
    rhs: right.length > 0 ? without(node.rhs, right) : node.rhs,
  };
  const together = instead(node, sums, query);
  if ((left.length > 0 && right.length > 0) || matching?.group)
    return advice`Aggregate ${list(labels)} away: ${together}.`;
  const kept = right.length > 0 ? keptLeft(node, onlyOnOne, query) : undefined;
  if (kept)
    return advice`For all ${list(labels)} together write ${together}; for a result per ${list(labels)} write ${instead(node, kept, query)}.`;
  // a total divided by each of its parts means nothing
  if (right.length > 0 && node.op === '/') return advice`Aggregate ${list(labels)} away: ${together}.`;
  const ignoring: VectorMatching = {
    mode: 'ignoring',
    labels: [...(matching?.labels ?? []), ...labels],
    group: left.length > 0 ? 'left' : 'right',
    include: [],
  };
  return advice`For all ${list(labels)} together write ${together}; for a result per ${list(labels)} write ${instead(node, { ...node, matching: ignoring }, query)}.`;
}

/** The operation, with the labels that the left side lost on their way to it. */
function keptLeft(node: BinaryExpr, lost: readonly Mismatch[], query: Query): BinaryExpr | undefined {
  const [first, ...more] = lost.map(({ left }) => left.reason?.node);
  if (!first || more.some((other) => other !== first)) return undefined;
  const labels = lost.map(({ label }) => label);
  const lhs = keptThrough(labels, first, node.lhs, query);
  return lhs && { ...node, lhs };
}

/** Labels to match on; all that both sides have, where fewer leave several partners for one series. */
function wide({ lhs, rhs, matching }: BinaryExpr, labels: readonly LabelName[], query: Query): readonly LabelName[] {
  const one = matching?.group === 'right' ? lhs : rhs;
  if (uniqueOf(query.of(one), (label) => labels.includes(label)) !== 'several') return labels;
  const right = possibleLabels(labelsOf(query.of(rhs)));
  return possibleLabels(labelsOf(query.of(lhs))).filter((label) => right.includes(label));
}
