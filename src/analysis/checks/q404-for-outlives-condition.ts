import type { Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { instead, replaced, seconds as ofSeconds } from '../rewrite.ts';
import { duration } from '../wording.ts';

/** What one event makes of the value: a count of events, or events per second of the range. */
const ONE_EVENT: Readonly<Record<string, (seconds: number) => number>> = {
  rate: (seconds) => 1 / seconds,
  increase: () => 1,
  changes: () => 1,
  resets: () => 1,
};

export const forOutlivesCondition: Check = defineCheck({
  code: 'Q404',
  query(query) {
    const { place } = query;
    if (place.type !== 'alert' || !place.forSeconds) return undefined;
    for (const condition of conditionsOf(query.expr)) {
      const seconds = lifeOfOneEvent(condition, query);
      if (seconds === undefined || place.forSeconds < seconds) continue;
      return {
        node: condition,
        message: `A single event holds this condition for ${duration(seconds)}, but the alert waits ${duration(place.forSeconds)} (\`for\`).`,
        why: `Once the event has left the range of ${duration(seconds)} the condition is gone and the wait starts anew, so only events that keep coming make the alert fire.`,
        fix: advice`If one event should be enough, make \`for\` shorter than ${duration(seconds)}${longer(condition, place.forSeconds, query)}. If "keeps happening" is meant, leave it.`,
      };
    }
    return undefined;
  },
});

/** The condition with a range that holds it longer than the alert waits, where one event is still enough then. */
function longer(condition: Expr, wait: number, query: Query): Advice | string {
  const side = condition.type === 'BinaryExpr' ? query.of(condition.lhs).sources[0]?.ranges[0] : undefined;
  const [range] = side?.node.type === 'Call' ? side.node.args : [];
  const limit = condition.type === 'BinaryExpr' ? constantOf(query.of(condition.rhs)) : undefined;
  if (range?.type !== 'MatrixSelector' || limit !== 0) return '';
  const wider = { ...range, range: ofSeconds(Math.ceil(wait / 40) * 60) };
  return advice`, or look back longer: ${instead(condition, replaced(condition, range, wider), query)}`;
}

/** The comparisons on which the alert depends: the parts of `and`, `or` and the left side of `unless`. */
function conditionsOf(expr: Expr): readonly Expr[] {
  if (expr.type !== 'BinaryExpr') return [];
  if (expr.op === 'and' || expr.op === 'or') return [...conditionsOf(expr.lhs), ...conditionsOf(expr.rhs)];
  if (expr.op === 'unless') return conditionsOf(expr.lhs);
  return [expr];
}

/** Seconds for which a single event holds the condition; `undefined` where one is not enough, or that is not known. */
function lifeOfOneEvent(expr: Expr, query: Query): number | undefined {
  if (expr.type !== 'BinaryExpr' || (expr.op !== '>' && expr.op !== '>=')) return undefined;
  const limit = constantOf(query.of(expr.rhs));
  if (limit === undefined) return undefined;
  const lives = query.of(expr.lhs).sources.map(({ ranges }) => {
    const [only, more] = ranges;
    const value = only?.seconds === undefined || more ? undefined : ONE_EVENT[only.func]?.(only.seconds);
    const enough = value !== undefined && (expr.op === '>' ? value > limit : value >= limit);
    return enough ? only?.seconds : undefined;
  });
  return lives.every((life) => life !== undefined) ? Math.max(...lives) : undefined;
}
