import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { RATES } from '../facts/call.ts';

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
        fix: `Turn it round: \`sum(${node.func}(…))\`, with the rate of each series inside.`,
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
  return name === undefined ? undefined : { what: `\`${name}\`, a recorded sum of counters,` };
}
