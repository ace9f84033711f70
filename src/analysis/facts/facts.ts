/**
 * What the analysis knows of a query: one `NodeFacts` for every node of its tree, worked out once, from the leaves
 * up. Checks read these and never work anything out again.
 *
 * An expression can have several sources: `a or b` has those of `a` and those of `b`. What differs between them
 * (labels, kind, unit) is kept apart for each.
 */
import type { Expr, ValueType, VectorMatching, VectorSelector } from '../../promql/ast.ts';
import type { SampleRole } from '../../metrics/lookup.ts';
import type { MetricModel } from '../../metrics/model.ts';
import type { UnitName } from '../../metrics/units.ts';
import type { Interval } from './interval.ts';
import type { LabelFact, LabelSet, Reason } from './labels.ts';

/** What the values mean. `number` is a plain number that came from no metric. */
export type SeriesKind = 'counter' | 'gauge' | 'info' | 'stateset' | 'boolean' | 'number' | 'unknown';

/** The selector that a source comes from, and what the catalogue says of its metric. */
export interface Origin {
  readonly selector: VectorSelector;
  /** Name of the series; absent for a selector by other labels. */
  readonly name?: string;
  readonly metric?: MetricModel;
  readonly role: SampleRole;
}

/** A call that looks back over a range: `rate(x[5m])`, `max_over_time(x[1h:1m])`. */
export interface RangeUse {
  readonly node: Expr;
  readonly func: string;
  /** Length of the range; absent where a Grafana variable gives it. */
  readonly seconds?: number;
}

/** How a value was made from a counter. */
type CounterState =
  /** Still the counter's own value. */
  | 'raw'
  /** A sum (or other mix) of several counters' own values. */
  | 'aggregated';

/** A number of units that has no name of its own, such as bits by the thousand. */
export interface Scaled {
  readonly unit: UnitName;
  /** What the value was multiplied by. */
  readonly by: number;
}

export interface Source {
  readonly labels: LabelSet;
  /**
   * Labels that tell the series apart: no two series agree in all of them. Absent where that is not known.
   * Labels that are pinned to one value are left out.
   */
  readonly key?: ReadonlySet<string>;
  /** Labels of which several values exist side by side, all else being equal. */
  readonly varying: ReadonlySet<string>;
  readonly origins: readonly Origin[];
  readonly kind: SeriesKind;
  readonly role: SampleRole;
  /** Set while the value is a counter's, not a rate or an increase. */
  readonly counter?: CounterState;
  /** `unknown`: floats or native histograms or both. */
  readonly sample: 'float' | 'histogram' | 'unknown';
  readonly unit?: UnitName;
  /** Instead of a unit: `100 * rate(x[5m])` is a percentage only once it is divided by a rate. */
  readonly scaled?: Scaled;
  /** The unit depends on a label that is not pinned. */
  readonly unitByLabel?: MetricModel['unitByLabel'];
  /** Unit of what a histogram or summary observed, beside the unit of the series itself. */
  readonly observed?: UnitName;
  readonly value: Interval;
  /** The first division that can give NaN. */
  readonly nanFrom?: Expr;
  /** `always`: at every moment at least one series. `never`: no series, ever. */
  readonly presence: 'always' | 'maybe' | 'never';
  /** Why the source is always empty. */
  readonly emptyBecause?: Reason;
  /** What lets a series through or not: comparisons without `bool`, set operators, `absent()`. */
  readonly conditions: readonly Expr[];
  /** Calls over ranges, from the inside out. */
  readonly ranges: readonly RangeUse[];
  /** Seconds between two samples, as scraped, recorded or stepped. */
  readonly resolutionSeconds?: number;
  /** The value is an estimate between samples, so it is seldom a whole number. */
  readonly estimated?: true;
}

/** How the two sides of a binary operation between vectors meet. */
export interface Join {
  readonly matching: VectorMatching | undefined;
  /** Why no pair of series can match, for each pair of sources; empty where some can. */
  readonly mismatches: readonly Mismatch[];
}

/** A label that keeps two sides from ever matching. */
export interface Mismatch {
  readonly label: string;
  readonly left: LabelFact;
  readonly right: LabelFact;
}

export interface NodeFacts {
  readonly expr: Expr;
  readonly type: ValueType;
  /** Never empty: a node that always returns nothing has sources whose presence is `never`. */
  readonly sources: readonly Source[];
  /** Only of binary operations between two vectors. */
  readonly join?: Join;
}

export interface Facts {
  readonly root: NodeFacts;
  /** All nodes, leaves before what holds them. */
  readonly nodes: readonly NodeFacts[];
  /** The facts of a node of this tree. */
  of(expr: Expr): NodeFacts;
}
