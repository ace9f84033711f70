/** A query as plain data: a metric that is used as a query is a function, too. */
import type { QueryValue } from '../../query/query.ts';

export function queryValue({ kind, expr, position, origins }: QueryValue): QueryValue {
  return Object.freeze({ kind, expr, position, origins });
}
