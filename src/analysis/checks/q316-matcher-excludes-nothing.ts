import { defineCheck, type Check } from '../check.ts';
import { matcherText } from '../facts/selector.ts';
import { fruitless } from '../known-values.ts';
import { didYouMean, list } from '../wording.ts';

export const matcherExcludesNothing: Check = defineCheck({
  code: 'Q316',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = fruitless(matcher, node, query);
        if (found?.code !== 'Q316' || typeof matcher.value !== 'string') return [];
        const { known, metric } = found;
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `\`${matcherText(matcher)}\` excludes nothing.${didYouMean(matcher.value, known)}`,
            why: `The values that \`${metric.name}\` can have there are ${list(known)}. What should be left out is still in the result.`,
            fix: 'Take one of the known values, or leave the matcher out.',
            related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
          },
        ];
      });
    },
  },
});
