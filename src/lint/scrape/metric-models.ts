/** From what a target exposes to what a catalogue says of it. */
import type { ExporterModel, LabelModel, MetricKind, MetricModel } from '../../metrics/model.ts';
import { isUnitName } from '../../metrics/units.ts';
import type { UnitName } from '../../metrics/units.ts';
import type { Exposition, FamilyType, ScrapedFamily } from './exposition.ts';
import type { ScrapedSample } from './sample-line.ts';

export interface ModelOptions {
  /** Attached to every metric: where its target labels come from. */
  readonly exporter?: ExporterModel;
  /** Labels whose values seen now are all that there will ever be. */
  readonly closedLabels?: readonly string[];
}

/** Kinds of the catalogue for the types of the text formats and of the metadata API. */
export const KINDS: Readonly<Record<FamilyType, MetricKind>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  // A gauge histogram goes up and down: rate() over its buckets means nothing, and no kind of the model says so.
  gaugehistogram: 'untyped',
  summary: 'summary',
  info: 'info',
  stateset: 'stateset',
  unknown: 'untyped',
  untyped: 'untyped',
};

/** Metrics in the order of their names. A family without samples and without a type says nothing and is left out. */
export function metricModels({ format, families }: Exposition, options: ModelOptions): readonly MetricModel[] {
  const models = families
    .filter(({ name, type }) => !isCreationTime(families, name, type))
    .flatMap((family) => familyModels(family, format === 'openmetrics', options));
  return models.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Text format 0.0.4 has no place for times of creation, so client libraries write them as a gauge. */
function isCreationTime(families: readonly ScrapedFamily[], name: string, type: FamilyType | undefined): boolean {
  if (type !== 'gauge' || !name.endsWith('_created')) return false;
  const owner = name.slice(0, -'_created'.length);
  return families.some((other) => other.name === owner || other.name === `${owner}_total`);
}

function familyModels(family: ScrapedFamily, isOpenMetrics: boolean, options: ModelOptions): readonly MetricModel[] {
  if (family.samples.length === 0 && family.type === undefined) return [];
  if (family.type === 'gaugehistogram') return bySampleName(family, options);
  const name = isOpenMetrics ? `${family.name}${OPENMETRICS_SUFFIX[family.type ?? 'unknown'] ?? ''}` : family.name;
  return [familyModel(name, family, options)];
}

const OPENMETRICS_SUFFIX: Partial<Record<FamilyType, string>> = { counter: '_total', info: '_info' };

/** Each series under its own name, for families that no kind of the model describes. */
function bySampleName(family: ScrapedFamily, options: ModelOptions): readonly MetricModel[] {
  const names = [...new Set(family.samples.map(({ name }) => name))];
  return names.map((name) => {
    const samples = family.samples.filter((sample) => sample.name === name);
    return familyModel(name, { ...family, type: 'unknown', samples }, options);
  });
}

function familyModel(name: string, family: ScrapedFamily, options: ModelOptions): MetricModel {
  const samples = family.samples.filter((sample) => !sample.name.endsWith('_created'));
  const kind = kindOf(name, family.type, samples);
  const unit = unitOf(
    name,
    kind,
    family.unit,
    samples.map(({ value }) => value),
  );
  return {
    name,
    kind,
    ...(family.help === undefined || family.help === '' ? {} : { help: family.help }),
    ...(unit === undefined ? {} : { unit }),
    labels: labelsOf(kind, family.name, samples, options),
    ...bounds(kind, samples),
    ...(options.exporter === undefined ? {} : { exporter: options.exporter }),
  };
}

/** A gauge that is always 1 and is named `_info` is an info metric: only OpenMetrics can say so itself. */
function kindOf(name: string, type: FamilyType | undefined, samples: readonly ScrapedSample[]): MetricKind {
  if (type === 'gauge' && name.endsWith('_info') && samples.length > 0 && samples.every(({ value }) => value === 1))
    return 'info';
  return KINDS[type ?? 'untyped'];
}

const UNIT_IN_NAME =
  /_(seconds|milliseconds|microseconds|nanoseconds|bytes|kibibytes|mebibytes|gibibytes|bits|ratio|percent|celsius|kelvin|watts|joules|millijoules|hertz|volts|amperes|grams|meters)(?:_total)?$/;

/** Seconds of 2001 to 2100: no duration is that long. */
const MOMENTS = { from: 1e9, to: 4.1e9 };

/**
 * The unit that is declared or that the name says.
 *
 * @param values of the series, which tell moments from lengths of time
 */
export function unitOf(
  name: string,
  kind: MetricKind,
  declared: string | undefined,
  values: readonly number[],
): UnitName | undefined {
  if (kind === 'info' || kind === 'stateset') return undefined;
  const said = declared !== undefined && isUnitName(declared) ? declared : UNIT_IN_NAME.exec(name)?.[1];
  if (said === 'seconds' && kind !== 'histogram' && kind !== 'summary' && kind !== 'counter') {
    const times = values.filter((value) => value !== 0);
    const areMoments = times.length > 0 && times.every((value) => value > MOMENTS.from && value < MOMENTS.to);
    if (areMoments || name.endsWith('_timestamp_seconds')) return 'timestamp_seconds';
  }
  return said !== undefined && isUnitName(said) ? said : undefined;
}

/** Labels that the model keeps apart from the metric's own. */
export const BOUND_LABELS: Partial<Record<MetricKind, string>> = { histogram: 'le', summary: 'quantile' };

function labelsOf(
  kind: MetricKind,
  family: string,
  samples: readonly ScrapedSample[],
  { closedLabels = [] }: ModelOptions,
): Readonly<Record<string, LabelModel>> {
  const names = new Set(samples.flatMap(({ labels }) => [...labels.keys()]));
  names.delete(BOUND_LABELS[kind] ?? '');
  const entries = [...names].toSorted().map((name): [string, LabelModel] => {
    const seen = samples.map(({ labels }) => labels.get(name) ?? '');
    const values = [...new Set(seen.filter((value) => value !== ''))].toSorted();
    const isClosed = closedLabels.includes(name) || (kind === 'stateset' && name === family);
    return [
      name,
      {
        values: isClosed && values.length > 0 ? { type: 'oneOf', values } : { type: 'any' },
        ...(seen.includes('') ? { presence: 'sometimes' as const } : {}),
        ...(values.length > 0 ? { cardinality: values.length } : {}),
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** Buckets or quantiles, where all series of the family have the same. */
function bounds(kind: MetricKind, samples: readonly ScrapedSample[]): Pick<MetricModel, 'buckets' | 'quantiles'> {
  const label = BOUND_LABELS[kind];
  if (label === undefined) return {};
  const bySeries = new Map<string, number[]>();
  for (const { labels } of samples) {
    const bound = labels.get(label);
    if (bound === undefined) continue;
    const series = seriesKey(labels, label);
    const known = bySeries.get(series) ?? [];
    known.push(Number(bound.replace(/^\+?Inf$/, 'Infinity')));
    bySeries.set(series, known);
  }
  const [first, ...others] = [...bySeries.values()].map((all) => all.filter(Number.isFinite).toSorted((a, b) => a - b));
  if (first === undefined || first.length === 0) return {};
  if (others.some((other) => other.join() !== first.join())) return {};
  return kind === 'histogram' ? { buckets: first } : { quantiles: first };
}

/** The same for all samples that differ in one label alone. */
function seriesKey(labels: ReadonlyMap<string, string>, without: string): string {
  const names = [...labels.keys()].filter((name) => name !== without).toSorted();
  return JSON.stringify(names.map((name) => [name, labels.get(name)]));
}
