/** Histograms and their parts, for the fixes of several checks. */
import type { Call, Expr, VectorSelector } from '../promql/ast.ts';
import type { MetricModel } from '../metrics/model.ts';
import { advice, type Advice } from './advice.ts';
import type { Query } from './check.ts';
import { METRIC_NAME } from './facts/labels.ts';
import { overRange, usualRange } from './rated.ts';
import { call, instead, numeral, operation, renamed } from './rewrite.ts';

/** The fix for a selector of a name that only the parts of a histogram or summary have. */
export function fixOfBareHistogram(node: VectorSelector, { name, kind }: MetricModel, query: Query): Advice {
  const range = query.parentOf(node);
  if (range?.type === 'MatrixSelector')
    return advice`Write ${renamed(node, `${name}_count`, query)} for how many there were, or ${renamed(node, `${name}_sum`, query)} for their total.`;
  const matchers = node.matchers.filter((matcher) => matcher.name !== METRIC_NAME);
  const part = (ending: string): VectorSelector => ({ ...node, matchers, name: name + ending });
  const rate = (ending: string): Expr => overRange('rate', part(ending), usualRange(part(ending), query));
  const mean = instead(node, operation('/', rate('_sum'), rate('_count')), query);
  if (kind !== 'histogram') return advice`For the mean write ${mean}.`;
  const quantile = instead(node, call('histogram_quantile', numeral(0.9), rate('_bucket')), query);
  return advice`For the mean write ${mean}; for a quantile ${quantile}.`;
}

/** The call that works out a quantile of what a node selects. */
export function quantileAbove(node: Expr, query: Query): Call | undefined {
  const above = query.parentOf(node);
  if (above?.type === 'Call' && above.func === 'histogram_quantile') return above;
  return above && quantileAbove(above, query);
}
