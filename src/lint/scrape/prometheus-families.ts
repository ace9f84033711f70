/** Which series names of a Prometheus belong to one metric. */
import type { MetricKind } from '../../metrics/model.ts';
import type { FamilyType } from './exposition.ts';
import { KINDS } from './metric-models.ts';
import type { MetricMetadata } from './prometheus-client.ts';

export interface StoredFamily {
  readonly name: string;
  readonly kind: MetricKind;
  /** One of its series names: that of the buckets of a histogram. */
  readonly series: string;
  readonly metadata?: MetricMetadata;
}

/** Endings of the series of a family, the one with the most labels first. */
const SERIES: Partial<Record<MetricKind, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count', ''],
  summary: ['', '_sum', '_count'],
};

/** Written by Prometheus itself for every scrape and alert, without metadata. */
const SYNTHETIC: ReadonlySet<string> = new Set(
  (
    'up scrape_duration_seconds scrape_samples_scraped scrape_samples_post_metric_relabeling scrape_series_added ' +
    'scrape_timeout_seconds scrape_sample_limit scrape_body_size_bytes ALERTS ALERTS_FOR_STATE'
  ).split(' '),
);

/**
 * @param names of all series
 * @param metadata by family; names that none explains (recording rules, federation) stand for themselves
 */
export function familiesOf(
  names: readonly string[],
  metadata: Readonly<Record<string, readonly MetricMetadata[]>>,
): readonly StoredFamily[] {
  const left = new Set(names);
  const families: StoredFamily[] = [];
  for (const [described, [first]] of Object.entries(metadata)) {
    if (first === undefined) continue;
    const declared = KINDS[first.type as FamilyType] ?? 'untyped';
    // OpenMetrics describes a counter by its name without _total, an info metric without _info.
    const name =
      [`${described}_total`, `${described}_info`].find((full) => left.has(full) && !left.has(described)) ?? described;
    const present = (SERIES[declared] ?? ['']).map((suffix) => name + suffix).filter((one) => left.delete(one));
    const series = present.at(0);
    if (series === undefined) continue;
    // A histogram without buckets is stored as a native one.
    const kind = declared === 'histogram' && series === name ? 'nativeHistogram' : declared;
    families.push({ name, kind, series, metadata: first });
  }
  for (const name of left) families.push({ name, kind: SYNTHETIC.has(name) ? 'gauge' : 'untyped', series: name });
  return families;
}
