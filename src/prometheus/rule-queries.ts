/** The queries of rules, for whoever looks at what they mean. */
import { print } from '../promql/print.ts';
import type { MetricModel } from '../metrics/model.ts';
import type { QueryValue } from '../query/query.ts';
import { ruleWhere } from './checks/where.ts';
import { ruleQuery } from './compile/expressions.ts';
import type { FindMetric } from './compile/expressions.ts';
import { resolveOptions } from './compile/options.ts';
import type { PrometheusOptions } from './compile/options.ts';
import type { Rule, RuleGroup } from './model.ts';

/** A rule's query as it is emitted. */
export interface LocatedQuery {
  /** Automatic ranges are resolved. */
  readonly query: QueryValue;
  /** On one line. */
  readonly text: string;
  /** From outer to inner: group, rule. */
  readonly where: readonly string[];
  readonly rule: Rule;
  readonly group: RuleGroup;
}

/**
 * The queries of all rules, in the order of their evaluation within each group.
 *
 * @param find looks the metric of a sample's name up, for automatic ranges
 */
export function ruleQueries(
  groups: readonly RuleGroup[],
  find: FindMetric,
  options: PrometheusOptions = {},
): readonly LocatedQuery[] {
  const resolved = resolveOptions(options);
  return groups.flatMap((group) =>
    group.rules.map((rule): LocatedQuery => {
      const query = ruleQuery(rule, group, find, resolved);
      return { query, text: print(query.expr), where: ruleWhere(group, rule), rule, group };
    }),
  );
}

/**
 * What the catalogue says of recorded metrics: where they come from, from which everything else follows.
 */
export function recordedModels(
  groups: readonly RuleGroup[],
  find: FindMetric,
  options: PrometheusOptions = {},
): readonly MetricModel[] {
  const { evaluationInterval } = resolveOptions(options);
  return ruleQueries(groups, find, options).flatMap(({ rule, group, text }): MetricModel[] => {
    if (rule.kind !== 'recordingRule') return [];
    const position = rule.position.resolve();
    const labels = Object.entries(rule.labels).map(([name, value]) => [
      name,
      { values: { type: 'oneOf', values: [value] } },
    ]);
    return [
      {
        name: rule.name,
        kind: 'untyped',
        labels: Object.fromEntries(labels),
        recordedBy: { expr: text, intervalSeconds: (group.interval ?? evaluationInterval) / 1000 },
        ...(rule.help === undefined ? {} : { help: rule.help }),
        ...(position === undefined ? {} : { position }),
      },
    ];
  });
}
