/** Variables: the choices at the top of a dashboard, which queries take as values of labels or as ranges. */
import { isQuery } from '../../query/build.ts';
import { type Duration, type Examples, milliseconds } from '../../query/duration.ts';
import type { AnyQuery, LabelsOf, Vector } from '../../query/types.ts';
import { capturePosition } from '../../source/position.ts';
import type { Choice, Selection, VariableBase, VariableModel, VariableQuery } from '../model.ts';

/** A variable of a dashboard; in queries it stands for its value. */
export type Variable = VariableModel;

export interface VariableOptions {
  /** What the reader sees instead of the name. */
  readonly label?: string;
  readonly description?: string;
  /** `label` hides the label, `variable` hides everything. */
  readonly hide?: 'no' | 'label' | 'variable';
  /** Keep the value out of the URL. */
  readonly skipUrlSync?: boolean;
}

export interface SelectionOptions {
  /** Several values may be chosen. Default false. */
  readonly multi?: boolean;
  /** Offers "All". Default false. */
  readonly includeAll?: boolean;
  /** What "All" stands for, such as `.+`. Default: every value, joined by `|`. */
  readonly allValue?: string;
  /** Chosen when the dashboard opens; `'all'` for All. Default: All where it is offered, else the first value. */
  readonly initial?: 'all' | (string & {}) | readonly string[];
}

/** How Grafana sorts the values of a query variable. */
const SORT_ORDERS = {
  none: 0,
  ascending: 1,
  descending: 2,
  numeric: 3,
  'numeric descending': 4,
  'case-insensitive': 5,
  'case-insensitive descending': 6,
  natural: 7,
  'natural descending': 8,
} as const;

export interface QueryVariableOptions extends VariableOptions, SelectionOptions {
  /** Keeps what the expression matches, or its first group. In Grafana's notation: `/.*@(.+)/`. */
  readonly regex?: string;
  readonly sort?: keyof typeof SORT_ORDERS;
}

/** A classic histogram as a whole has no series of its own; its count has all of its labels. */
interface HasCount {
  readonly count: Vector;
}

type VectorOf<M> = M extends Vector ? M : M extends { readonly count: infer C extends Vector } ? C : never;

/**
 * Every value of a label, of the series that a metric or a selector has in the dashboard's time range.
 *
 * @param metric a metric, or a selector that takes other variables: `runs({ repository: repositoryVariable })`
 * @param label a label that the metric has
 */
export function labelValues<M extends Vector | HasCount>(metric: M, label: LabelsOf<VectorOf<M>>): VariableQuery {
  return Object.freeze({ type: 'labelValues', label, query: isQuery(metric) ? metric : metric.count });
}

/** Every name of a label that Prometheus knows. */
export function labelNames(): VariableQuery {
  return Object.freeze({ type: 'labelNames' });
}

/** Every name of a metric that the expression matches. */
export function metricNames(pattern: string): VariableQuery {
  return Object.freeze({ type: 'metrics', pattern });
}

/**
 * The series of a query's result as `name{label="value"} value time`, from which `regex` takes what is wanted.
 * An automatic range becomes the dashboard's time range: `$__rate_interval` does not exist in variables.
 */
export function queryResult(query: AnyQuery): VariableQuery {
  return Object.freeze({ type: 'queryResult', query });
}

/** A query in the notation of Grafana's Prometheus data source, for what the functions above cannot say. */
export function variableQuery(text: string): VariableQuery {
  return Object.freeze({ type: 'text', text });
}

/**
 * A variable whose values Prometheus knows.
 *
 * @param name letters, digits and `_`
 * @param source usually `labelValues(metric, 'label')`
 */
export function variable(name: string, source: VariableQuery, options: QueryVariableOptions = {}): Variable {
  const { regex, sort, ...rest } = options;
  return Object.freeze({
    ...base(name, rest, variable),
    type: 'query',
    source,
    regex: regex ?? '',
    sort: SORT_ORDERS[sort ?? 'natural'],
    ...selection(rest),
  });
}

/**
 * A variable with a fixed list of values.
 *
 * @param choices values, or what is shown by value: `{ 'All of production': 'prod-.+' }`
 */
export function customVariable(
  name: string,
  choices: readonly string[] | Readonly<Record<string, string>>,
  options: VariableOptions & SelectionOptions = {},
): Variable {
  const list: readonly Choice[] = Array.isArray(choices)
    ? (choices as readonly string[]).map((value) => ({ text: value, value }))
    : Object.entries(choices as Readonly<Record<string, string>>).map(([text, value]) => ({ text, value }));
  return Object.freeze({
    ...base(name, options, customVariable),
    type: 'custom',
    choices: Object.freeze(list),
    ...selection(options),
  });
}

/** A value that readers neither see nor change, unless through the URL. */
export function constantVariable(name: string, value: string, options: VariableOptions = {}): Variable {
  return Object.freeze({ ...base(name, { hide: 'variable', ...options }, constantVariable), type: 'constant', value });
}

/**
 * A length of time to choose, for the range of a function over time.
 *
 * @param intervals such as `['5m', '1h', '1d']`
 * @param options `auto` adds a choice that divides the time range by `count`, at least `min`; `initial` is the
 *   choice when the dashboard opens, by default the first
 * @throws TypeError where an interval is no duration
 */
export function intervalVariable<const I extends Duration<Examples>>(
  name: string,
  intervals: readonly I[],
  options: VariableOptions & {
    readonly auto?: { readonly count: number; readonly min: Duration<Examples> };
    readonly initial?: NoInfer<I> | 'auto';
  } = {},
): Variable {
  const { auto, initial, ...rest } = options;
  for (const interval of intervals) milliseconds(interval);
  return Object.freeze({
    ...base(name, rest, intervalVariable),
    type: 'interval',
    intervals,
    initial: initial ?? intervals[0] ?? 'auto',
    ...(auto === undefined ? {} : { auto }),
  });
}

/** Text that the reader types. */
export function textboxVariable(name: string, options: VariableOptions & { readonly initial?: string } = {}): Variable {
  const { initial, ...rest } = options;
  return Object.freeze({ ...base(name, rest, textboxVariable), type: 'textbox', value: initial ?? '' });
}

/**
 * A choice of data sources of one type. The one named `datasource` of type `prometheus`, which every dashboard
 * gets by itself, is where its queries go.
 *
 * @param plugin the type of data source, such as `prometheus` or `loki`
 * @param options `regex` keeps the data sources whose names match
 */
export function datasourceVariable(
  name: string,
  plugin: string,
  options: VariableOptions & SelectionOptions & { readonly regex?: string } = {},
): Variable {
  const { regex, ...rest } = options;
  return Object.freeze({
    ...base(name, rest, datasourceVariable),
    type: 'datasource',
    plugin,
    regex: regex ?? '',
    ...selection(rest),
  });
}

/** Filters by any label, which Grafana adds to every query of the dashboard. */
export function adhocVariable(name: string, options: VariableOptions = {}): Variable {
  return Object.freeze({ ...base(name, options, adhocVariable), type: 'adhoc' });
}

function base(name: string, options: VariableOptions, callee: (...args: never[]) => unknown): VariableBase {
  return {
    kind: 'variable',
    name,
    ...(options.label === undefined ? {} : { label: options.label }),
    ...(options.description === undefined ? {} : { description: options.description }),
    hide: options.hide ?? 'no',
    skipUrlSync: options.skipUrlSync ?? false,
    position: capturePosition(callee),
  };
}

function selection({ multi, includeAll, allValue, initial }: SelectionOptions): Selection {
  const chosen = initial === 'all' ? ['$__all'] : typeof initial === 'string' ? [initial] : initial;
  return {
    multi: multi ?? false,
    includeAll: includeAll ?? false,
    ...(allValue === undefined ? {} : { allValue }),
    ...(chosen === undefined ? {} : { initial: chosen }),
  };
}
