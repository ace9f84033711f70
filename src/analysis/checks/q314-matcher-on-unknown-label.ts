import type { Matcher } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import { labelFact, METRIC_NAME, possibleLabels } from '../facts/labels.ts';
import { matcherText } from '../facts/selector.ts';
import { labelsOf } from '../facts/source.ts';
import { didYouMean, list, nearest, seriesName } from '../wording.ts';

export const matcherOnUnknownLabel: Check = defineCheck({
  code: 'Q314',
  nodes: {
    VectorSelector(node, query) {
      const facts = query.of(node);
      const [origin] = facts.sources[0]?.origins ?? [];
      if (!origin?.metric) return undefined;
      const labels = labelsOf(facts);
      return node.matchers.flatMap((matcher): Finding[] => {
        const { name, op, value } = matcher;
        if (typeof name !== 'string' || name === METRIC_NAME || value === '') return [];
        const fact = labelFact(labels, name);
        // a label that the matcher itself rules out is one that the series could have had
        if (fact.presence !== 'impossible' || fact.reason?.node === node) return [];
        const positive = op === '=' || op === '=~';
        return [
          {
            node,
            span: matcher.span,
            message: `${seriesName(origin)} has no label \`${name}\`.${didYouMean(name, possibleLabels(labels))}`,
            why: `${fact.reason ? fact.reason.text : 'The catalogue gives these series no such label'}, so \`${matcherText(matcher)}\` selects ${positive ? 'nothing' : 'everything'}.`,
            fix: fixOf(matcher, name, possibleLabels(labels)),
            related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
          },
        ];
      });
    },
  },
});

function fixOf(matcher: Matcher, name: string, has: readonly string[]): Advice {
  const near = nearest(name, has);
  const known = has.length > 0 ? ` The series have ${list(has)}.` : '';
  const declare = `If they really have \`${name}\`, declare it in the catalogue.`;
  return near !== undefined && matcher.span
    ? advice`Write ${{ span: matcher.span, text: matcherText({ ...matcher, name: near }) }}.${known} ${declare}`
    : advice`Match a label that the series have, or leave the matcher out.${known} ${declare}`;
}
