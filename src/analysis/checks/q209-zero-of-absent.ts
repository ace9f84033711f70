import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { selectorsIn } from '../facts/selected-names.ts';
import { call, instead, operation } from '../rewrite.ts';
import { seriesName } from '../wording.ts';

export const zeroOfAbsent: Check = defineCheck({
  code: 'Q209',
  nodes: {
    BinaryExpr(node, query) {
      const limit = constantOf(query.of(node.rhs));
      const asksForNone =
        (limit === 0 && (node.op === '==' || node.op === '<=')) ||
        (limit !== undefined && limit > 0 && limit <= 1 && node.op === '<');
      if (!asksForNone || node.bool === true || looksForAbsence(query)) return undefined;
      const { sources } = query.of(node.lhs);
      const late = sources.every(
        ({ presence, origins }) =>
          presence === 'maybe' &&
          origins.length > 0 &&
          origins.every(({ metric }) => metric?.appearsOnFirstUse === true),
      );
      const origin = sources[0]?.origins[0];
      if (!late || !origin) return undefined;
      return {
        node,
        message: `${seriesName(origin)} has no series before its first event, so \`${node.op} ${limit}\` cannot see that there was none.`,
        why: 'Where there is no series there is nothing to compare, and the result is empty: the case that is looked for is the one that is missed.',
        fix: advice`${fixOf(node, query)} Or let the exporter start the series at 0.`,
        related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric?.position }],
      };
    },
  },
});

/** The case of absence is one of the selector: around anything else absent() has no labels. */
function fixOf(node: BinaryExpr, query: Query): Advice {
  const selector = selectorsIn(node.lhs)[0];
  if (!selector) return advice`Ask for absence as well.`;
  return advice`Ask for absence as well: ${instead(node, operation('or', node, call('absent', selector)), query)}.`;
}

const ABSENCE: ReadonlySet<string> = new Set(['absent', 'absent_over_time', 'vector']);

function looksForAbsence(query: Query): boolean {
  return query.facts.nodes.some(({ expr }: { readonly expr: Expr }) => expr.type === 'Call' && ABSENCE.has(expr.func));
}
