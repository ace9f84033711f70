/**
 * Every function of PromQL: what it takes and gives, and what it does to labels, samples and units.
 *
 * Source: `promql/parser/functions.go` of Prometheus 3.14 for the signatures, the documentation of the
 * functions (prometheus.io/docs/prometheus/latest/querying/functions) for the rest.
 */
import type { ValueType } from './ast.ts';

/**
 * What happens to the labels of the function's vector.
 *
 * - `drop-name`: all stay but the metric name.
 * - `keep`: all stay, the metric name too.
 * - `drop-name-and-le`: as `drop-name`, and `le` of a classic histogram goes.
 * - `set`: as `keep`, and the label that the second argument names is set.
 * - `add`: labels of an info metric are added.
 * - `from-matchers`: one series with the labels that the selector compares with `=`.
 * - `none`: the result has no labels.
 */
export type LabelEffect = 'drop-name' | 'keep' | 'drop-name-and-le' | 'set' | 'add' | 'from-matchers' | 'none';

/** Which samples make sense: those of a counter, a gauge, a histogram, or any. */
export type SampleNeed = 'counter' | 'gauge' | 'histogram' | 'any';

/**
 * What the result's samples are: `same` as the argument's, a `gauge`, a per-second `rate`, a `count` of
 * samples or events, a moment in time (`timestamp`), part of a date (`calendar`), or always 1 (`constant`).
 */
export type SampleResult = 'same' | 'gauge' | 'rate' | 'count' | 'timestamp' | 'calendar' | 'constant';

/**
 * The result's unit: `same` as the argument's, `per-second` of it, its `square` or square `root`, a plain
 * number (`none`), a `count`, a `ratio` between 0 and 1, `seconds`, or `timestamp_seconds`.
 */
export type UnitEffect =
  'same' | 'per-second' | 'square' | 'root' | 'none' | 'count' | 'ratio' | 'seconds' | 'timestamp_seconds';

export interface FunctionSignature {
  readonly name: string;
  readonly args: readonly ValueType[];
  /**
   * 0: exactly these arguments. More: the last of `args` may be left out, or given up to this many times.
   * -1: it may be left out, or given as often as wanted.
   */
  readonly variadic: number;
  readonly returns: ValueType;
  /** Needs `--enable-feature=promql-experimental-functions`. */
  readonly experimental: boolean;
  /** The first version that knows it; absent: known to 2.42, the oldest of interest. */
  readonly since?: string;
  /** It was experimental before this version. */
  readonly stableSince?: string;
  readonly labels: LabelEffect;
  readonly needs: SampleNeed;
  readonly gives: SampleResult;
  readonly unit: UnitEffect;
}

interface Effects {
  readonly labels: LabelEffect;
  readonly needs: SampleNeed;
  readonly gives: SampleResult;
  readonly unit: UnitEffect;
}

interface Extra {
  readonly variadic?: number;
  readonly since?: string;
  readonly experimental?: true;
  readonly stableSince?: string;
}

const vector: readonly ValueType[] = ['vector'];
const matrix: readonly ValueType[] = ['matrix'];
const nothing: readonly ValueType[] = [];

const dropName = { labels: 'drop-name', needs: 'any', gives: 'gauge', unit: 'same' } as const;
const plainNumber = { ...dropName, unit: 'none' } as const;
const scalarOf = { labels: 'none', needs: 'any', gives: 'gauge', unit: 'same' } as const;
const kept = { labels: 'keep', needs: 'any', gives: 'same', unit: 'same' } as const;
const calendar = { ...dropName, gives: 'calendar', unit: 'none' } as const;
const counterRate = { ...dropName, needs: 'counter', gives: 'rate', unit: 'per-second' } as const;
const counterIncrease = { ...dropName, needs: 'counter', gives: 'gauge', unit: 'same' } as const;
const gaugeOnly = { ...dropName, needs: 'gauge' } as const;
const ofHistogram = { ...dropName, needs: 'histogram' } as const;
const ofBuckets = { ...ofHistogram, labels: 'drop-name-and-le' } as const;
const moment = { ...dropName, gives: 'timestamp', unit: 'timestamp_seconds' } as const;
const counted = { ...dropName, gives: 'count', unit: 'count' } as const;
const missing = { labels: 'from-matchers', needs: 'any', gives: 'constant', unit: 'none' } as const;

const experimental = (since: string): Extra => ({ since, experimental: true });

type Row = readonly [string, readonly ValueType[], ValueType, Effects, Extra?];

const rows: readonly Row[] = [
  ['abs', vector, 'vector', dropName],
  ['absent', vector, 'vector', missing],
  ['absent_over_time', matrix, 'vector', missing],
  ['acos', vector, 'vector', plainNumber],
  ['acosh', vector, 'vector', plainNumber],
  ['asin', vector, 'vector', plainNumber],
  ['asinh', vector, 'vector', plainNumber],
  ['atan', vector, 'vector', plainNumber],
  ['atanh', vector, 'vector', plainNumber],
  ['avg_over_time', matrix, 'vector', dropName],
  ['ceil', vector, 'vector', dropName],
  ['changes', matrix, 'vector', counted],
  ['clamp', ['vector', 'scalar', 'scalar'], 'vector', dropName],
  ['clamp_max', ['vector', 'scalar'], 'vector', dropName],
  ['clamp_min', ['vector', 'scalar'], 'vector', dropName],
  ['cos', vector, 'vector', plainNumber],
  ['cosh', vector, 'vector', plainNumber],
  ['count_over_time', matrix, 'vector', counted],
  ['day_of_month', vector, 'vector', calendar, { variadic: 1 }],
  ['day_of_week', vector, 'vector', calendar, { variadic: 1 }],
  ['day_of_year', vector, 'vector', calendar, { variadic: 1 }],
  ['days_in_month', vector, 'vector', calendar, { variadic: 1 }],
  ['deg', vector, 'vector', plainNumber],
  ['delta', matrix, 'vector', gaugeOnly],
  ['deriv', matrix, 'vector', { ...gaugeOnly, gives: 'rate', unit: 'per-second' }],
  ['double_exponential_smoothing', ['matrix', 'scalar', 'scalar'], 'vector', gaugeOnly, experimental('3.0')],
  ['end', nothing, 'scalar', { ...scalarOf, gives: 'timestamp', unit: 'timestamp_seconds' }, experimental('3.12')],
  ['exp', vector, 'vector', plainNumber],
  ['first_over_time', matrix, 'vector', kept, { since: '3.7', stableSince: '3.14' }],
  ['floor', vector, 'vector', dropName],
  ['histogram_avg', vector, 'vector', ofHistogram, { since: '2.51' }],
  ['histogram_count', vector, 'vector', { ...ofHistogram, gives: 'count', unit: 'count' }],
  ['histogram_fraction', ['scalar', 'scalar', 'vector'], 'vector', { ...ofBuckets, unit: 'ratio' }],
  ['histogram_quantile', ['scalar', 'vector'], 'vector', ofBuckets],
  [
    'histogram_quantiles',
    ['vector', 'string', 'scalar', 'scalar'],
    'vector',
    { ...ofBuckets, labels: 'set' },
    { ...experimental('3.11'), variadic: 9 },
  ],
  ['histogram_stddev', vector, 'vector', ofHistogram, { since: '2.47' }],
  ['histogram_stdvar', vector, 'vector', { ...ofHistogram, unit: 'square' }, { since: '2.47' }],
  ['histogram_sum', vector, 'vector', ofHistogram],
  ['hour', vector, 'vector', calendar, { variadic: 1 }],
  ['idelta', matrix, 'vector', gaugeOnly],
  ['increase', matrix, 'vector', counterIncrease],
  [
    'info',
    ['vector', 'vector'],
    'vector',
    { labels: 'add', needs: 'any', gives: 'same', unit: 'same' },
    { ...experimental('2.55'), variadic: 1 },
  ],
  ['irate', matrix, 'vector', counterRate],
  ['label_join', ['vector', 'string', 'string', 'string'], 'vector', { ...kept, labels: 'set' }, { variadic: -1 }],
  ['label_replace', ['vector', 'string', 'string', 'string', 'string'], 'vector', { ...kept, labels: 'set' }],
  ['last_over_time', matrix, 'vector', kept],
  ['ln', vector, 'vector', plainNumber],
  ['log10', vector, 'vector', plainNumber],
  ['log2', vector, 'vector', plainNumber],
  ['mad_over_time', matrix, 'vector', dropName, experimental('2.49')],
  ['max_of', ['scalar', 'scalar'], 'scalar', scalarOf, experimental('3.13')],
  ['max_over_time', matrix, 'vector', dropName],
  ['min_of', ['scalar', 'scalar'], 'scalar', scalarOf, experimental('3.13')],
  ['min_over_time', matrix, 'vector', dropName],
  ['minute', vector, 'vector', calendar, { variadic: 1 }],
  ['month', vector, 'vector', calendar, { variadic: 1 }],
  ['pi', nothing, 'scalar', { ...scalarOf, gives: 'constant', unit: 'none' }],
  ['predict_linear', ['matrix', 'scalar'], 'vector', gaugeOnly],
  ['present_over_time', matrix, 'vector', { ...dropName, gives: 'constant', unit: 'none' }],
  ['quantile_over_time', ['scalar', 'matrix'], 'vector', dropName],
  ['rad', vector, 'vector', plainNumber],
  ['range', nothing, 'scalar', { ...scalarOf, unit: 'seconds' }, experimental('3.12')],
  ['rate', matrix, 'vector', counterRate],
  ['resets', matrix, 'vector', { ...counted, needs: 'counter' }],
  ['round', ['vector', 'scalar'], 'vector', dropName, { variadic: 1 }],
  ['scalar', vector, 'scalar', scalarOf],
  ['sgn', vector, 'vector', plainNumber],
  ['sin', vector, 'vector', plainNumber],
  ['sinh', vector, 'vector', plainNumber],
  ['sort', vector, 'vector', kept],
  ['sort_by_label', ['vector', 'string'], 'vector', kept, { ...experimental('2.49'), variadic: -1 }],
  ['sort_by_label_desc', ['vector', 'string'], 'vector', kept, { ...experimental('2.49'), variadic: -1 }],
  ['sort_desc', vector, 'vector', kept],
  ['sqrt', vector, 'vector', { ...dropName, unit: 'root' }],
  ['start', nothing, 'scalar', { ...scalarOf, gives: 'timestamp', unit: 'timestamp_seconds' }, experimental('3.12')],
  ['start_timestamp', vector, 'vector', moment, experimental('3.14')],
  ['stddev_over_time', matrix, 'vector', dropName],
  ['stdvar_over_time', matrix, 'vector', { ...dropName, unit: 'square' }],
  ['step', nothing, 'scalar', { ...scalarOf, unit: 'seconds' }, experimental('3.12')],
  ['sum_over_time', matrix, 'vector', dropName],
  ['tan', vector, 'vector', plainNumber],
  ['tanh', vector, 'vector', plainNumber],
  ['time', nothing, 'scalar', { ...scalarOf, gives: 'timestamp', unit: 'timestamp_seconds' }],
  ['timestamp', vector, 'vector', moment],
  ['ts_of_first_over_time', matrix, 'vector', moment, experimental('3.7')],
  ['ts_of_last_over_time', matrix, 'vector', moment, experimental('3.5')],
  ['ts_of_max_over_time', matrix, 'vector', moment, experimental('3.5')],
  ['ts_of_min_over_time', matrix, 'vector', moment, experimental('3.5')],
  ['vector', ['scalar'], 'vector', scalarOf],
  ['year', vector, 'vector', calendar, { variadic: 1 }],
];

/** Every function by name. */
export const functions: ReadonlyMap<string, FunctionSignature> = new Map(
  rows.map(([name, args, returns, effects, extra]) => [
    name,
    {
      name,
      args,
      variadic: extra?.variadic ?? 0,
      returns,
      experimental: extra?.experimental ?? false,
      ...(extra?.since !== undefined && { since: extra.since }),
      ...(extra?.stableSince !== undefined && { stableSince: extra.stableSince }),
      ...effects,
    },
  ]),
);
