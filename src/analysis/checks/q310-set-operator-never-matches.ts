import { defineCheck, type Check } from '../check.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { possibleLabels } from '../facts/labels.ts';

export const setOperatorNeverMatches: Check = defineCheck({
  code: 'Q310',
  nodes: {
    BinaryExpr(node, query) {
      const found = classifiedMismatch(node, query);
      if (found?.code !== 'Q310') return undefined;
      const { label, left, right } = found.mismatch;
      const [has, reason] = left.presence === 'impossible' ? ['right', left.reason] : ['left', right.reason];
      const shared = possibleLabels(found.left.labels).filter((name) =>
        possibleLabels(found.right.labels).includes(name),
      );
      return {
        node,
        span: node.opSpan,
        message: `\`${node.op}\` never finds a partner: only the ${has} side has the label \`${label}\`.`,
        why: `Without \`on\` all labels have to be equal${reason ? `, and ${reason.text}` : ''}: so ${node.op === 'unless' ? 'nothing is ever taken away' : 'nothing is ever kept'}.`,
        fix:
          node.matching?.mode === 'on'
            ? `Take \`${label}\` out of \`on (…)\`.`
            : shared.length === 0
              ? `Compare no labels: \`${node.op} on ()\`. If each series is to be looked up by its own labels, name them: \`unless on (…)\` keeps those that have no partner.`
              : `Say which labels to compare: \`${node.op} on (${shared.join(', ')})\`.`,
        ...(reason ? { related: [{ message: `\`${label}\` is lost here`, node: reason.node }] } : {}),
      };
    },
  },
});
