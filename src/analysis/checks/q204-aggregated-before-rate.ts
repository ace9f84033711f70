import type { Call, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { RATES } from '../facts/call.ts';
import { rated } from '../rated.ts';
import { instead } from '../rewrite.ts';

/** `max` and `min` pick one of several copies of the same counter, which keeps its restarts in sight. */
const MIXES: ReadonlySet<string> = new Set(['sum', 'avg']);

export const aggregatedBeforeRate: Check = defineCheck({
  code: 'Q204',
  nodes: {
    Call(node, query) {
      const [range] = node.args;
      if (!RATES.has(node.func) || !range) return undefined;
      const mixed = mixedIn(range, query);
      if (!mixed) return undefined;
      return {
        node,
        message: `\`${node.func}()\` of ${mixed.what} takes the restart of one instance for a restart of all.`,
        why: `When one counter starts at 0 again the sum falls a little, and \`${node.func}()\` adds all that was there before: a huge spike that never happened.`,
        fix: fixOf(node, range, query),
        ...(mixed.node ? { related: [{ message: 'the series are added up here', node: mixed.node }] } : {}),
      };
    },
  },
});

interface Mixed {
  readonly what: string;
  readonly node?: Expr;
}

function mixedIn(range: Expr, query: Query): Mixed | undefined {
  const { sources } = query.of(range);
  if (range.type === 'SubqueryExpr') {
    const mix = range.expr;
    const direct = sources.every(
      ({ ranges, kind, counter, sample }) =>
        ranges.length === 0 && sample !== 'histogram' && (counter !== undefined || kind === 'unknown'),
    );
    return direct && mix.type === 'AggregateExpr' && MIXES.has(mix.op) ? { what: `a ${mix.op}`, node: mix } : undefined;
  }
  const recorded = sources.find(({ counter, origins }) => counter === 'aggregated' && origins[0]?.metric?.recordedBy);
  const name = recorded?.origins[0]?.name;
  const by = recorded?.origins[0]?.metric?.recordedBy;
  return name === undefined || !by ? undefined : { what: `\`${name}\`, which is recorded as \`${by.expr}\`,` };
}

/** The rate of each series first, and the sum of the rates. */
function fixOf(node: Call, range: Expr, query: Query): Advice | string {
  const shifted = range.type === 'SubqueryExpr' && (range.offset ?? range.at);
  const mixed = shifted
    ? undefined
    : range.type === 'SubqueryExpr'
      ? range.expr
      : range.type === 'MatrixSelector' && range.selector;
  const turned = mixed && 'range' in range && rated(mixed, query, node.func, range.range);
  return turned
    ? advice`Take the rate of each series first: ${instead(node, turned, query)}.`
    : `Take \`${node.func}()\` of each series first, and add up what it gives.`;
}
