import type { BinaryExpr, Expr, VectorMatching } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { classifiedMismatch } from '../mismatches.ts';
import { possibleLabels } from '../facts/labels.ts';
import { instead } from '../rewrite.ts';

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
        fix: fixOf(node, label, shared, query),
        ...(reason ? { related: [{ message: `\`${label}\` is lost here`, node: reason.node }] } : {}),
      };
    },
  },
});

function fixOf(node: BinaryExpr, label: string, shared: readonly string[], query: Query): Advice {
  const { matching } = node;
  const on = (labels: VectorMatching['labels']): ReturnType<typeof instead> =>
    instead(node, { ...node, matching: { mode: 'on', labels } }, query);
  if (matching?.mode === 'on')
    return advice`Leave \`${label}\` out: ${on(matching.labels.filter((name) => name !== label))}.`;
  if (shared.length > 0) return advice`Say which labels to compare: ${on(shared)}.`;
  const apart = absentSelector(node);
  const each = apart
    ? advice` To look each series up by its own labels: ${instead(node, { ...node, op: 'unless', rhs: apart }, query)}.`
    : '';
  return advice`Compare no labels: ${on([])}.${each}`;
}

/** What `x and absent(y)` asks for as a whole, and `x unless y` for each series. */
function absentSelector({ op, rhs }: BinaryExpr): Expr | undefined {
  const [selector] = op === 'and' && rhs.type === 'Call' && rhs.func === 'absent' ? rhs.args : [];
  return selector?.type === 'VectorSelector' ? selector : undefined;
}
