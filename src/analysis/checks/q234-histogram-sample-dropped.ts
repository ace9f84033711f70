import type { Expr } from '../../promql/ast.ts';
import { aggregations } from '../../promql/aggregations.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { SEE_HISTOGRAMS } from '../facts/call.ts';
import { list } from '../wording.ts';

/** Aggregations that work on histograms; `min`, `topk` and the others leave them out. */
const SEE: ReadonlySet<string> = new Set(['sum', 'avg', 'count', 'group', 'count_values', 'limitk', 'limit_ratio']);
const FLOATS_ONLY: ReadonlySet<string> = new Set(['+', '-', '%', '^', '>', '<', '>=', '<=', '==', '!=', 'atan2']);

export const histogramSampleDropped: Check = defineCheck({
  code: 'Q234',
  nodes: {
    AggregateExpr(node, query) {
      const dropped = aggregations.has(node.op) && !SEE.has(node.op) && isHistogram(node.expr, query);
      return dropped ? finding(node.expr, `\`${node.op}\``, query) : undefined;
    },
    Call(node, query) {
      const argument = node.args.find((arg) => query.of(arg).type === 'vector' || query.of(arg).type === 'matrix');
      if (!argument || SEE_HISTOGRAMS.has(node.func) || !isHistogram(argument, query)) return undefined;
      return finding(argument, `\`${node.func}()\``, query);
    },
    BinaryExpr(node, query) {
      if (!FLOATS_ONLY.has(node.op)) return undefined;
      const [left, right] = [isHistogram(node.lhs, query), isHistogram(node.rhs, query)];
      if (left === right) return undefined;
      const [histogram, other] = left ? [node.lhs, node.rhs] : [node.rhs, node.lhs];
      const floats = query.of(other).sources.every(({ sample }) => sample === 'float');
      return floats ? finding(histogram, `\`${node.op}\` with a number`, query) : undefined;
    },
  },
});

function isHistogram(node: Expr, query: Query): boolean {
  const { sources } = query.of(node);
  return sources.every(({ sample, presence }) => sample === 'histogram' && presence !== 'never');
}

function finding(node: Expr, what: string, query: Query): Finding {
  const names = query.of(node).sources.flatMap(({ origins }) => origins.flatMap(({ name }) => name ?? []));
  return {
    node,
    message: `${what} leaves native histograms out, and ${list(names)} is one: the result is always empty.`,
    why: 'A sample of a native histogram is a whole distribution, not a number. Prometheus drops it here, with a note that nobody sees in a rule.',
    fix: 'Take a number out of it first: `histogram_quantile()`, `histogram_avg()`, `histogram_sum()` or `histogram_count()`.',
  };
}
