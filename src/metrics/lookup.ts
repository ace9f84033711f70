/** From the name of a sample, such as `x_bucket`, to the metric that exposes it. */
import type { Catalogue, MetricKind, MetricModel } from './model.ts';

/** What a series is to its metric. */
export type SampleRole = 'value' | 'bucket' | 'sum' | 'count' | 'created' | 'quantile';

export interface Sample {
  readonly metric: MetricModel;
  readonly role: SampleRole;
}

/** The series that a kind of metric exposes: suffix of the name, and role. */
const SAMPLES: Readonly<Record<MetricKind, readonly (readonly [suffix: string, role: SampleRole])[]>> = {
  counter: [['', 'value']],
  gauge: [['', 'value']],
  histogram: [
    ['_bucket', 'bucket'],
    ['_sum', 'sum'],
    ['_count', 'count'],
  ],
  nativeHistogram: [['', 'value']],
  summary: [
    ['', 'quantile'],
    ['_sum', 'sum'],
    ['_count', 'count'],
  ],
  info: [['', 'value']],
  stateset: [['', 'value']],
  untyped: [['', 'value']],
};

const CREATED = '_created';

/** Kinds of which client libraries may expose the time of creation as a series of its own. */
const WITH_CREATED: ReadonlySet<MetricKind> = new Set(['counter', 'histogram', 'summary']);

const indexes = new WeakMap<Catalogue, ReadonlyMap<string, Sample>>();

/**
 * Finds the metric that exposes a sample.
 *
 * @param name as it stands in a query: `x_total`, `y_bucket`, `y_created`
 * @returns the metric and what the sample is to it; `undefined` where the catalogue has no such metric
 */
export function findSample(catalogue: Catalogue, name: string): Sample | undefined {
  let index = indexes.get(catalogue);
  if (index === undefined) {
    index = indexOf(catalogue.metrics);
    indexes.set(catalogue, index);
  }
  return index.get(name);
}

/** The names under which a metric's samples are stored, without `_created`. */
export function sampleNames(model: MetricModel): readonly string[] {
  return SAMPLES[model.kind].map(([suffix]) => model.name + suffix);
}

/**
 * The name of a metric's series of one role: `x_bucket` of the histogram `x`.
 *
 * @throws TypeError where the kind has no such series
 */
export function sampleName(model: MetricModel, role: SampleRole): string {
  const found = SAMPLES[model.kind].find(([, having]) => having === role);
  if (found === undefined) throw new TypeError(`"${model.name}" is a ${model.kind}, which exposes no ${role}.`);
  return model.name + found[0];
}

function indexOf(metrics: readonly MetricModel[]): ReadonlyMap<string, Sample> {
  const index = new Map<string, Sample>();
  for (const metric of metrics) {
    if (!WITH_CREATED.has(metric.kind)) continue;
    index.set(metric.name.replace(/_total$/, '') + CREATED, { metric, role: 'created' });
  }
  for (const metric of metrics) {
    for (const [suffix, role] of SAMPLES[metric.kind]) index.set(metric.name + suffix, { metric, role });
  }
  return index;
}
