import type { Expr } from '../promql/ast.ts';
import type { Facts } from './facts/facts.ts';
import { infer } from './facts/infer.ts';
import type { World } from './facts/world.ts';

/** Gives the facts of a query. */
export type FactsOf = (expr: Expr) => Facts;

/**
 * Finds out the facts of each query once: describing a query for its panel and checking it need the same.
 *
 * @param world must not change any more
 */
export function rememberFacts(world: World): FactsOf {
  const known = new Map<Expr, Facts>();
  return (expr) => {
    let facts = known.get(expr);
    if (!facts) known.set(expr, (facts = infer(expr, world)));
    return facts;
  };
}
