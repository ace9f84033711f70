import type { Call } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { stringArgument } from '../facts/label-functions.ts';
import { groupsOf, referencesOf } from '../facts/regex.ts';
import { instead, textLiteral } from '../rewrite.ts';
import { list } from '../wording.ts';

export const replacementWithoutGroup: Check = defineCheck({
  code: 'Q318',
  nodes: {
    Call(node, query) {
      if (node.func !== 'label_replace') return undefined;
      const [replacement, pattern, label] = [2, 4, 1].map((index) => stringArgument(node, index));
      const groups = pattern === undefined ? undefined : groupsOf(pattern);
      if (replacement === undefined || !groups) return undefined;
      const missing = referencesOf(replacement).filter((name) =>
        /^\d+$/.test(name) ? Number(name) > groups.count : !groups.names.includes(name),
      );
      if (missing.length === 0) return undefined;
      const [written] = missing;
      return {
        node,
        span: node.args[2]?.span,
        message: `The pattern \`${pattern}\` has no group ${list(missing.map((name) => `$${name}`))}.`,
        why: `A group that does not exist is empty, so \`${label ?? 'the label'}\` is not set, or is taken away.${/^\d+[A-Za-z_]/.test(written ?? '') ? ` \`$${written}\` is read as one name: write \`\${${/^\d+/.exec(written ?? '')?.[0]}}\`.` : ''}`,
        fix:
          groups.count === 0
            ? fixOf(node, pattern ?? '', query)
            : `Write ${list(
                Array.from({ length: groups.count }, (_, index) => `$${index + 1}`),
                'or',
              )}, or put round brackets around one more part of the pattern.`,
      };
    },
  },
});

/** The first part of a pattern that stands for something unknown. */
const UNKNOWN_PART = /(?:\.|\[[^\]]+\]|\\[dDwWsS])[*+]\??/;

function fixOf(node: Call, pattern: string, query: Query): Advice {
  const written = UNKNOWN_PART.test(pattern) ? pattern.replace(UNKNOWN_PART, '($&)') : `(${pattern})`;
  const args = node.args.map((arg, index) => (index === 4 ? textLiteral(written) : arg));
  return advice`Put round brackets around the part to use, such as the first: ${instead(node, { ...node, args }, query)}.`;
}
