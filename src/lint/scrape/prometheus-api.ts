/**
 * Makes a catalogue from a running Prometheus: its metadata, its targets, its recording rules, and of each metric
 * the names of its labels. No values of series are read but where only they can tell.
 */
import type { ExporterModel, LabelModel, MetricKind, MetricModel } from '../../metrics/model.ts';
import { parseDuration } from '../../promql/duration.ts';
import type { FamilyType } from './exposition.ts';
import { get, ImportError, statusError } from './http.ts';
import type { HttpOptions } from './http.ts';
import { BOUND_LABELS, KINDS, unitOf } from './metric-models.ts';

/** Requests under way at once: a Prometheus in use has other things to do. */
const AT_ONCE = 8;

interface Metadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapePool?: string;
  readonly scrapeInterval?: string;
}

interface RuleGroup {
  readonly interval: number;
  readonly rules: readonly { readonly type: string; readonly name: string; readonly query: string }[];
}

export interface ApiOptions extends HttpOptions {
  readonly closedLabels?: readonly string[];
}

/** One of Prometheus' own metrics, or a family of several series names. */
interface Family {
  readonly name: string;
  readonly kind: MetricKind;
  readonly seriesNames: readonly string[];
  readonly metadata?: Metadata;
}

/**
 * @param base address of the server, with its path prefix
 * @throws ImportError when an answer is missing or not that of a Prometheus
 */
export async function metricsOfPrometheus(base: string, options: ApiOptions): Promise<readonly MetricModel[]> {
  const api = new Api(base, options);
  const [metadata, names, targets, groups] = await Promise.all([
    api.data<Record<string, readonly Metadata[]>>('metadata'),
    api.data<readonly string[]>('label/__name__/values'),
    api.data<{ readonly activeTargets: readonly Target[] }>('targets?state=active'),
    api.data<{ readonly groups: readonly RuleGroup[] }>('rules?type=record'),
  ]);
  const exporters = exportersOf(targets.activeTargets);
  const recorded = recordedBy(groups.groups);
  const families = familiesOf(names, metadata);
  const models = await inParallel(families, (family) => modelOf(api, family, exporters, recorded, options));
  return models.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

class Api {
  readonly #base: string;
  readonly #options: HttpOptions;

  constructor(base: string, options: HttpOptions) {
    this.#base = base.replace(/\/+$/, '');
    this.#options = options;
  }

  /** The `data` of an answer; what it holds is Prometheus' promise (docs/querying/api). */
  async data<Data>(path: string): Promise<Data> {
    const url = `${this.#base}/api/v1/${path}`;
    const { status, body } = await get(url, this.#options);
    let answer: { status?: string; data?: Data; error?: string };
    try {
      answer = JSON.parse(body) as typeof answer;
    } catch {
      if (status >= 400) throw statusError(url, status);
      throw new ImportError(`${url} does not answer with JSON: this is no Prometheus.`);
    }
    if (answer.status !== 'success' || answer.data === undefined) {
      throw new ImportError(`${url} answers with an error: ${answer.error ?? `status ${status}`}.`);
    }
    return answer.data;
  }

  /** The values of an instant query's result. */
  async values(query: string): Promise<readonly number[]> {
    const { result } = await this.data<{ readonly result: readonly { readonly value: readonly [number, string] }[] }>(
      `query?query=${encodeURIComponent(query)}`,
    );
    return result.map(({ value }) => Number(value[1]));
  }
}

/** Names of the families' series, by the metadata; what no metadata explains stands alone. */
function familiesOf(names: readonly string[], metadata: Record<string, readonly Metadata[]>): readonly Family[] {
  const left = new Set(names);
  const families: Family[] = [];
  for (const [described, [first]] of Object.entries(metadata)) {
    if (first === undefined) continue;
    // OpenMetrics describes a counter by its name without _total, an info metric without _info.
    const name =
      [described, `${described}_total`, `${described}_info`].find((candidate) => left.has(candidate)) ?? described;
    const kind = KINDS[first.type as FamilyType] ?? 'untyped';
    const seriesNames = SERIES[kind]?.map((suffix) => name + suffix) ?? [name];
    const present = seriesNames.filter((series) => left.has(series));
    if (present.length === 0) continue;
    present.forEach((series) => left.delete(series));
    families.push(
      kind === 'histogram' && !present.includes(`${name}_bucket`)
        ? { name, kind: 'nativeHistogram', seriesNames: present, metadata: first }
        : { name, kind, seriesNames: present, metadata: first },
    );
  }
  for (const name of left)
    families.push({ name, kind: SYNTHETIC.has(name) ? 'gauge' : 'untyped', seriesNames: [name] });
  return families;
}

const SERIES: Partial<Record<MetricKind, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count', ''],
  summary: ['', '_sum', '_count'],
};

/** Written by Prometheus itself for every scrape and alert, without metadata. */
const SYNTHETIC = new Set([
  ...['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling'],
  ...['scrape_series_added', 'scrape_timeout_seconds', 'scrape_sample_limit', 'scrape_body_size_bytes'],
  ...['ALERTS', 'ALERTS_FOR_STATE'],
]);

async function modelOf(
  api: Api,
  family: Family,
  exporters: ReadonlyMap<string, ExporterModel>,
  recorded: ReadonlyMap<string, MetricModel['recordedBy']>,
  { closedLabels = [] }: ApiOptions,
): Promise<MetricModel> {
  const { name, metadata } = family;
  const [first = name] = family.seriesNames;
  const match = `match[]=${encodeURIComponent(selector(first))}`;
  const [labelNames, jobs] = await Promise.all([
    api.data<readonly string[]>(`labels?${match}`),
    api.data<readonly string[]>(`label/job/values?${match}`),
  ]);
  const exporter = jobs.length === 1 ? exporters.get(jobs[0] ?? '') : undefined;
  const bound = BOUND_LABELS[family.kind];
  const own = labelNames.filter(
    (label) =>
      label !== '__name__' && label !== bound && label !== 'job' && !(exporter && label in exporter.targetLabels),
  );
  const needsValues = family.kind === 'gauge' && /_(info|time_seconds)$/.test(name);
  const [labels, values, bounds] = await Promise.all([
    labelsOf(api, first, match, exporter === undefined && jobs.length > 0 ? [...own, 'job'] : own, closedLabels),
    needsValues
      ? api.values(`count_values("value", ${selector(first)})`).then(() => api.values(`min(${selector(first)})`))
      : [],
    bound === undefined ? [] : api.data<readonly string[]>(`label/${bound}/values?${match}`),
  ]);
  const kind = name.endsWith('_info') && values[0] === 1 && (await isAlwaysOne(api, first)) ? 'info' : family.kind;
  const unit = unitOf(name, kind, metadata?.unit, values);
  const limits = bounds
    .map(Number)
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  const recordedAs = recorded.get(name);
  return {
    name,
    kind,
    ...(metadata === undefined || metadata.help === '' ? {} : { help: metadata.help }),
    ...(unit === undefined ? {} : { unit }),
    labels,
    ...(limits.length === 0 ? {} : kind === 'histogram' ? { buckets: limits } : { quantiles: limits }),
    ...(exporter === undefined ? {} : { exporter }),
    ...(recordedAs === undefined ? {} : { recordedBy: recordedAs }),
  };
}

function selector(name: string): string {
  return `{__name__=${JSON.stringify(name)}}`;
}

async function isAlwaysOne(api: Api, name: string): Promise<boolean> {
  return (await api.values(`count(${selector(name)} != 1)`)).length === 0;
}

/** Labels are on every series where as many series have them all as there are series. */
async function labelsOf(
  api: Api,
  series: string,
  match: string,
  names: readonly string[],
  closedLabels: readonly string[],
): Promise<Readonly<Record<string, LabelModel>>> {
  const all = selector(series);
  const withAll = `{__name__=${JSON.stringify(series)},${names.map((name) => `${name}!=""`).join()}}`;
  const areAlways = names.length === 0 || (await api.values(`count(${all}) == count(${withAll})`)).length > 0;
  const entries = await inParallel([...names].toSorted(), async (name): Promise<[string, LabelModel]> => {
    const values = closedLabels.includes(name)
      ? await api.data<readonly string[]>(`label/${name}/values?${match}`)
      : [];
    return [
      name,
      {
        values: values.length > 0 ? { type: 'oneOf', values: [...values].toSorted() } : { type: 'any' },
        ...(areAlways ? {} : { presence: 'sometimes' as const }),
      },
    ];
  });
  return Object.fromEntries(entries);
}

function exportersOf(targets: readonly Target[]): ReadonlyMap<string, ExporterModel> {
  const byJob = new Map<string, Target[]>();
  for (const target of targets) {
    const job = target.labels['job'] ?? target.scrapePool ?? '';
    byJob.set(job, [...(byJob.get(job) ?? []), target]);
  }
  const exporters = new Map<string, ExporterModel>();
  for (const [job, members] of byJob) {
    const interval = members[0]?.scrapeInterval;
    if (interval === undefined) continue;
    exporters.set(job, {
      name: job,
      job,
      scrapeIntervalSeconds: parseDuration(interval) / 1000,
      targetLabels: targetLabels(members),
    });
  }
  return exporters;
}

function targetLabels(targets: readonly Target[]): Readonly<Record<string, LabelModel>> {
  const names = new Set(targets.flatMap(({ labels }) => Object.keys(labels)));
  names.delete('job');
  return Object.fromEntries(
    [...names].toSorted().map((name): [string, LabelModel] => [
      name,
      {
        values: { type: 'any' },
        ...(targets.every(({ labels }) => name in labels) ? {} : { presence: 'sometimes' as const }),
        cardinality: new Set(targets.map(({ labels }) => labels[name])).size,
      },
    ]),
  );
}

function recordedBy(groups: readonly RuleGroup[]): ReadonlyMap<string, MetricModel['recordedBy']> {
  const rules = new Map<string, MetricModel['recordedBy']>();
  for (const { interval, rules: members } of groups) {
    for (const { name, query } of members) rules.set(name, { expr: query, intervalSeconds: interval });
  }
  return rules;
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
