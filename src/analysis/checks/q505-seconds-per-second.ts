import type { Expr } from '../../promql/ast.ts';
import { children } from '../../promql/walk.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { panelUnitFault } from '../panel-unit-faults.ts';
import { instead, replaced, scaledBy } from '../rewrite.ts';

export const secondsPerSecond: Check = defineCheck({
  code: 'Q505',
  query(query) {
    const fault = panelUnitFault(query);
    if (fault?.code !== 'Q505') return undefined;
    return {
      part: { part: 'unit' },
      message: `The rate of a time is no time: the panel's unit \`${fault.id}\` does not fit.`,
      why: 'Seconds per second are a share of the time: 0.5 means that half of every second was spent, not half a second.',
      fix: fixOf(fault.panel.factor, query),
    };
  },
});

/** A sum of shares can pass 1, so it is a number: of cores, where the time is that of processors. */
function fixOf(factor: number, query: Query): Advice {
  const { expr } = query;
  const unit = isAddedUp(expr)
    ? 'Set the unit `none`: a sum of 2 means that two are busy all the time'
    : 'Set the unit `percentunit`, which shows 0.5 as 50%';
  const rate = rateIn(expr);
  return rate
    ? advice`${unit}. For the time spent in each interval write ${instead(expr, scaledBy(replaced(expr, rate, { ...rate, func: 'increase' }), 1 / factor), query)}.`
    : advice`${unit}.`;
}

function isAddedUp(node: Expr): boolean {
  return (node.type === 'AggregateExpr' && node.op === 'sum') || children(node).some(isAddedUp);
}

function rateIn(node: Expr): Extract<Expr, { readonly type: 'Call' }> | undefined {
  if (node.type === 'Call' && node.func === 'rate') return node;
  return children(node)
    .map(rateIn)
    .find((found) => found !== undefined);
}
