import type { Matcher } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { printText } from '../../promql/grafana.ts';
import { matcherText } from '../facts/selector.ts';
import { didMean, fruitless, meantMatcher } from '../known-values.ts';
import { list } from '../wording.ts';

export const matcherMatchesNothing: Check = defineCheck({
  code: 'Q315',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = fruitless(matcher, node, query);
        if (found?.code !== 'Q315' || typeof matcher.value !== 'string') return [];
        const { known, metric } = found;
        // a known value that is excluded is no typing error
        const meant = matcher.op === '=' || matcher.op === '=~' ? meantMatcher(matcher, known) : undefined;
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `No value of \`${printText(matcher.name)}\` passes \`${matcherText(matcher)}\`.${didMean(meant)}`,
            why:
              known.length > 0
                ? `The values that \`${metric.name}\` can have there are ${list(known)}, so the selector selects nothing.`
                : `The catalogue gives the label another form, so the selector selects nothing.`,
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
    ? advice`Write ${{ span: matcher.span, text: matcherText(meant) }}, or add the value to the catalogue.`
    : advice`Match a value that the series have, or add this one to the catalogue.`;
}
