import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { boundsFault, type BoundsFault } from '../bounds.ts';
import { impossibleComparison } from '../comparisons.ts';
import { constantOf } from '../facts/source.ts';
import { instead, operation, replaced } from '../rewrite.ts';

export const contradictingBounds: Check = defineCheck({
  code: 'Q509',
  nodes: {
    BinaryExpr(node, query) {
      const print = query.print;
      const chained = impossibleComparison(node, query);
      if (chained?.code === 'Q509') {
        return {
          node,
          message: `No value that passes \`${print(chained.side)}\` passes \`${node.op} ${print(chained.other)}\`, so \`${print(node)}\` never holds.`,
          why: 'A comparison passes on only the values for which it holds; those that are left all fail the next one.',
          fix: fixOfChain(node, chained.side, query),
        };
      }
      const fault = boundsFault(node, query);
      if (!fault) return undefined;
      const [first, second] = [print(fault.first), print(fault.second)];
      if (fault.type === 'empty') {
        return {
          node,
          message: `\`${first}\` and \`${second}\` leave no value, so \`${print(node)}\` is always empty.`,
          why:
            node.op === 'unless'
              ? 'Whatever passes the first comparison passes the second as well and is taken away.'
              : '`and` keeps a series only if both comparisons hold for it at the same moment.',
          fix:
            node.op === 'unless'
              ? advice`Swap them: ${instead(node, { ...node, lhs: node.rhs, rhs: node.lhs }, query)}.`
              : fixOfLimits(node, fault, query),
        };
      }
      if (fault.type === 'everything') {
        return {
          node,
          message: `Every number passes \`${first}\` or \`${second}\`, so \`${print(node)}\` always holds.`,
          why: '`or` keeps a series if one of the comparisons holds for it.',
          fix: fixOfLimits(node, fault, query),
        };
      }
      const idle = fault.idle ?? node;
      const other = idle === fault.first ? second : first;
      return {
        node,
        message: `\`${print(idle)}\` has no effect beside \`${other}\`.`,
        why:
          node.op === 'or'
            ? `Whatever passes \`${print(idle)}\` passes \`${other}\` already.`
            : `Whatever passes \`${other}\` passes \`${print(idle)}\` as well.`,
        fix: fixOfIdle(node, idle, query),
      };
    },
  },
});

/** A comparison of a value with a number, the number on the right. */
function limitIn(node: Expr, query: Query): BinaryExpr | undefined {
  return node.type === 'BinaryExpr' && constantOf(query.of(node.rhs)) !== undefined ? node : undefined;
}

/** A value between the two numbers, or outside of them. */
function betweenOrOutside(node: BinaryExpr, a: BinaryExpr, b: BinaryExpr, query: Query): Advice {
  const [x, y] = [constantOf(query.of(a.rhs)), constantOf(query.of(b.rhs))] as [number, number];
  const [low, high] = x < y ? [a.rhs, b.rhs] : [b.rhs, a.rhs];
  const [above, below] = a.op.startsWith('>') ? [a.op, b.op] : [b.op, a.op];
  const between = operation('and', operation(above, a.lhs, low), operation(below, a.lhs, high));
  const outside = operation('or', operation(above, a.lhs, high), operation(below, a.lhs, low));
  return advice`For a value between the two write ${instead(node, between, query)}; for one outside of them ${instead(node, outside, query)}.`;
}

const isUpAndDown = (a: BinaryExpr, b: BinaryExpr): boolean =>
  (a.op.startsWith('>') && b.op.startsWith('<')) || (a.op.startsWith('<') && b.op.startsWith('>'));

function fixOfLimits(node: BinaryExpr, { first, second }: BoundsFault, query: Query): Advice {
  const [a, b] = [limitIn(first, query), limitIn(second, query)];
  // of a longer chain only a part would be written anew
  return a && b && isUpAndDown(a, b) && node.lhs === first && node.rhs === second
    ? betweenOrOutside(node, a, b, query)
    : advice`Correct one of the two limits, or use \`${node.op === 'or' ? 'and' : 'or'}\`.`;
}

function fixOfChain(node: BinaryExpr, side: Expr, query: Query): Advice {
  const [a, b] = [limitIn(side, query), limitIn(node, query)];
  return a && b && isUpAndDown(a, b)
    ? betweenOrOutside(node, a, { ...b, lhs: a.lhs }, query)
    : advice`Correct one of the two limits.`;
}

function fixOfIdle(node: BinaryExpr, idle: Expr, query: Query): Advice {
  const parent = query.parentOf(idle);
  const rest = parent?.type === 'BinaryExpr' && (parent.lhs === idle ? parent.rhs : parent.lhs);
  return parent && rest
    ? advice`Leave it out: ${instead(node, replaced(node, parent, rest), query)}.`
    : advice`Leave it out.`;
}
