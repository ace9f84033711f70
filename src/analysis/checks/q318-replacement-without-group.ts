import { defineCheck, type Check } from '../check.ts';
import { stringArgument } from '../facts/label-functions.ts';
import { groupsOf, referencesOf } from '../facts/regex.ts';
import { list } from '../wording.ts';

export const replacementWithoutGroup: Check = defineCheck({
  code: 'Q318',
  nodes: {
    Call(node) {
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
            ? 'Put round brackets around the part of the pattern to use: `(.*)`.'
            : `Use one of the ${groups.count} groups of the pattern.`,
      };
    },
  },
});
