/** What other rooms want to know of a query's result, such as the unit of a panel and the labels of its legend. */
import type { UnitName } from '../metrics/units.ts';
import type { Facts } from './facts/facts.ts';
import { isClosed, possibleLabels } from './facts/labels.ts';
import { labelsOf } from './facts/source.ts';
import { livingSources } from './facts/source.ts';

export interface QueryDescription {
  /** Absent where it is not known, or where branches of an `or` differ. */
  readonly unit?: UnitName;
  /** Labels that tell the series of the result apart, in the order of the query; absent where they are not known. */
  readonly labels?: readonly string[];
}

/** What is known of a query from its facts. */
export function describe({ root }: Facts): QueryDescription {
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
