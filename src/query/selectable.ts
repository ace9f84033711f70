/** The run-time value of a metric's series: a query of all of them and a function that selects some. */
import { sampleName, type Sample, type SampleRole } from '../metrics/lookup.ts';
import type { MetricModel } from '../metrics/model.ts';
import type { VectorSelector } from '../promql/ast.ts';
import { capturePosition, type CapturedPosition } from '../source/position.ts';
import { queryAt } from './build.ts';
import { matcherNodes } from './matchers.ts';
import type { QueryValue } from './query.ts';
import { seriesInput } from './series.ts';

/** Labels whose values are numbers, by the role of the series that have them. */
const FLOAT_LABELS: Partial<Record<SampleRole, readonly string[]>> = { bucket: ['le'], quantile: ['quantile'] };

/** What a selector of a defined metric carries besides: the metric, and which of its series. */
interface Selected extends QueryValue {
  readonly sample: Sample;
}

/** The metric that a selector selects from, and which of its series; `undefined` for everything else. */
export function sampleOf(query: QueryValue): Sample | undefined {
  return (query as Partial<Selected>).sample;
}

/** The same selector elsewhere in time still is one of that metric. */
export function withSample<Q extends QueryValue>(query: Q, sample: Sample | undefined): Q {
  return sample === undefined ? query : Object.freeze({ ...query, sample });
}

/**
 * Makes the series of a metric.
 *
 * @param more properties of the value besides those of a query
 */
export function selectable<T>(model: MetricModel, role: SampleRole, more: Readonly<Record<string, unknown>> = {}): T {
  const name = sampleName(model, role);
  const sample: Sample = Object.freeze({ metric: model, role });
  const select = (matchers: Readonly<Record<string, unknown>> = {}): QueryValue =>
    selected(name, matchers, sample, capturePosition(select));
  const members: Readonly<Record<string, unknown>> = {
    ...selected(name, {}, sample),
    ...more,
    name,
    series: (labels: Readonly<Record<string, unknown>>, values: string) => seriesInput(name, labels, values),
  };
  for (const [key, value] of Object.entries(members)) Object.defineProperty(select, key, { value, enumerable: true });
  return Object.freeze(select) as T;
}

function selected(
  name: string,
  matchers: Readonly<Record<string, unknown>>,
  sample: Sample,
  position?: CapturedPosition,
): QueryValue {
  const nodes = Object.freeze(matcherNodes(matchers, FLOAT_LABELS[sample.role]));
  const node: VectorSelector = { type: 'VectorSelector', name, matchers: nodes };
  return withSample(queryAt<QueryValue>(node, position), sample);
}
