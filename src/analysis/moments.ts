/** Moments compared with numbers that can only be lengths of time: two checks share the fact. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import { COMPARISONS } from './facts/binary.ts';
import { constantOf } from './facts/source.ts';
import { isMoment, unitOf } from './unit-faults.ts';

export interface MomentFault {
  readonly side: Expr;
  readonly limit: number;
  readonly perSecond: number;
}

/** 9 September 2001 in seconds since 1970: no moment that is monitored lies before it. */
const FIRST_MOMENT = 1e9;

/** A moment compared with a number above 1 that is no moment. 0 and 1 say "never" and "at all". */
export function momentAgainstDuration(node: BinaryExpr, query: Query): MomentFault | undefined {
  if (!COMPARISONS.has(node.op)) return undefined;
  const [left, right] = [constantOf(query.of(node.lhs)), constantOf(query.of(node.rhs))];
  const [side, limit] = left === undefined ? [node.lhs, right] : [node.rhs, left];
  const unit = unitOf(query.of(side));
  if (limit === undefined || unit === undefined || !isMoment(unit)) return undefined;
  const perSecond = unit === 'timestamp_milliseconds' ? 1000 : 1;
  return limit > 1 && limit < FIRST_MOMENT * perSecond ? { side, limit, perSecond } : undefined;
}
