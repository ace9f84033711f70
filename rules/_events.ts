/** Counting events of counters that do not exist before the first one. */
import { gt, increase, offset, or, unless, type Duration, type Vector } from 'dashwright';

/**
 * How often something happened, for counters whose series are born with the value 1: increase() sees no rise
 * in that, so a series that was not there at the start of the range counts as it is.
 */
export function happened<L extends string, N extends string>(
  of: Vector<L, 'counter', 'count', N>,
  over: Duration,
): Vector<L, 'gauge', 'count', N> {
  // Which labels there are is the caller's business; here all are possible.
  const all = of as Vector as Vector<string, 'counter', 'count'>;
  const events: Vector = or(gt(increase(all, over), 0), unless(all, offset(all, over)));
  return events as Vector<L, 'gauge', 'count', N>;
}
