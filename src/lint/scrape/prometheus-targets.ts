/** Exporters of a catalogue from the targets that a Prometheus scrapes. */
import { own } from '../../metrics/own.ts';
import type { ExporterModel, LabelModel } from '../../metrics/model.ts';
import { parseDuration } from '../../promql/duration.ts';
import type { ActiveTarget } from './prometheus-client.ts';

/** One exporter for each job, with the labels that its targets get. */
export function exportersOf(targets: readonly ActiveTarget[]): ReadonlyMap<string, ExporterModel> {
  const byJob = new Map<string, ActiveTarget[]>();
  for (const target of targets) {
    const job = target.labels['job'] ?? target.scrapePool ?? '';
    byJob.set(job, [...(byJob.get(job) ?? []), target]);
  }
  const exporters = new Map<string, ExporterModel>();
  for (const [job, members] of byJob) {
    const interval = members[0]?.scrapeInterval;
    if (interval === undefined) continue;
    const scrapeIntervalSeconds = parseDuration(interval) / 1000;
    exporters.set(job, { name: job, job, scrapeIntervalSeconds, targetLabels: targetLabels(members) });
  }
  return exporters;
}

function targetLabels(targets: readonly ActiveTarget[]): Readonly<Record<string, LabelModel>> {
  const names = new Set(targets.flatMap(({ labels }) => Object.keys(labels)));
  names.delete('job');
  return Object.fromEntries(
    [...names].toSorted().map((name): [string, LabelModel] => [
      name,
      {
        values: { type: 'any' },
        ...(targets.every(({ labels }) => Object.hasOwn(labels, name)) ? {} : { presence: 'sometimes' as const }),
        cardinality: new Set(targets.map(({ labels }) => own(labels, name))).size,
      },
    ]),
  );
}
