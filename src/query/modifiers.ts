/**
 * `offset` and `@`: looking at another moment. PromQL writes them on each selector and subquery; here they
 * are for whole expressions, and go where PromQL wants them.
 */
import type { AtModifier, DurationValue, Expr, SubqueryExpr, VectorSelector } from '../promql/ast.ts';
import { children, withChildren } from '../promql/walk.ts';
import { exprOf, queryAt } from './build.ts';
import { durationNode, offsetNode, type Examples, type Range } from './duration.ts';
import { movedOrigins } from './origins.ts';
import type { QueryValue } from './query.ts';
import { sampleOf, withSample } from './selectable.ts';
import { capturePosition } from '../source/position.ts';
import type { Samples } from './types.ts';
import { isVariableReference, variableNode, type VariableReference } from './variable.ts';

/** The moment of `at`: seconds since 1970, the start or end of the queried range, or a variable. */
export type Moment = number | 'start' | 'end' | VariableReference;

/**
 * The expression as it was some time ago: `offset(sum(rate(x)), '1w')` is `sum(rate(x[…] offset 1w))`.
 *
 * @param by how long ago; a negative one looks ahead
 * @throws TypeError where the expression asks for the time of evaluation, which no offset can move, or where
 *   a selector has an offset already that cannot be added up
 */
export function offset<Q extends Samples>(of: Q, by: Range<Examples>): Q {
  const more = offsetNode(by);
  return rewrite(of, offset, 'offset()', (node) =>
    node.at === undefined ? { ...node, offset: later(node.offset, more) } : node,
  );
}

/**
 * The expression as it was at one moment, whatever the time of evaluation.
 *
 * @throws TypeError where the expression asks for the time of evaluation, or the moment is no finite number
 */
export function at<Q extends Samples>(of: Q, moment: Moment): Q {
  const node = atNode(moment);
  return rewrite(of, at, 'at()', (selector) => (selector.at === undefined ? { ...selector, at: node } : selector));
}

/** The samples as `anchored` or `smoothed` ranges see them. Prometheus 3.x, `--enable-feature=promql-extended-range-selectors`. */
export function extended<Q extends Samples>(of: Q, how: 'anchored' | 'smoothed'): Q {
  const expr = exprOf(of, 'extended()');
  if (expr.type !== 'MatrixSelector' && expr.type !== 'VectorSelector') {
    throw new TypeError('extended() is for selectors: write rate(extended(x, "smoothed"), "5m").');
  }
  return rewrite(of, extended, 'extended()', (node) =>
    node.type === 'VectorSelector' ? { ...node, extended: how } : node,
  );
}

type Movable = VectorSelector | SubqueryExpr;

function atNode(moment: Moment): AtModifier {
  if (isVariableReference(moment)) return Object.freeze({ type: 'AtModifier', at: variableNode(moment.name) });
  if (moment === 'start' || moment === 'end') return Object.freeze({ type: 'AtModifier', at: moment });
  if (typeof moment !== 'number' || !Number.isFinite(moment)) {
    throw new TypeError(`at() needs seconds since 1970, "start", "end" or a variable, but got ${String(moment)}.`);
  }
  return Object.freeze({ type: 'AtModifier', at: Object.freeze({ milliseconds: Math.round(moment * 1000) }) });
}

function later(before: DurationValue | undefined, more: DurationValue): DurationValue {
  if (before === undefined) return more;
  if (before.type === 'Duration' && more.type === 'Duration') {
    return durationNode(before.milliseconds + more.milliseconds);
  }
  throw new TypeError(
    'offset() of an expression that has an offset with a variable already cannot be added up: write one offset.',
  );
}

function rewrite<Q extends QueryValue>(
  of: Q,
  callee: (...args: never[]) => unknown,
  what: string,
  change: (node: Movable) => Movable,
): Q {
  const before = exprOf(of, what);
  const expr = moved(before, what, change);
  const inner = { kind: 'query', expr, position: of.position, origins: movedOrigins(of.origins, before, expr) };
  return withSample(queryAt<Q>(expr, capturePosition(callee), [inner]), sampleOf(of));
}

function moved(node: Expr, what: string, change: (node: Movable) => Movable): Expr {
  // The inside of a subquery moves with the subquery.
  if (node.type === 'VectorSelector' || node.type === 'SubqueryExpr') return Object.freeze(change(node));
  if (node.type === 'Call' && CLOCKS.has(node.func) && node.args.length === 0) {
    throw new TypeError(
      `${what} cannot move ${node.func}(), which always is the time of evaluation: apply ${what} to the metrics inside.`,
    );
  }
  if (node.type === 'VariableExpr') throw new TypeError(`${what} cannot move what a dashboard variable stands for.`);
  return withChildren(
    node,
    children(node).map((child) => moved(child, what, change)),
  );
}

/** Functions that read the clock when they get no argument. */
const CLOCKS: ReadonlySet<string> = new Set([
  'time',
  'minute',
  'hour',
  'day_of_week',
  'day_of_month',
  'day_of_year',
  'days_in_month',
  'month',
  'year',
]);
