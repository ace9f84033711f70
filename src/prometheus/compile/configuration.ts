/** `prometheus.yml`: what is scraped, which rules run, who is told. */
import { printDuration } from '../../promql/duration.ts';
import type { ExporterModel } from '../../metrics/model.ts';
import type { ResolvedOptions } from './options.ts';
import { sorted, yamlFile } from './yaml.ts';

/**
 * The configuration of a Prometheus that scrapes these exporters. An exporter without targets gets a file of
 * targets that Prometheus reads when it exists, so that addresses can be added where they are known.
 */
export function prometheusConfiguration(exporters: readonly ExporterModel[], options: ResolvedOptions): string {
  const { scrapeInterval, evaluationInterval, externalLabels, alertmanagers } = options;
  return yamlFile({
    global: {
      scrape_interval: printDuration(scrapeInterval),
      evaluation_interval: printDuration(evaluationInterval),
      ...(Object.keys(externalLabels).length === 0 ? {} : { external_labels: sorted(externalLabels) }),
    },
    // A pattern and not a list: a rule file that is added needs no change here.
    rule_files: ['rules/*.yaml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] },
    scrape_configs: jobs(exporters).map((job) => scrapeJob(job, options)),
  });
}

/** Exporters of one job are scraped together. */
function jobs(exporters: readonly ExporterModel[]): readonly ExporterModel[] {
  const byJob = new Map<string, ExporterModel>();
  for (const exporter of exporters) {
    const earlier = byJob.get(exporter.job);
    const targets = [...new Set([...(earlier?.targets ?? []), ...(exporter.targets ?? [])])];
    byJob.set(exporter.job, { ...(earlier ?? exporter), ...(targets.length === 0 ? {} : { targets }) });
  }
  return [...byJob.values()].toSorted((a, b) => (a.job < b.job ? -1 : 1));
}

function scrapeJob(exporter: ExporterModel, options: ResolvedOptions): unknown {
  const { job, scrapeIntervalSeconds, metricsPath, honorLabels, targets = [] } = exporter;
  const interval = Math.round(scrapeIntervalSeconds * 1000);
  return {
    job_name: job,
    ...(interval === options.scrapeInterval ? {} : { scrape_interval: printDuration(interval) }),
    ...(metricsPath === undefined ? {} : { metrics_path: metricsPath }),
    ...(honorLabels === true ? { honor_labels: true } : {}),
    ...(targets.length === 0
      ? { file_sd_configs: [{ files: [`targets/${job}.yaml`, `targets/${job}.json`] }] }
      : { static_configs: [{ targets }] }),
  };
}
