import type { Expr } from '../../promql/ast.ts';
import { aggregations } from '../../promql/aggregations.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { SEE_HISTOGRAMS } from '../facts/call.ts';
import { rated } from '../rated.ts';
import { call, instead, numeral, replaced } from '../rewrite.ts';
import { list } from '../wording.ts';

/** Aggregations that work on histograms; `min`, `topk` and the others leave them out. */
const SEE: ReadonlySet<string> = new Set(['sum', 'avg', 'count', 'group', 'count_values', 'limitk', 'limit_ratio']);
const FLOATS_ONLY: ReadonlySet<string> = new Set(['+', '-', '%', '^', '>', '<', '>=', '<=', '==', '!=', 'atan2']);

export const histogramSampleDropped: Check = defineCheck({
  code: 'Q234',
  nodes: {
    AggregateExpr(node, query) {
      const dropped = aggregations.has(node.op) && !SEE.has(node.op) && isHistogram(node.expr, query);
      return dropped ? finding(node, node.expr, `\`${node.op}\``, query) : undefined;
    },
    Call(node, query) {
      const argument = node.args.find((arg) => query.of(arg).type === 'vector' || query.of(arg).type === 'matrix');
      if (!argument || SEE_HISTOGRAMS.has(node.func) || !isHistogram(argument, query)) return undefined;
      return finding(node, argument, `\`${node.func}()\``, query);
    },
    BinaryExpr(node, query) {
      if (!FLOATS_ONLY.has(node.op)) return undefined;
      const [left, right] = [isHistogram(node.lhs, query), isHistogram(node.rhs, query)];
      if (left === right) return undefined;
      const [histogram, other] = left ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      const floats = query.of(other).sources.every(({ sample }) => sample === 'float');
      return floats ? finding(node, histogram, `\`${node.op}\` with a number`, query) : undefined;
    },
  },
});

function isHistogram(node: Expr, query: Query): boolean {
  const { sources } = query.of(node);
  return sources.every(({ sample, presence }) => sample === 'histogram' && presence !== 'never');
}

function finding(parent: Expr, node: Expr, what: string, query: Query): Finding {
  const names = query.of(node).sources.flatMap(({ origins }) => origins.flatMap(({ name }) => name ?? []));
  return {
    node,
    message: `${what} drops native histograms, and ${list(names)} is one: the result is always empty.`,
    why: 'A sample of a native histogram is a whole distribution, not a number. Prometheus drops it, with a note that nobody sees in a rule.',
    fix: fixOf(parent, node, query),
  };
}

/** A number made of the histogram; its own value is a counter, so of its rate. */
function fixOf(parent: Expr, node: Expr, query: Query): Advice | string {
  const rate = query.of(node).type === 'vector' ? rated(node, query) : undefined;
  if (!rate) return 'Make a number of it first, with `histogram_avg()` or `histogram_quantile()`.';
  const written = (by: Expr): ReturnType<typeof instead> => instead(parent, replaced(parent, node, by), query);
  return advice`For the mean write ${written(call('histogram_avg', rate))}; for a quantile ${written(call('histogram_quantile', numeral(0.9), rate))}.`;
}
