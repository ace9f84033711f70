import { defineCheck, type Check } from '../check.ts';
import { labelFact } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { stringArgument } from '../facts/label-functions.ts';
import { decideRegex } from '../facts/regex.ts';
import { list } from '../wording.ts';

export const replacementNeverApplies: Check = defineCheck({
  code: 'Q319',
  nodes: {
    Call(node, query) {
      const [vector] = node.args;
      if (node.func !== 'label_replace' || !vector || presenceOf(query.of(vector)) === 'never') return undefined;
      const [source, pattern] = [3, 4].map((index) => stringArgument(node, index));
      if (source === undefined || pattern === undefined) return undefined;
      const { presence, values, reason } = labelFact(labelsOf(query.of(vector)), source);
      const inputs = presence === 'impossible' ? [] : values.oneOf;
      if (!inputs) return undefined;
      const all = presence === 'guaranteed' ? inputs : [...inputs, ''];
      if (all.some((value) => decideRegex(pattern, value) !== false)) return undefined;
      return {
        node,
        span: node.args[4]?.span,
        message: `\`${pattern}\` matches no value of \`${source}\`.`,
        why: `${presence === 'impossible' ? (reason?.text ?? `The series have no label \`${source}\``) : `Its values are ${list(inputs)}, and the pattern has to match the whole value`}; label_replace() then leaves the series as they are.`,
        fix: presence === 'impossible' ? 'Take a label that the series have.' : 'Mend the pattern.',
      };
    },
  },
});
