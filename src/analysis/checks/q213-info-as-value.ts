import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { Origin } from '../facts/facts.ts';
import { constantOf, presenceOf } from '../facts/source.ts';
import { aggregation, instead, replaced } from '../rewrite.ts';
import { list, seriesName } from '../wording.ts';
import { COMPARISONS } from '../facts/binary.ts';

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '/', '%', '^']);
const VALUES: ReadonlySet<string> = new Set(['sum', 'avg', 'stddev', 'stdvar', 'quantile']);

export const infoAsValue: Check = defineCheck({
  code: 'Q213',
  nodes: {
    BinaryExpr(node, query) {
      for (const [side, other] of [
        [node.lhs, node.rhs],
        [node.rhs, node.lhs],
      ] as const) {
        const origin = COMPARISONS.has(node.op) ? compared(node, side, other, query) : calculated(node, side, query);
        if (origin) return finding(side, origin, fixOf(node, side, other, origin, query));
      }
      return undefined;
    },
  },
});

/** Against a number that is not a roundabout way to say "it is there". */
function compared(node: BinaryExpr, side: Expr, other: Expr, query: Query): Origin | undefined {
  const limit = constantOf(query.of(other));
  if (limit === undefined) return undefined;
  const added = side.type === 'AggregateExpr' && VALUES.has(side.op) ? infoOf(side.expr, query) : undefined;
  if (added) return added;
  const harmless = (limit === 1 || limit === 0) && presenceOf(query.of(node)) !== 'never';
  return harmless ? undefined : infoOf(side, query);
}

/** `* on (…) group_left (…) info` joins labels; any other arithmetic calculates with a 1. */
function calculated(node: BinaryExpr, side: Expr, query: Query): Origin | undefined {
  if (!ARITHMETIC.has(node.op)) return undefined;
  // x / on (…) group_left (…) info joins as well as a product does
  return node.op === '/' && side === node.rhs && node.matching ? undefined : infoOf(side, query);
}

function infoOf(node: Expr, query: Query): Origin | undefined {
  const { sources } = query.of(node);
  return sources.every(({ kind, ranges }) => kind === 'info' && ranges.length === 0)
    ? sources[0]?.origins[0]
    : undefined;
}

function finding(node: Expr, origin: Origin, fix: Advice): Finding {
  return {
    node,
    message: `${seriesName(origin)} is an info metric: its value is always 1.`,
    why: 'What it has to say is in its labels, so calculating with its value says nothing.',
    fix,
    related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
  };
}

function fixOf(node: BinaryExpr, side: Expr, other: Expr, origin: Origin, query: Query): Advice {
  const count =
    side.type === 'AggregateExpr' ? aggregation('count', side.expr, side.grouping) : aggregation('count', side);
  const counted = advice`For the number of its series write ${instead(node, replaced(node, side, count), query)}`;
  const own = Object.keys(origin.metric?.labels ?? {});
  if (COMPARISONS.has(node.op))
    return own.length === 0 || side.type === 'AggregateExpr'
      ? advice`${counted}.`
      : advice`${counted}; to ask for what it says, match its label ${list(own, 'or')} instead.`;
  if (query.of(other).type === 'scalar')
    return advice`Leave the arithmetic out: ${instead(node, side, query)}. ${counted}.`;
  return advice`Leave it out: ${instead(node, other, query)}. To copy ${own.length > 0 ? list(own, 'or') : 'its labels'} to the result, multiply and name the label in \`group_left\`.`;
}
