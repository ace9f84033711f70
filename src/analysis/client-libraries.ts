/** What client libraries do to the names that programs give their metrics. */
import type { MetricModel } from '../metrics/model.ts';

export interface Naming {
  /** The library, as its users call it. */
  readonly name: string;
  /** Suffixes that it adds to counters and info metrics that lack them; none: names stay as they are written. */
  readonly adds: readonly ('_total' | '_info')[];
}

/**
 * prom-client (Node.js) stands in neither group: it leaves names alone in the text format and adds `_total` in
 * OpenMetrics.
 *
 * Source: the documentation and the exposition code of each library.
 */
const LIBRARIES: readonly (readonly [pattern: RegExp, Naming])[] = [
  [
    /client[_-]?python|python[_-]?client|prometheus[_-]client$|^python/i,
    { name: 'client_python', adds: ['_total', '_info'] },
  ],
  [/client[_-]?java|simpleclient|^java/i, { name: 'client_java', adds: ['_total', '_info'] }],
  [/micrometer/i, { name: 'Micrometer', adds: ['_total'] }],
  [/client[_-]?rust|^rust/i, { name: 'client_rust', adds: ['_total', '_info'] }],
  [/client[_-]?golang|^go(?:lang)?$/i, { name: 'client_golang', adds: [] }],
];

/** How the library of a metric's exporter names things; `undefined` where that is not known. */
export function namingOf({ exporter }: MetricModel): Naming | undefined {
  const library = exporter?.clientLibrary;
  if (library === undefined) return undefined;
  return LIBRARIES.find(([pattern]) => pattern.test(library))?.[1];
}
