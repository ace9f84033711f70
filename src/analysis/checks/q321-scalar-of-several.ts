import type { NodeFacts } from '../facts/facts.ts';
import { defineCheck, type Check } from '../check.ts';
import { uniqueOf } from '../facts/source.ts';
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
        fix: 'Aggregate to one series, `scalar(sum(…))`, or match the series instead: `/ on (…)`.',
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
