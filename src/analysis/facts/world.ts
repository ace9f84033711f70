/** What the inference knows of the world outside of the query: the catalogue, the rules and the server. */
import type { LabelModel, MetricModel } from '../../metrics/model.ts';
import type { SampleRole } from '../../metrics/lookup.ts';
import type { Source } from './facts.ts';

/** A series name that exists, and what it is a series of. */
export interface KnownSeries {
  readonly name: string;
  readonly metric: MetricModel;
  readonly role: SampleRole;
  /** Of a recording rule: what its expression was found to give, metric name and rule labels applied. */
  readonly recorded?: readonly Source[];
}

/** The Prometheus that will run the queries. */
export interface Server {
  /** Such as `3.5`; absent where it is not known. */
  readonly version?: string;
  /** Values of `--enable-feature`. */
  readonly features: ReadonlySet<string>;
  /** How far an instant selector looks back, in seconds. */
  readonly lookbackSeconds: number;
  /** How long samples are kept, in seconds. */
  readonly retentionSeconds?: number;
  /** Default interval of rule groups and of subqueries without a step, in seconds. */
  readonly evaluationIntervalSeconds: number;
}

export interface World {
  /**
   * Closed: what the catalogue does not name does not exist, and a metric without an exporter has its own labels,
   * `job` and `instance`. Open: metrics that are not in the catalogue can be anything, and so can the target labels
   * of a metric whose exporter is not declared.
   */
  readonly closed: boolean;
  /** What is known of a series name, as a query would select it (`x_bucket`, not `x`). */
  series(name: string): KnownSeries | undefined;
  /** The family of that name, such as `x` of the series `x_bucket`. */
  readonly metric: (name: string) => MetricModel | undefined;
  readonly metrics: readonly MetricModel[];
  readonly externalLabels: Readonly<Record<string, LabelModel>>;
  readonly server: Server;
}
