import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { instead, numeral, operation, replaced } from '../rewrite.ts';
import { seriesName } from '../wording.ts';
import { RATES } from '../facts/call.ts';

export const firstIncrementMissed: Check = defineCheck({
  code: 'Q212',
  nodes: {
    BinaryExpr(node, query) {
      if (node.op !== '>' || constantOf(query.of(node.rhs)) !== 0 || looksForNewSeries(query) || isDivisor(node, query))
        return undefined;
      const { sources } = query.of(node.lhs);
      const late = sources.every(
        ({ ranges, origins }) =>
          RATES.has(ranges[0]?.func ?? '') &&
          origins.length > 0 &&
          origins.every(({ metric }) => metric?.appearsOnFirstUse === true),
      );
      const origin = sources[0]?.origins[0];
      if (!late || !origin) return undefined;
      return {
        node,
        message: `The first event of a new series of ${seriesName(origin)} is not seen.`,
        why: 'Its series is born with the value 1. There is no sample of 0 before it, so there is no increase.',
        fix: fixOf(node, query),
        related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
      };
    },
  },
});

function fixOf(node: BinaryExpr, query: Query): Advice {
  const start = advice`Let the exporter start every series at 0`;
  const inner = node.lhs.type === 'AggregateExpr' ? node.lhs.expr : node.lhs;
  const [range] = inner.type === 'Call' && RATES.has(inner.func) ? inner.args : [];
  if (range?.type !== 'MatrixSelector' || range.selector.offset || range.selector.at)
    return advice`${start}, or ask for new series as well with \`unless\` and \`offset\`.`;
  const { selector } = range;
  const fresh = operation('unless', selector, { ...selector, offset: range.range });
  const counted = operation('>', replaced(node.lhs, inner, fresh), numeral(0));
  return advice`${start}, or ask for new series as well: ${instead(node, operation('or', node, counted), query)}.`;
}

/** `x unless x offset 5m` is true for series that are new. */
function looksForNewSeries(query: Query): boolean {
  return query.facts.nodes.some(
    ({ expr }) =>
      expr.type === 'BinaryExpr' &&
      expr.op === 'unless' &&
      expr.rhs.type === 'VectorSelector' &&
      expr.rhs.offset !== undefined,
  );
}

/** `x / (y > 0)` keeps out what cannot be divided by, and waits for nothing. */
function isDivisor(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  return parent?.type === 'BinaryExpr' && parent.op === '/' && parent.rhs === node;
}
