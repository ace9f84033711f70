import type { BinaryExpr, Expr, VectorSelector } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { Source } from '../facts/facts.ts';
import { constantOf } from '../facts/source.ts';
import { overRange, rated, usualRange } from '../rated.ts';
import { call, instead, replaced, seconds } from '../rewrite.ts';
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
    if (!counter) return [];
    return [finding(side, counter, (what) => `${what} is compared with ${limit}.`, fixOf(side, node, counter, query))];
  });
}

function drawn(query: Query): readonly Finding[] {
  const { place, expr } = query;
  if (place.type !== 'panel' || place.transformed === true) return [];
  const { sources } = query.of(expr);
  const counter = sources.every(isRaw) ? sources[0] : undefined;
  return counter
    ? [finding(expr, counter, (what) => `The panel draws ${what}.`, fixOf(expr, expr, counter, query))]
    : [];
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

function finding(node: Expr, source: Source, message: (what: string) => string, fix: Finding['fix']): Finding {
  const { origins, counter } = source;
  const name = origins[0] ? seriesName(origins[0]) : 'a counter';
  const mixed = node.type === 'AggregateExpr' ? `\`${node.op}()\` of raw values` : 'what is made of raw values';
  const text = message(`${counter === 'aggregated' ? mixed : 'the raw value'} of the counter ${name}`);
  return {
    node,
    message: text.charAt(0).toUpperCase() + text.slice(1),
    why: 'A counter only says how much there was since its process started: it grows for ever and falls to 0 at a restart.',
    fix,
    related: origins[0]?.metric?.position
      ? [{ message: `${name} is declared here`, position: origins[0].metric.position }]
      : [],
  };
}

const HOUR = 3600;

/** What to write for `node`, a counter's own value or something made of it; `whole` is `node` or its comparison. */
function fixOf(node: Expr, whole: Expr, { origins }: Source, query: Query): Advice {
  const [increase, rate] = [rated(node, query, 'increase', seconds(HOUR)), rated(node, query)];
  if (!increase || !rate) return fixOfSelector(origins[0]?.selector, query);
  const written = (by: Expr): ReturnType<typeof instead> => instead(whole, replaced(whole, node, by), query);
  // an increase is an estimate between samples: it takes rounding to be a whole number
  if (whole.type === 'BinaryExpr' && whole !== node && (whole.op === '==' || whole.op === '!='))
    return advice`For how much was added in an hour write ${written(call('round', increase))}.`;
  const limit = whole === node ? '' : ' Choose the limit for that time.';
  return advice`For how much was added in an hour write ${written(increase)}; for how much per second ${written(rate)}.${limit}`;
}

function fixOfSelector(selector: VectorSelector | undefined, query: Query): Advice {
  if (!selector) return advice`Take the rate of the counter first.`;
  const rate = overRange('rate', selector, usualRange(selector, query));
  return advice`For how much is added per second write ${instead(selector, rate, query)}.`;
}
