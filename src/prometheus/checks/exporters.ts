/** Exporters that share a scrape job must agree on how they are scraped. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ExporterModel } from '../../metrics/model.ts';
import { ruleDiagnostic } from './codes.ts';

export function checkExporters(exporters: readonly ExporterModel[]): readonly Diagnostic[] {
  const first = new Map<string, ExporterModel>();
  return exporters.flatMap((exporter) => {
    const earlier = first.get(exporter.job);
    if (earlier === undefined) {
      first.set(exporter.job, exporter);
      return [];
    }
    const differing = SCRAPE_FIELDS.filter((field) => earlier[field] !== exporter[field]);
    if (differing.length === 0) return [];
    return [
      ruleDiagnostic('R765', {
        message: `The exporters \`${earlier.name}\` and \`${exporter.name}\` have the same job \`${exporter.job}\`, but not the same ${differing.join(', ')}.`,
        why: 'A job is scraped in one way; Prometheus refuses a configuration with two jobs of one name.',
        fix: 'Give one of them another job, or make them agree.',
        where: [`job "${exporter.job}"`],
      }),
    ];
  });
}

const SCRAPE_FIELDS = ['scrapeIntervalSeconds', 'metricsPath', 'honorLabels'] as const;
