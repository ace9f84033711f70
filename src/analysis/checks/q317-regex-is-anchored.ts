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
        if (found?.code !== 'Q317' || typeof matcher.value !== 'string') return [];
        const starts = found.inside.every((value) => value.startsWith(matcher.value as string));
        return [
          {
            node,
            span: matcher.valueSpan ?? matcher.span,
            message: `\`${matcherText(matcher)}\` ${matcher.op === '=~' ? 'matches' : 'excludes'} nothing, although ${list(found.inside)} ${found.inside.length === 1 ? 'contains' : 'contain'} it.`,
            why: 'Prometheus anchors patterns at both ends: they have to match the whole value.',
            fix: `Write \`${starts ? '' : '.*'}${matcher.value}.*\`.`,
            related: [{ message: `\`${found.metric.name}\` is declared here`, position: found.metric.position }],
          },
        ];
      });
    },
  },
});
