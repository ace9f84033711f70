/** What other rooms want to know of a query's result, such as the unit of a panel and the labels of its legend. */
import type { UnitName } from '../metrics/units.ts';
import type { Expr } from '../promql/ast.ts';
import { isClosed, possibleLabels } from './facts/labels.ts';
import { labelsOf } from './facts/source.ts';
import { livingSources } from './facts/source.ts';
import type { World } from './facts/world.ts';
import { knownFacts } from './known-facts.ts';

export interface QueryDescription {
  /** Absent where it is not known, or where branches of an `or` differ. */
  readonly unit?: UnitName;
  /** Labels that tell the series of the result apart, in the order of the query; absent where they are not known. */
  readonly labels?: readonly string[];
}

/** Makes the function that describes queries of a world. */
export function describe(world: World): (expr: Expr) => QueryDescription {
  const known = new WeakMap<Expr, QueryDescription>();
  return (expr) => {
    let description = known.get(expr);
    if (!description) known.set(expr, (description = describeOne(expr, world)));
    return description;
  };
}

function describeOne(expr: Expr, world: World): QueryDescription {
  const { root } = knownFacts(expr, world);
  const sources = livingSources(root.sources);
  const unit = sources[0]?.unit;
  const labels = labelsOf(root);
  const [only, more] = sources;
  const names = possibleLabels(labels);
  const telling = only && !more && only.key ? names.filter((name) => only.key?.has(name)) : names;
  return {
    ...(unit && sources.every((source) => source.unit === unit) ? { unit } : {}),
    ...(isClosed(labels) ? { labels: telling } : {}),
  };
}
