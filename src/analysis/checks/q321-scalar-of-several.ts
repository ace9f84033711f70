import type { NodeFacts } from '../facts/facts.ts';
import type { Call, Expr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { mayHave } from '../facts/labels.ts';
import { labelsOf, uniqueOf } from '../facts/source.ts';
import { aggregation, instead, replaced } from '../rewrite.ts';
import { list } from '../wording.ts';

export const scalarOfSeveral: Check = defineCheck({
  code: 'Q321',
  nodes: {
    Call(node, query) {
      const [vector] = node.args;
      if (node.func !== 'scalar' || !vector) return undefined;
      const facts = query.of(vector);
      if (uniqueOf(facts, () => false) === 'unique') return undefined;
      const telling = tellingLabels(facts);
      if (telling.length === 0) return undefined;
      return {
        node,
        message: `\`scalar()\` needs one series, but \`${query.print(vector)}\` has one for each ${list(telling)}.`,
        why: 'With any other number of series than one, scalar() is NaN, and so is everything that is calculated with it.',
        fix: fixOf(node, vector, telling, query),
      };
    },
  },
});

/** The labels that are known to tell the series apart, but for those that are pinned to one value. */
function tellingLabels({ sources }: NodeFacts): readonly string[] {
  const labels = sources.flatMap(({ key, varying, labels: all }) =>
    [...(key ?? varying)].filter((label) => all.named.get(label)?.values.oneOf?.length !== 1),
  );
  return [...new Set(labels)];
}

/** Each series with its own partner where there is another side to match with; else one total. */
function fixOf(node: Call, vector: Expr, telling: readonly string[], query: Query): Advice {
  const total = { ...node, args: [aggregation('sum', vector)] };
  const parent = query.parentOf(node);
  const other = parent?.type === 'BinaryExpr' ? (parent.lhs === node ? parent.rhs : parent.lhs) : undefined;
  const matches =
    parent?.type === 'BinaryExpr' &&
    other !== undefined &&
    query.of(other).type === 'vector' &&
    telling.every((label) => mayHave(labelsOf(query.of(other)), label));
  if (!matches) return advice`Make one series of them: ${instead(node, total, query)}.`;
  const unique = uniqueOf(query.of(other), (label) => telling.includes(label)) === 'unique';
  const matching: VectorMatching = {
    mode: 'on',
    labels: telling,
    ...(unique ? {} : { group: other === parent.lhs ? 'left' : 'right', include: [] }),
  };
  const each = { ...(replaced(parent, node, vector) as typeof parent), matching };
  return advice`To use the one of the same ${list(telling)} write ${instead(parent, each, query)}; to use their total ${instead(parent, replaced(parent, node, total), query)}.`;
}
