import type { Matcher } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { printText } from '../../promql/grafana.ts';
import { matcherText } from '../facts/selector.ts';
import { didMean, fruitless, meantMatcher, wordsOf } from '../known-values.ts';
import { list, nearest } from '../wording.ts';

export const matcherMatchesNothing: Check = defineCheck({
  code: 'Q315',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = fruitless(matcher, node, query);
        if (found?.code !== 'Q315' || typeof matcher.value !== 'string') return [];
        const { known, metric } = found;
        // a known value that is excluded is no typing error
        const positive = matcher.op === '=' || matcher.op === '=~';
        const meant = positive ? meantMatcher(matcher, known) : undefined;
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `No value of \`${printText(matcher.name)}\` passes \`${matcherText(matcher)}\`.${didMean(meant)}`,
            why:
              known.length > 0
                ? `The values that \`${metric.name}\` can have there are ${list(known)}, so the selector selects nothing.`
                : `The catalogue gives the label another form, so the selector selects nothing.`,
            fix: positive ? fixOf(matcher, meant, known) : fixOfShutOut(matcher, known),
            related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
          },
        ];
      });
    },
  },
});

function fixOf(matcher: Matcher, meant: Matcher | undefined, known: readonly string[]): Advice {
  if (!meant || !matcher.span) return advice`Match a value that the series have, or add this one to the catalogue.`;
  const { span } = matcher;
  const write = advice`Write ${{ span, text: matcherText(meant) }}`;
  const named = wordsOf(meant);
  const unlike = wordsOf(matcher).filter((word) => nearest(word, known) === undefined);
  if (unlike.length === 0) return advice`${write}, or add the value to the catalogue.`;
  const other = known.find((value) => !named.includes(value));
  const both = { span, text: matcherText({ ...matcher, value: [...named, other].join('|') }) };
  const more = other === undefined ? '' : advice`: if another value is meant, name it as well, such as ${both}`;
  return advice`${write}. No value is like ${list(unlike, 'or')}${more}; or add the values to the catalogue.`;
}

/** Of a negative matcher that lets none of the values through. */
function fixOfShutOut(matcher: Matcher, known: readonly string[]): Advice {
  const [first, second] = known;
  const missing = 'add the values that are missing to the catalogue';
  return first !== undefined && second !== undefined && matcher.span
    ? advice`It shuts out every value that there is: shut out fewer, such as ${{ span: matcher.span, text: matcherText({ ...matcher, op: '!=', value: first }) }}, or ${missing}.`
    : advice`It shuts out the only value that there is: delete the matcher, or ${missing}.`;
}
