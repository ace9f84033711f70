import type { Matcher } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import { literalsOf } from '../facts/regex.ts';
import { fruitless } from '../known-values.ts';
import { matcherText } from '../facts/selector.ts';

export const needlessRegex: Check = defineCheck({
  code: 'Q333',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => {
        const found = needless(matcher);
        // a pattern that matches nothing is no comparison either
        return found && !fruitless(matcher, node, query) ? [{ node, span: matcher.span, ...found }] : [];
      });
    },
  },
});

function needless(matcher: Matcher): Finding | undefined {
  const { op, value, nameSpan, valueSpan } = matcher;
  if ((op !== '=~' && op !== '!~') || typeof value !== 'string') return undefined;
  if (value === '.*') {
    return {
      message: `\`${matcherText(matcher)}\` matches ${op === '=~' ? 'everything' : 'nothing'}, a missing label included.`,
      why: '`.*` also matches the empty value, which is what a missing label counts as.',
      fix:
        op === '=~'
          ? `Leave the matcher out, or write \`${matcherText({ ...matcher, value: '.+' })}\` if the label has to be there.`
          : 'Nothing passes it: leave the matcher out.',
    };
  }
  const literals = literalsOf(value);
  if (literals?.length !== 1 || literals[0] === '' || literals[0] !== value) return undefined;
  const plain = op === '=~' ? '=' : '!=';
  return {
    message: `\`${matcherText(matcher)}\` is a pattern without anything to match but itself.`,
    why: 'It reads as if other values were meant as well, and a plain comparison is faster.',
    fix: `Write \`${matcherText({ ...matcher, op: plain })}\`.`,
    ...(nameSpan && valueSpan
      ? { replacement: { span: { start: nameSpan.end, end: valueSpan.start }, text: plain } }
      : {}),
  };
}
