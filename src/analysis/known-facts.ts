import type { Expr } from '../promql/ast.ts';
import type { Facts } from './facts/facts.ts';
import { infer } from './facts/infer.ts';
import type { World } from './facts/world.ts';

const known = new WeakMap<World, WeakMap<Expr, Facts>>();

/**
 * The facts of a query, found out once: describing a query for its panel and checking it need the same.
 *
 * @param world must not change any more
 */
export function knownFacts(expr: Expr, world: World): Facts {
  let ofWorld = known.get(world);
  if (!ofWorld) known.set(world, (ofWorld = new WeakMap()));
  let facts = ofWorld.get(expr);
  if (!facts) ofWorld.set(expr, (facts = infer(expr, world)));
  return facts;
}
