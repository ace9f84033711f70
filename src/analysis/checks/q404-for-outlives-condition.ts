import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { duration } from '../wording.ts';

/** One event is enough to pass these limits. */
const SMALL = 1;
const COUNTS_EVENTS: ReadonlySet<string> = new Set(['rate', 'increase', 'irate', 'changes', 'resets']);

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
        fix: `If one event should be enough, shorten \`for\` or take a range longer than ${duration(place.forSeconds)}. If it means "keeps happening", leave it.`,
      };
    }
    return undefined;
  },
});

/** The comparisons on which the alert depends: the parts of `and`, `or` and the left side of `unless`. */
function conditionsOf(expr: Expr): readonly Expr[] {
  if (expr.type !== 'BinaryExpr') return [];
  if (expr.op === 'and' || expr.op === 'or') return [...conditionsOf(expr.lhs), ...conditionsOf(expr.rhs)];
  if (expr.op === 'unless') return conditionsOf(expr.lhs);
  return [expr];
}

function lifeOfOneEvent(expr: Expr, query: Query): number | undefined {
  if (expr.type !== 'BinaryExpr' || (expr.op !== '>' && expr.op !== '>=')) return undefined;
  const limit = constantOf(query.of(expr.rhs));
  if (limit === undefined || limit > SMALL || (limit === SMALL && expr.op === '>')) return undefined;
  const lives = query.of(expr.lhs).sources.map(({ ranges }) => {
    const [only, more] = ranges;
    return only && !more && COUNTS_EVENTS.has(only.func) ? only.seconds : undefined;
  });
  return lives.every((life) => life !== undefined) ? Math.max(...lives) : undefined;
}
