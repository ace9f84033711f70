/**
 * What a catalogue says of a metric: the plain data behind `counter(…)`, `gauge(…)` and the rest, and the
 * shape that `dashwright catalogue` writes as JSON. Only the name, the kind and the labels are required;
 * a check that needs what is not said stays silent.
 */
import type { UnitName } from './units.ts';
import type { SourcePosition } from '../source/position.ts';

export type MetricKind =
  'counter' | 'gauge' | 'histogram' | 'nativeHistogram' | 'summary' | 'info' | 'stateset' | 'untyped';

/** What is known of a label's values. */
export type LabelValues =
  | { readonly type: 'any' }
  | { readonly type: 'oneOf'; readonly values: readonly string[] }
  | { readonly type: 'pattern'; readonly regex: string };

export interface LabelModel {
  readonly values: LabelValues;
  /** `sometimes`: some series of the metric lack the label. Default: always. */
  readonly presence?: 'always' | 'sometimes';
  /** About how many values are live at once. */
  readonly cardinality?: number;
  /** The value changes while the thing it describes lives on, such as a version. */
  readonly mutable?: boolean;
  readonly help?: string;
}

export interface ExporterModel {
  readonly name: string;
  /** Value of the `job` label, and the name of the scrape job. */
  readonly job: string;
  /** Seconds. */
  readonly scrapeIntervalSeconds: number;
  /** Labels that the scrape attaches. */
  readonly targetLabels: Readonly<Record<string, LabelModel>>;
  readonly version?: string;
  readonly clientLibrary?: string;
  /** `host:port` of the static targets for the generated `prometheus.yml`. */
  readonly targets?: readonly string[];
  readonly metricsPath?: string;
  readonly honorLabels?: boolean;
}

export interface MetricModel {
  readonly name: string;
  readonly kind: MetricKind;
  readonly help?: string;
  readonly unit?: UnitName;
  /** The unit where it depends on a label's value, such as `resource="cpu"` → cores. */
  readonly unitByLabel?: { readonly label: string; readonly units: Readonly<Record<string, UnitName>> };
  /** Own labels, without the exporter's target labels and without `le` and `quantile`. */
  readonly labels: Readonly<Record<string, LabelModel>>;
  /** Labels that tell two living series apart; default: all. */
  readonly key?: readonly string[];
  readonly range?: { readonly min?: number; readonly max?: number };
  /** The value is 1 for yes and 0 for no. */
  readonly boolean?: boolean;
  /** Upper bounds of a classic histogram's buckets, ascending, without +Inf. */
  readonly buckets?: readonly number[];
  readonly quantiles?: readonly number[];
  /** Series do not exist before the first event. */
  readonly appearsOnFirstUse?: boolean;
  readonly exporter?: ExporterModel;
  /** Of a recording rule: its expression and its group's evaluation interval in seconds. */
  readonly recordedBy?: { readonly expr: string; readonly intervalSeconds?: number };
  readonly since?: string;
  readonly renamedTo?: string;
  readonly renamedFrom?: readonly string[];
  readonly removed?: string;
  /** The exporter really exposes this name, whatever the rules of naming say. */
  readonly nameAsExposed?: boolean;
  readonly position?: SourcePosition;
}

/** A catalogue: what `analysis` looks names up in. Names are family names (`x`, not `x_bucket`). */
export interface Catalogue {
  readonly metrics: readonly MetricModel[];
  /** Labels that Prometheus adds to everything it sends or that relabelling adds everywhere. */
  readonly externalLabels?: Readonly<Record<string, LabelModel>>;
}
