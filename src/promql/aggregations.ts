/**
 * PromQL's aggregations: what they take, and what they do to labels, samples and units.
 *
 * Source: prometheus.io/docs/prometheus/latest/querying/operators, section "Aggregation operators", and
 * `promql/parser/lex.go` of Prometheus 3.14.
 */
import type { AggregateOp, ValueType } from './ast.ts';
import type { SampleResult, UnitEffect } from './functions.ts';

export interface AggregationSignature {
  readonly op: AggregateOp;
  /** The type of the first argument, where there are two. */
  readonly param?: ValueType;
  /** Needs `--enable-feature=promql-experimental-functions`. */
  readonly experimental: boolean;
  /** The first version that knows it; absent: known to 2.42, the oldest of interest. */
  readonly since?: string;
  /**
   * `group`: the result has only the labels of the grouping. `keep`: elements of the input are passed on
   * with all their labels, and the grouping only says among which to choose. `group-and-set`: as `group`,
   * with the label that the parameter names.
   */
  readonly labels: 'group' | 'keep' | 'group-and-set';
  readonly gives: SampleResult;
  readonly unit: UnitEffect;
}

const grouped = { experimental: false, labels: 'group', gives: 'gauge', unit: 'same' } as const;
const selected = { param: 'scalar', labels: 'keep', gives: 'same', unit: 'same' } as const;

const rows: readonly AggregationSignature[] = [
  // The sum of counters is again something that only grows, as long as no series goes away.
  { op: 'sum', ...grouped, gives: 'same' },
  { op: 'avg', ...grouped },
  { op: 'count', ...grouped, gives: 'count', unit: 'count' },
  { op: 'min', ...grouped },
  { op: 'max', ...grouped },
  { op: 'group', ...grouped, gives: 'constant', unit: 'none' },
  { op: 'stddev', ...grouped },
  { op: 'stdvar', ...grouped, unit: 'square' },
  { op: 'topk', ...selected, experimental: false },
  { op: 'bottomk', ...selected, experimental: false },
  { op: 'quantile', ...grouped, param: 'scalar' },
  {
    op: 'count_values',
    ...grouped,
    param: 'string',
    labels: 'group-and-set',
    gives: 'count',
    unit: 'count',
  },
  { op: 'limitk', ...selected, experimental: true, since: '2.54' },
  { op: 'limit_ratio', ...selected, experimental: true, since: '2.54' },
];

/** Every aggregation by name. */
export const aggregations: ReadonlyMap<AggregateOp, AggregationSignature> = new Map(rows.map((row) => [row.op, row]));
