import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { Source } from '../facts/facts.ts';
import { constantOf } from '../facts/source.ts';
import { seriesName } from '../wording.ts';
import { COMPARISONS } from '../facts/binary.ts';

/**
 * A counter's own value in a comparison with a number, or drawn in a panel. A recorded or summed value is not
 * reported where it is made: what is done with it decides.
 */
export const rawCounter: Check = defineCheck({
  code: 'Q201',
  query(query) {
    const compared = query.facts.nodes.flatMap(({ expr }) =>
      expr.type === 'BinaryExpr' ? inComparison(expr, query) : [],
    );
    return compared.length > 0 ? compared : drawn(query);
  },
});

function inComparison(node: BinaryExpr, query: Query): readonly Finding[] {
  if (!COMPARISONS.has(node.op)) return [];
  const sides: readonly (readonly [Expr, Expr])[] = [
    [node.lhs, node.rhs],
    [node.rhs, node.lhs],
  ];
  return sides.flatMap(([side, other]) => {
    const limit = constantOf(query.of(other));
    // whether anything was counted at all is a fair question
    const asked = limit === 0 && (node.op === '==' || node.op === '!=');
    const counter = limit === undefined || asked ? undefined : rawSource(side, query);
    return counter ? [finding(side, counter, `is compared with ${limit}`)] : [];
  });
}

function drawn(query: Query): readonly Finding[] {
  const { place, expr } = query;
  if (place.type !== 'panel' || place.transformed === true) return [];
  const { sources } = query.of(expr);
  const counter = sources.every(isRaw) ? sources[0] : undefined;
  return counter ? [finding(expr, counter, 'is drawn')] : [];
}

function rawSource(node: Expr, query: Query): Source | undefined {
  // a ratio of totals is Q229's, where it is a mean
  if (node.type === 'BinaryExpr' && node.op === '/') return undefined;
  const { sources } = query.of(node);
  return sources.every(isRaw) ? sources[0] : undefined;
}

/** Series that passed a set operator are new, gone or chosen ones, and their value is beside the point. */
function isRaw({ counter, conditions, sample, ranges }: Source): boolean {
  return counter !== undefined && ranges.length === 0 && sample === 'float' && !conditions.some(isSetOperator);
}

function isSetOperator(node: Expr): boolean {
  return node.type === 'BinaryExpr' && (node.op === 'and' || node.op === 'unless');
}

function finding(node: Expr, { origins, counter }: Source, what: string): Finding {
  const name = origins[0] ? seriesName(origins[0]) : 'a counter';
  const subject =
    counter === 'aggregated'
      ? `What is calculated from raw values of the counter ${name}`
      : `The raw value of the counter ${name}`;
  return {
    node,
    message: `${subject} ${what}.`,
    why: 'A counter only says how much there was since its process started: it grows for ever and falls to 0 at a restart.',
    fix: `Ask how fast it grows, \`rate(…[5m])\`, or by how much in a while, \`increase(…[1h])\`.`,
    related: origins[0]?.metric?.position
      ? [{ message: `${name} is declared here`, position: origins[0].metric.position }]
      : [],
  };
}
