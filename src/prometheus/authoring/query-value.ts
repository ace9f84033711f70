import { isQuery, noQuery } from '../../query/build.ts';
import type { QueryValue } from '../../query/query.ts';

/**
 * A query as plain data: a metric that is used as a query is a function, too.
 *
 * @param rule whose query it is, for the message
 * @throws TypeError where it is no query
 */
export function queryValue(query: QueryValue, rule: string): QueryValue {
  if (!isQuery(query)) throw noQuery(query, rule, 'a query');
  const { kind, expr, position, origins } = query;
  return Object.freeze({ kind, expr, position, origins });
}
