/** A rule's query as it is in its group. */
import type { MetricModel } from '../../metrics/model.ts';
import { resolveQueryRanges } from '../../query/auto-range.ts';
import type { QueryValue } from '../../query/query.ts';
import type { Rule, RuleGroup } from '../model.ts';
import type { ResolvedOptions } from './options.ts';
import { groupRange } from './ranges.ts';

/** Looks the metric of a sample's name up. */
export type FindMetric = (sample: string) => MetricModel | undefined;

/** A rule's query with the ranges that it has in its group. */
export function ruleQuery(rule: Rule, group: RuleGroup, find: FindMetric, options: ResolvedOptions): QueryValue {
  const interval = group.interval ?? options.evaluationInterval;
  return resolveQueryRanges(rule.query, groupRange(find, options.scrapeInterval, interval));
}
