import { defineCheck, type Check } from '../check.ts';
import { printText } from '../../promql/grafana.ts';
import { matcherText } from '../facts/selector.ts';
import { fruitless } from '../known-values.ts';
import { didYouMean, list } from '../wording.ts';

export const matcherMatchesNothing: Check = defineCheck({
  code: 'Q315',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = fruitless(matcher, node, query);
        if (found?.code !== 'Q315' || typeof matcher.value !== 'string') return [];
        const { known, metric } = found;
        // a known value that is excluded is no typing error
        const meant = matcher.op === '=' || matcher.op === '=~' ? didYouMean(matcher.value, known) : '';
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `No value of \`${printText(matcher.name)}\` passes \`${matcherText(matcher)}\`.${meant}`,
            why:
              known.length > 0
                ? `The values that \`${metric.name}\` can have there are ${list(known)}, so the selector selects nothing.`
                : `The catalogue gives the label another form, so the selector selects nothing.`,
            fix: 'Take one of the known values, or add the new one to the catalogue.',
            related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
          },
        ];
      });
    },
  },
});
