/** Recording rules as authors write them: a rule, and the metric that it makes. */
import { recordedMetric } from '../../query/metric.ts';
import type { Metric } from '../../query/metric.ts';
import type { AnyQuery, KindOf, LabelsOf, UnitOf } from '../../query/types.ts';
import { capturePosition } from '../../source/position.ts';
import type { RecordingRule } from '../model.ts';
import { queryValue } from './query-value.ts';

export interface RecordOptions<Extra extends string> {
  /** Labels with a fixed value that every recorded series gets. */
  readonly labels?: Readonly<Record<Extra, string>>;
  readonly help?: string;
}

/** A recorded metric: used in queries like every other, and listed in a group to be recorded. */
export type Recorded<Q extends AnyQuery, Name extends string, Extra extends string> = Metric<
  Readonly<Record<LabelsOf<Q> | Extra, string>>,
  KindOf<Q>,
  UnitOf<Q>,
  Name
> & { readonly rule: RecordingRule };

/**
 * Defines a recording rule. Its labels, kind and unit are those of the query.
 *
 * @param name `level:metric:operations`, such as `pipeline:cicd_pipeline_failures:ratio_increase1d`
 * @returns the recorded metric; put it into a group, or nothing is recorded
 * @throws TypeError where the query is none
 */
export function record<const Name extends string, const Q extends AnyQuery, const Extra extends string = never>(
  name: Name,
  query: Q,
  options: RecordOptions<Extra> = {},
): Recorded<Q, Name, Extra> {
  const { labels = {}, help } = options;
  const position = capturePosition(record);
  const rule: RecordingRule = Object.freeze({
    kind: 'recordingRule',
    name,
    query: queryValue(query, `The record "${name}"`),
    labels: Object.freeze({ ...labels }),
    ...(help === undefined ? {} : { help }),
    position,
  });
  const place = position.resolve();
  const model = Object.freeze({
    name,
    kind: 'untyped' as const,
    labels: {},
    ...(help === undefined ? {} : { help }),
    ...(place === undefined ? {} : { position: place }),
  });
  return recordedMetric<Recorded<Q, Name, Extra>>(model, { rule });
}
