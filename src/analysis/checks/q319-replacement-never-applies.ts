import type { Call } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { labelFact, mayHave, possibleLabels, type Reason } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { stringArgument } from '../facts/label-functions.ts';
import { decideRegex } from '../facts/regex.ts';
import { instead, keeping, replaced, textLiteral } from '../rewrite.ts';
import { list, nearest } from '../wording.ts';

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
        fix:
          presence === 'impossible'
            ? (fixOfDropped(node, source, reason, query) ??
              fixOfLabel(node, source, possibleLabels(labelsOf(query.of(vector))), query))
            : fixOfPattern(node, pattern, inputs, query),
      };
    },
  },
});

function withArgument(node: Call, at: number, text: string, query: Query): ReturnType<typeof instead> {
  const args = node.args.map((arg, index) => (index === at ? textLiteral(text) : arg));
  return instead(node, { ...node, args }, query);
}

/** The label was there until an aggregation inside dropped it. */
function fixOfDropped(node: Call, source: string, reason: Reason | undefined, query: Query): Advice | undefined {
  const dropping = reason?.node;
  const [vector] = node.args;
  if (dropping?.type !== 'AggregateExpr' || !vector || !mayHave(labelsOf(query.of(dropping.expr)), source))
    return undefined;
  const kept = replaced(vector, dropping, keeping(dropping, source));
  return advice`Keep \`${source}\` until it was read: ${instead(node, { ...node, args: [kept, ...node.args.slice(1)] }, query)}.`;
}

function fixOfLabel(node: Call, source: string, has: readonly string[], query: Query): Advice {
  if (has.length === 0) return advice`Leave it out: the series have no labels.`;
  const near = nearest(source, has);
  return near === undefined
    ? advice`Write ${list(has, 'or')} instead of \`${source}\`: these are the labels that the series have.`
    : advice`Write ${withArgument(node, 3, near, query)}. The series have ${list(has)}.`;
}

function fixOfPattern(node: Call, pattern: string, values: readonly string[], query: Query): Advice {
  const wider = [`${pattern}.*`, `.*${pattern}`, `.*${pattern}.*`].find((one) =>
    values.some((value) => decideRegex(one, value) === true),
  );
  return wider === undefined
    ? advice`Write a pattern that matches one of these values as a whole.`
    : advice`To match a part of the value write ${withArgument(node, 4, wider, query)}.`;
}
