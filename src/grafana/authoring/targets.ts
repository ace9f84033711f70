/** The queries of a panel. */
import { isQuery } from '../../query/build.ts';
import type { Duration, Examples } from '../../query/duration.ts';
import type { AnyQuery, OnlyLabelsOf } from '../../query/types.ts';
import { isObject, plain } from '../json.ts';
import type {
  DatasourceReference,
  ForeignTargetModel,
  PrometheusTargetModel,
  TargetFormat,
  TargetModel,
} from '../model.ts';
import type { LegendLabels } from './legend.ts';

export interface TargetOptions {
  /** Only the newest value (`true`) or all values of the time range (`false`). Default: what the panel shows. */
  readonly instant?: boolean;
  /** `table`: labels become columns; `heatmap`: buckets become rows. Default: what the panel shows. */
  readonly format?: TargetFormat;
  /** Not shown, but there for transformations and for the expressions of other targets. */
  readonly hide?: boolean;
  /** Ask for exemplars as well. */
  readonly exemplar?: boolean;
  /** The letter by which transformations and overrides know the query. Default: A, B, C … in order. */
  readonly refId?: string;
  /** Smallest step between two values. Default: the scrape interval of the metrics' exporter. */
  readonly interval?: Duration<Examples>;
}

/** What a panel may be given to show: one query or several, each bare or with options of its own. */
export type PanelQueries<Q extends AnyQuery> = Q | TargetModel | readonly (Q | TargetModel)[];

/**
 * A query of a panel with a legend and options of its own.
 *
 * @param query an instant vector or a scalar
 * @param options `legend` names each series, with labels of the query in double braces: `'{{pod}}'`
 */
export function target<Q extends AnyQuery, const Legend extends string = string>(
  query: Q,
  options: TargetOptions & { readonly legend?: Legend & OnlyLabelsOf<Q, LegendLabels<Legend>> } = {},
): PrometheusTargetModel {
  return Object.freeze({ ...options, kind: 'prometheus', query });
}

/**
 * A query of another data source: what the Foundation SDK's builder for that source makes.
 *
 * @param builder such as `new loki.DataqueryBuilder().expr('{app="x"}')`
 * @param options the data source, by its type and its uid in Grafana
 * @throws TypeError where the builder makes no JSON object
 */
export function dataquery(
  builder: { build(): object },
  options: { readonly datasource: DatasourceReference; readonly refId?: string; readonly hide?: boolean },
): ForeignTargetModel {
  const json = plain(builder.build(), 'dataquery()');
  if (!isObject(json)) throw new TypeError('dataquery() needs a builder that makes an object.');
  return Object.freeze({ ...options, kind: 'foreign', dataquery: json });
}

/**
 * The targets of a panel.
 *
 * @param queries what the author gave
 * @param legend of every query that has no options of its own
 * @param title of the panel, for the message
 * @throws TypeError where something is no query
 */
export function targetModels(
  queries: PanelQueries<AnyQuery> | undefined,
  legend: string | undefined,
  title: string,
): readonly TargetModel[] {
  if (queries === undefined) return [];
  const list = Array.isArray(queries) ? (queries as readonly unknown[]) : [queries];
  return Object.freeze(
    list.map((item, index): TargetModel => {
      if (isTarget(item)) {
        return legend === undefined || item.kind === 'foreign' || item.legend !== undefined
          ? item
          : { ...item, legend };
      }
      if (isQuery(item)) return { kind: 'prometheus', query: item, ...(legend === undefined ? {} : { legend }) };
      throw new TypeError(
        `Query ${index + 1} of the panel "${title}" is ${describe(item)}. Give a query such as sum(rate(metric)), or target(query, { legend }).`,
      );
    }),
  );
}

function isTarget(value: unknown): value is TargetModel {
  const kind = isObject(value) ? value['kind'] : undefined;
  return kind === 'prometheus' || kind === 'foreign';
}

function describe(value: unknown): string {
  if (isObject(value) && value['kind'] === 'metric') {
    return 'a metric that exposes several series (name one of them, such as .count or .bucket)';
  }
  if (value === null || value === undefined) return 'missing';
  return typeof value === 'object' ? 'no query but an object' : `no query but a ${typeof value}`;
}
