/** Series that Prometheus itself makes: they exist without being in any catalogue. */

/** Source: prometheus.io/docs/concepts/jobs_instances, "Automatically generated labels and time series"; alerts. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_post_metric_relabeling',
  'scrape_samples_scraped',
  'scrape_series_added',
  'scrape_timeout_seconds',
  'scrape_sample_limit',
  'scrape_body_size_bytes',
  'ALERTS',
  'ALERTS_FOR_STATE',
]);

/** Whether Prometheus makes the series by itself. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name);
}
