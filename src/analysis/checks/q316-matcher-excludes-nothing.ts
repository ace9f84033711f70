import type { Matcher } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { matcherText } from '../facts/selector.ts';
import { didMean, fruitless, meantMatcher } from '../known-values.ts';
import { list } from '../wording.ts';

export const matcherExcludesNothing: Check = defineCheck({
  code: 'Q316',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = fruitless(matcher, node, query);
        if (found?.code !== 'Q316' || typeof matcher.value !== 'string') return [];
        const { known, metric } = found;
        const meant = meantMatcher(matcher, known);
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `\`${matcherText(matcher)}\` excludes nothing.${didMean(meant)}`,
            why: `The values that \`${metric.name}\` can have there are ${list(known)}: the matcher leaves none of them out.`,
            fix: fixOf(matcher, meant),
            related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
          },
        ];
      });
    },
  },
});

function fixOf(matcher: Matcher, meant: Matcher | undefined): Advice {
  return meant && matcher.span
    ? advice`Write ${{ span: matcher.span, text: matcherText(meant) }} if that is meant; else delete the matcher.`
    : advice`Name a value that the series have, or delete the matcher: it does nothing.`;
}
