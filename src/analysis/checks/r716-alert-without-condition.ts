import type { Expr } from '../../promql/ast.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { branchesOf } from '../conditions.ts';
import { instead, numeral, operation } from '../rewrite.ts';

/** Series that Prometheus writes only while an alert is on. */
const ONLY_WHILE_ON: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

export const alertWithoutCondition: Check = defineCheck({
  code: 'R716',
  query(query) {
    if (query.place.type !== 'alert' || branchesOf(query).some(({ conditional }) => conditional)) return undefined;
    if (isMeant(query)) return undefined;
    const bool = boolIn(query.expr);
    if (bool) {
      const { bool: _bool, ...filter } = bool;
      return {
        node: bool,
        span: bool.opSpan,
        message: 'The alert always fires: `bool` makes the comparison a number.',
        why: 'With `bool` a comparison gives 1 or 0 for every series and filters none out. An alert fires for every series that is there, whatever its value.',
        fix: advice`Leave it out: ${instead(bool, filter, query)}.`,
      };
    }
    return {
      node: query.expr,
      message: 'The alert has no condition: it fires for every series that there is.',
      why: 'An alert fires for each series of the result, whatever its value, 0 included.',
      fix: advice`Compare with a limit, such as ${instead(query.expr, operation('>', query.expr, numeral(0)), query)}.`,
    };
  },
});

/**
 * A heartbeat such as `vector(1)`, and series whose mere existence is the alarm: those that are known to appear with
 * it, and unknown ones that are picked by a pattern.
 */
function isMeant({ of, expr }: Query): boolean {
  if (expr.type === 'VectorSelector' && expr.matchers.some(({ op }) => op === '=~')) {
    if (of(expr).sources.every(({ origins }) => origins.every(({ metric }) => metric === undefined))) return true;
  }
  return of(expr).sources.every(
    ({ kind, origins, presence }) =>
      kind === 'number' ||
      presence === 'never' ||
      (origins.length > 0 &&
        origins.every(({ name, metric }) => ONLY_WHILE_ON.has(name ?? '') || metric?.appearsOnFirstUse === true)),
  );
}

/** The comparison with `bool` that decides the value of the alert. */
function boolIn(node: Expr): Extract<Expr, { readonly type: 'BinaryExpr' }> | undefined {
  if (node.type === 'AggregateExpr' || node.type === 'UnaryExpr') return boolIn(node.expr);
  if (node.type !== 'BinaryExpr') return undefined;
  return node.bool === true ? node : (boolIn(node.lhs) ?? boolIn(node.rhs));
}
