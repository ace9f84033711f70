/**
 * Makes a catalogue from a running Prometheus: its metadata, its targets, its recording rules, and of each metric
 * the names of its labels. Values of series are read only where nothing else tells what a metric is.
 */
import type { ExporterModel, LabelModel, MetricKind, MetricModel } from '../../metrics/model.ts';
import type { HttpOptions } from './http.ts';
import { BOUND_LABELS, unitOf } from './metric-models.ts';
import { prometheusClient } from './prometheus-client.ts';
import type { PrometheusClient, RecordingGroup } from './prometheus-client.ts';
import { familiesOf } from './prometheus-families.ts';
import type { StoredFamily } from './prometheus-families.ts';
import { exportersOf } from './prometheus-targets.ts';

export interface ApiOptions extends HttpOptions {
  readonly closedLabels?: readonly string[];
}

interface Server {
  readonly client: PrometheusClient;
  readonly exporters: ReadonlyMap<string, ExporterModel>;
  readonly recorded: ReadonlyMap<string, NonNullable<MetricModel['recordedBy']>>;
  readonly closedLabels: readonly string[];
}

/** Requests under way at once: a Prometheus in use has other things to do. */
const AT_ONCE = 8;

/**
 * @param base address of the server, with its path prefix
 * @throws ImportError when an answer is missing or not that of a Prometheus
 */
export async function metricsOfPrometheus(base: string, options: ApiOptions): Promise<readonly MetricModel[]> {
  const client = prometheusClient(base, options);
  const [metadata, names, targets, groups] = await Promise.all([
    client.metadata(),
    client.labelValues('__name__'),
    client.activeTargets(),
    client.recordingGroups(),
  ]);
  const server: Server = {
    client,
    exporters: exportersOf(targets),
    recorded: recordedBy(groups),
    closedLabels: options.closedLabels ?? [],
  };
  const models = await inParallel(familiesOf(names, metadata), (family) => modelOf(server, family));
  return models.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function modelOf(server: Server, { name, kind: declared, series, metadata }: StoredFamily): Promise<MetricModel> {
  const { client, recorded } = server;
  const selector = `{__name__=${JSON.stringify(series)}}`;
  const [names, jobs] = await Promise.all([client.labelNames(selector), client.labelValues('job', selector)]);
  const recordedAs = recorded.get(name);
  // what a rule records is nobody's, also where all it was recorded from is of one job
  const exporter = jobs.length === 1 && !recordedAs ? server.exporters.get(jobs[0] ?? '') : undefined;
  const bound = BOUND_LABELS[declared];
  const fromTarget = exporter === undefined ? [] : ['job', ...Object.keys(exporter.targetLabels)];
  const foreign = new Set(['__name__', bound, ...fromTarget]);
  const own = names.filter((label) => !foreign.has(label));
  const kind = declared === 'gauge' && name.endsWith('_info') ? await infoOrGauge(client, selector) : declared;
  const [labels, bounds, values] = await Promise.all([
    labelsOf(server, selector, own),
    bound === undefined ? [] : client.labelValues(bound, selector),
    // Whether a `…_time_seconds` is a moment or a length of time shows in how big it is.
    kind === 'gauge' && name.endsWith('_time_seconds') ? client.values(`min(${selector})`) : [],
  ]);
  const unit = unitOf(name, kind, metadata?.unit, values);
  return {
    name,
    kind,
    ...(metadata === undefined || metadata.help === '' ? {} : { help: metadata.help }),
    ...(unit === undefined ? {} : { unit }),
    labels,
    ...boundsOf(kind, bounds),
    ...(exporter === undefined ? {} : { exporter }),
    ...(recordedAs === undefined ? {} : { recordedBy: recordedAs }),
  };
}

async function infoOrGauge(client: PrometheusClient, selector: string): Promise<MetricKind> {
  return (await client.values(`count(${selector} != 1)`)).length === 0 ? 'info' : 'gauge';
}

/** Labels are on every series where as many series have them all as there are series. */
async function labelsOf(
  { client, closedLabels }: Server,
  selector: string,
  names: readonly string[],
): Promise<Readonly<Record<string, LabelModel>>> {
  const withAll = selector.replace(/\}$/, `,${names.map((name) => `${name}!=""`).join()}}`);
  const areAlways = names.length === 0 || (await client.values(`count(${selector}) == count(${withAll})`)).length > 0;
  const entries = await Promise.all(
    names.toSorted().map(async (name): Promise<[string, LabelModel]> => {
      const values = closedLabels.includes(name) ? await client.labelValues(name, selector) : [];
      return [
        name,
        {
          values: values.length > 0 ? { type: 'oneOf', values: values.toSorted() } : { type: 'any' },
          ...(areAlways ? {} : { presence: 'sometimes' as const }),
        },
      ];
    }),
  );
  return Object.fromEntries(entries);
}

function boundsOf(kind: MetricKind, bounds: readonly string[]): Pick<MetricModel, 'buckets' | 'quantiles'> {
  const limits = bounds
    .map(Number)
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  if (limits.length === 0) return {};
  return kind === 'histogram' ? { buckets: limits } : { quantiles: limits };
}

function recordedBy(groups: readonly RecordingGroup[]): Server['recorded'] {
  return new Map(
    groups.flatMap(({ interval, rules }) =>
      rules.map(({ name, query }) => [name, { expr: query, intervalSeconds: interval }] as const),
    ),
  );
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
