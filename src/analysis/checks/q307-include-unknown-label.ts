import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { BinaryExpr, Expr, VectorMatching } from '../../promql/ast.ts';
import { labelFact, possibleLabels, type Reason } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { instead, keptThrough, replaced } from '../rewrite.ts';
import { didYouMean, list, nearest } from '../wording.ts';

export const includeUnknownLabel: Check = defineCheck({
  code: 'Q307',
  nodes: {
    BinaryExpr(node, query) {
      const { matching } = node;
      if (!matching?.group || !matching.include) return undefined;
      const one = matching.group === 'left' ? node.rhs : node.lhs;
      if (presenceOf(query.of(one)) === 'never') return undefined;
      const labels = labelsOf(query.of(one));
      const others = labelsOf(query.of(one === node.rhs ? node.lhs : node.rhs));
      return matching.include.flatMap((name, index): Finding[] => {
        if (typeof name !== 'string' || labelFact(labels, name).presence !== 'impossible') return [];
        const { reason } = labelFact(labels, name);
        const has = possibleLabels(labels).filter((label) => !matching.labels.includes(label));
        // a copy of what the other side has already would overwrite it
        const adds = has.filter((label) => labelFact(others, label).presence !== 'guaranteed');
        return [
          {
            node,
            span: matching.includeSpans?.[index],
            message: `\`group_${matching.group}\` copies \`${name}\` from \`${query.print(one)}\`, which does not have it.${reason ? '' : didYouMean(name, has)}`,
            why: `${reason ? reason.text : 'The catalogue gives these series no such label'}. The result then has no \`${name}\`.`,
            fix: reason ? fixOfDropped(node, one, name, reason, query) : fixOfUnknown(node, name, has, adds, query),
            ...(reason ? { related: [{ message: `\`${name}\` is dropped here`, node: reason.node }] } : {}),
          },
        ];
      });
    },
  },
});

function copying(node: BinaryExpr, labels: VectorMatching['include']): BinaryExpr {
  return { ...node, matching: { ...(node.matching as VectorMatching), include: labels ?? [] } };
}

function fixOfUnknown(
  node: BinaryExpr,
  name: string,
  has: readonly string[],
  adds: readonly string[],
  query: Query,
): Advice {
  const near = nearest(name, has);
  if (near !== undefined) {
    const include = node.matching?.include?.map((label) => (label === name ? near : label));
    const more = adds.filter((label) => label !== near);
    return advice`Write ${instead(node, copying(node, include), query)}.${more.length > 0 ? ` That side can also add ${list(more)}.` : ''}`;
  }
  const join = `join with a metric that has \`${name}\``;
  return adds.length > 0 ? advice`Copy ${list(adds, 'or')}, or ${join}.` : advice`J${join.slice(1)}.`;
}

function fixOfDropped(node: BinaryExpr, one: Expr, name: string, reason: Reason, query: Query): Advice {
  const rest = node.matching?.include?.filter((label) => label !== name);
  const leftOut = instead(node, copying(node, rest), query);
  const kept = keptThrough([name], reason.node, one, query);
  return kept
    ? advice`Keep it on that side: ${instead(node, replaced(node, one, kept), query)}; or do without: ${leftOut}.`
    : advice`Do without it: ${leftOut}.`;
}
