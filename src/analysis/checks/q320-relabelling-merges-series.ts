import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { onlyValue } from '../facts/label-values.ts';
import { labelFact } from '../facts/labels.ts';
import { stringArgument } from '../facts/label-functions.ts';
import { instead, textLiteral, without } from '../rewrite.ts';

export const relabellingMergesSeries: Check = defineCheck({
  code: 'Q320',
  nodes: {
    Call(node, query) {
      if (node.func !== 'label_replace' && node.func !== 'label_join') return undefined;
      const [vector] = node.args;
      const label = stringArgument(node, 1);
      if (!vector || label === undefined) return undefined;
      // label_join() reads the label that it writes: then the values stay apart
      const read =
        node.func === 'label_join' ? node.args.slice(3).map((_, index) => stringArgument(node, index + 3)) : [];
      if (read.includes(label)) return undefined;
      const [before, ...more] = query.of(vector).sources;
      const [after] = query.of(node).sources;
      if (!before || more.length > 0 || !after || !before.varying.has(label)) return undefined;
      const fact = labelFact(after.labels, label);
      const constant =
        fact.presence === 'impossible' || (fact.presence === 'guaranteed' && onlyValue(fact.values) !== undefined);
      if (!constant && node.func === 'label_replace') return undefined;
      const other = node.args.map((arg, index) => (index === 1 ? textLiteral(`new_${label}`) : arg));
      return {
        node,
        message: `\`${node.func}()\` makes series equal that only \`${label}\` told apart.`,
        why: 'Two series with the same labels cannot be in one result. Prometheus refuses the query: "vector cannot contain metrics with the same labelset".',
        fix: advice`Write to another label: ${instead(node, { ...node, args: other }, query)}; or add the series up: ${instead(node, without(vector, [label]), query)}.`,
      };
    },
  },
});
