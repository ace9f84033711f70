import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { matcherText } from '../facts/selector.ts';
import { fruitless } from '../known-values.ts';
import { list } from '../wording.ts';

export const regexIsAnchored: Check = defineCheck({
  code: 'Q317',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = fruitless(matcher, node, query);
        if (found?.code !== 'Q317' || typeof matcher.value !== 'string' || !matcher.span) return [];
        const { value: part } = matcher;
        const starts = found.inside.every((one) => one.startsWith(part));
        const value = `${starts ? '' : '.*'}${part.includes('|') ? `(?:${part})` : part}.*`;
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `\`${matcherText(matcher)}\` ${matcher.op === '=~' ? 'matches' : 'excludes'} nothing, although ${list(found.inside)} ${found.inside.length === 1 ? 'contains' : 'contain'} it.`,
            why: 'Prometheus anchors patterns at both ends: they have to match the whole value.',
            fix: advice`Write ${{ span: matcher.span, text: matcherText({ ...matcher, value }) }}.`,
            related: [{ message: `\`${found.metric.name}\` is declared here`, position: found.metric.position }],
          },
        ];
      });
    },
  },
});
