/** What a definition makes is said to be written where the definition was, not inside of this library. */
import { recordedMetric } from '../../query/metric.ts';
import type { Metric } from '../../query/metric.ts';
import type { QueryValue } from '../../query/query.ts';
import type { CapturedPosition } from '../../source/position.ts';
import type { AlertCase, AlertingRule, RecordingRule } from '../model.ts';

/** A ratio that a rule of an objective records. */
export type RecordedRatio = Metric<Readonly<Record<string, string>>, 'gauge', 'ratio', string> & {
  readonly rule: RecordingRule;
};

function placedQuery({ kind, expr, origins }: QueryValue, position: CapturedPosition): QueryValue {
  const nodes = [...origins.keys()];
  return Object.freeze({ kind, expr, position, origins: new Map(nodes.map((node) => [node, position])) });
}

export function placedAlert(rule: AlertingRule, tests: readonly AlertCase[], position: CapturedPosition): AlertingRule {
  return Object.freeze({ ...rule, query: placedQuery(rule.query, position), tests: Object.freeze(tests), position });
}

/** The recorded metric anew, with a rule that knows the place. */
export function placedRecord(made: { readonly rule: RecordingRule }, position: CapturedPosition): RecordedRatio {
  const rule = Object.freeze({ ...made.rule, query: placedQuery(made.rule.query, position), position });
  const place = position.resolve();
  const model = Object.freeze({
    name: rule.name,
    kind: 'untyped' as const,
    labels: {},
    ...(place === undefined ? {} : { position: place }),
  });
  return recordedMetric<RecordedRatio>(model, { rule });
}
