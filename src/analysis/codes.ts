/**
 * Every diagnostic code of the analysis, with its name, its default severity and the class of fault it covers.
 *
 * A code is never renumbered and never used again. The severity here is the default: the configuration may
 * change it, a check may not. `classes` are the letters of docs/codes/README.md's table, by which tests tie a
 * code to the wrong and right expressions of its class.
 */
import { findNamedCode, type CodeEntry as PlainEntry } from '../diagnostics/code-table.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';

export interface CodeEntry extends PlainEntry {
  readonly classes: readonly string[];
}

type Row = readonly [code: string, name: string, severity: Severity, title: string, classes?: string];

const ROWS = [
  // M1: metrics and the catalogue
  ['M101', 'unknown-metric', 'error', 'The catalogue has no such metric'],
  ['M102', 'total-suffix', 'info', 'Counter without _total, or _total on something that is no counter', 'B02'],
  ['M103', 'metric-without-help', 'info', 'The metric has no help text'],
  ['M104', 'not-a-base-unit', 'info', 'The name or the unit is not a base unit'],
  ['M105', 'reserved-suffix', 'info', 'The name ends in a suffix that belongs to another kind'],
  ['M106', 'reserved-label', 'info', 'The label belongs to histograms, summaries or Prometheus itself'],
  ['M107', 'kind-in-name', 'info', 'The name says its kind'],
  ['M108', 'invalid-name', 'error', 'The metric or label name is not one that every Prometheus accepts'],
  ['M109', 'camel-case-name', 'info', 'Metric or label name in camelCase'],
  ['M110', 'abbreviated-unit', 'info', 'The unit is abbreviated in the name'],
  ['M111', 'duplicate-metric', 'error', 'Two definitions of one metric'],
  ['M112', 'metric-renamed', 'error', 'The metric was renamed or removed in this version of its exporter', 'L12'],
  ['M113', 'unit-not-in-name', 'info', 'The name does not say the unit'],
  ['M114', 'contradicting-definition', 'error', 'The definition contradicts itself'],
  ['M115', 'colon-in-name', 'info', 'A colon in the name of a metric that no rule records'],
  ['M121', 'client-library-name', 'error', 'The client library exposes the metric under another name', 'G01'],
  ['M122', 'opentelemetry-name', 'error', 'OpenTelemetry name instead of the one that Prometheus stores', 'G02'],

  // Q2: kinds and samples
  ['Q201', 'raw-counter', 'warning', 'Raw counter value compared, summed or drawn', 'B03'],
  ['Q202', 'gauge-function-on-counter', 'error', 'Gauge function on a counter', 'B04'],
  ['Q203', 'rate-needs-counter', 'error', 'rate(), irate() or increase() of a gauge', 'B01 B02'],
  ['Q204', 'aggregated-before-rate', 'error', 'Sum first, rate later', 'B05'],
  ['Q205', 'rate-of-rate', 'error', 'rate() of something that is already a rate', 'B06'],
  ['Q206', 'equality-on-estimate', 'warning', 'Equality test on an extrapolated value', 'B07'],
  ['Q207', 'states-counted', 'error', 'StateSet or boolean series counted instead of summed', 'B08'],
  ['Q208', 'empty-is-not-zero', 'error', 'Aggregation of a filter is empty, not 0', 'B09'],
  ['Q209', 'zero-of-absent', 'warning', '== 0 on a metric that can be absent', 'B10'],
  ['Q210', 'absent-of-filter', 'warning', 'absent() over a filtered expression', 'B11'],
  ['Q211', 'absent-without-labels', 'warning', 'absent() of an aggregation or function loses the labels', 'B12'],
  ['Q212', 'first-increment-missed', 'info', 'First increment of a dynamically created series is missed', 'B13'],
  ['Q213', 'info-as-value', 'error', 'Info metric used as a value', 'B14'],
  ['Q214', 'info-join-changes', 'warning', 'Join with an info metric whose labels change', 'B15'],
  // Q22: histograms and summaries
  ['Q221', 'quantile-without-le', 'error', 'histogram_quantile() without le', 'H01'],
  ['Q222', 'quantile-of-raw-buckets', 'warning', 'histogram_quantile() over buckets that were not rated', 'H02'],
  ['Q223', 'buckets-not-summed', 'warning', 'Aggregation other than sum below histogram_quantile()', 'H03'],
  ['Q224', 'quantile-of-no-buckets', 'error', '_sum, _count or base name passed to histogram_quantile()', 'H04'],
  ['Q225', 'quantile-out-of-range', 'error', 'Quantile outside 0..1', 'H05'],
  ['Q226', 'beyond-last-bucket', 'error', 'Threshold beyond the finite buckets', 'H06'],
  ['Q227', 'bucket-not-exported', 'error', 'le or quantile value that is not exported', 'H07'],
  ['Q228', 'bucket-against-count', 'error', 'Bucket matched with _count or _sum without ignoring(le)', 'H08'],
  ['Q229', 'lifetime-mean', 'warning', 'Mean from raw _sum and _count', 'H09'],
  ['Q230', 'average-of-quantiles', 'warning', 'Averaging quantiles', 'H10'],
  ['Q231', 'summary-is-no-histogram', 'error', 'Summary treated as a histogram, or the reverse', 'H11'],
  ['Q232', 'ranges-differ', 'warning', 'Different ranges inside one ratio', 'H12'],
  ['Q233', 'native-as-classic', 'warning', 'Native histogram treated as a classic one', 'G03'],
  ['Q234', 'histogram-sample-dropped', 'error', 'Function or operator that drops native histograms', 'G04'],
  // Q24: NaN and precedence
  ['Q241', 'nan-hides-condition', 'warning', '0/0 hides the alert', 'N01'],
  ['Q242', 'infinity-meets-condition', 'warning', 'x/0 fires the alert', 'N02'],
  ['Q243', 'nan-in-aggregation', 'error', 'NaN inside an aggregation', 'N03'],
  ['Q245', 'minus-before-power', 'info', 'Unary minus and ^', 'N05'],

  // Q3: labels and matching
  ['Q301', 'self-ratio', 'error', 'Every series is paired with itself', 'A01'],
  ['Q302', 'pinned-apart', 'error', 'Operands pinned to different values of a label they must match on', 'A02'],
  ['Q303', 'label-on-one-side', 'error', 'Match set holds a label that only one side has', 'A03'],
  ['Q304', 'join-across-exporters', 'error', 'Join across exporters without on(): target labels differ', 'A04'],
  ['Q305', 'many-to-many', 'error', 'The many side is not declared', 'A05'],
  ['Q306', 'one-side-not-unique', 'error', 'The "one" side of group_left or group_right is not unique', 'A06'],
  ['Q307', 'include-unknown-label', 'error', 'group_left() copies a label that the "one" side does not have', 'A07'],
  ['Q308', 'include-overwrites', 'warning', 'group_left() overwrites an identity label of the many side', 'A08'],
  ['Q309', 'on-unknown-label', 'error', 'on() or ignoring() names a label that a side cannot have', 'A09'],
  ['Q310', 'set-operator-never-matches', 'error', 'Set operator without on() over different label sets', 'A10'],
  ['Q311', 'zero-beside-labels', 'warning', '`or vector(0)` beside labelled series', 'A11'],
  ['Q312', 'by-unknown-label', 'error', 'Aggregating by a label that the operand cannot have', 'A12'],
  ['Q313', 'without-unknown-label', 'warning', 'without() of a label that is not there', 'A13'],
  ['Q314', 'matcher-on-unknown-label', 'error', 'Matcher on an unknown label', 'A14'],
  ['Q315', 'matcher-matches-nothing', 'error', 'Matcher value outside the known value set', 'A15'],
  ['Q316', 'matcher-excludes-nothing', 'error', 'Negative matcher that excludes nothing', 'A16'],
  ['Q317', 'regex-is-anchored', 'error', 'Regular expression that is not anchored as the author thinks', 'A17'],
  [
    'Q318',
    'replacement-without-group',
    'error',
    'label_replace() with a reference to a group that does not exist',
    'A18',
  ],
  [
    'Q319',
    'replacement-never-applies',
    'warning',
    'label_replace() whose pattern matches no value of the source label',
    'A19',
  ],
  ['Q320', 'relabelling-merges-series', 'error', 'label_replace() or label_join() that merges series', 'A20'],
  ['Q321', 'scalar-of-several', 'error', 'scalar() of a vector with more than one series', 'A21'],
  ['Q322', 'contradicting-matchers', 'error', 'Matchers of one label that exclude each other', 'A22'],
  // Q33: cost
  ['Q331', 'high-cardinality', 'warning', 'High-cardinality labels left by without()', 'K01'],
  ['Q332', 'selector-without-name', 'info', 'Selector without a metric name, or with a pattern for it', 'K02'],
  ['Q333', 'needless-regex', 'info', 'Regular expression where equality or a list is meant', 'K03'],

  // Q4: time
  ['Q401', 'range-too-short', 'error', 'Range too short for the scrape interval', 'T01'],
  [
    'Q402',
    'range-below-rule-interval',
    'warning',
    'Range too short for the interval of the recording rule it reads',
    'T02',
  ],
  ['Q403', 'subquery-step', 'warning', 'Subquery step not smaller than its range', 'T03'],
  ['Q404', 'for-outlives-condition', 'info', '`for` is longer than one event can hold the condition', 'T04'],
  ['Q405', 'for-below-interval', 'info', '`for` is shorter than, or no multiple of, the evaluation interval', 'T05'],
  ['Q406', 'irate-in-rule', 'warning', 'irate() in a rule', 'T06'],
  ['Q407', 'variable-in-rule', 'error', 'Grafana variable in a rule', 'T07'],
  ['Q408', 'fixed-range-in-panel', 'warning', 'Short fixed range or $__interval under rate() on a dashboard', 'T08'],
  ['Q409', 'prediction-too-far', 'warning', 'predict_linear() far beyond its range', 'T09'],
  ['Q410', 'modifier-in-rule', 'warning', 'Offset into the future or @ start()/end() in a rule', 'T10'],
  ['Q411', 'interval-above-lookback', 'error', 'Group or scrape interval above the lookback', 'T11'],
  ['Q412', 'counter-minus-offset', 'warning', 'Difference of a counter and itself with offset', 'T12'],
  ['Q413', 'fixed-range-zoomed-out', 'info', 'Fixed range of some minutes under rate() in a graph', 'T08'],

  // Q5: units and value ranges
  ['Q501', 'units-differ', 'error', 'Different units added, subtracted or compared', 'U01'],
  ['Q502', 'units-by-label-mixed', 'error', 'One metric, several units by a label', 'U02'],
  ['Q503', 'percent-or-ratio', 'error', 'Percent where a ratio is expected, or the reverse', 'U03'],
  ['Q504', 'panel-unit-differs', 'error', "The panel's unit is not that of its query", 'U04'],
  ['Q505', 'seconds-per-second', 'error', 'Rate of seconds shown as seconds', 'U05'],
  ['Q506', 'date-in-seconds', 'error', 'Date unit fed with seconds', 'U06'],
  ['Q507', 'humanize-wrong-unit', 'error', 'humanize function on the wrong unit', 'U07'],
  ['Q508', 'threshold-out-of-range', 'error', 'Threshold outside of the value range', 'U08'],
  ['Q509', 'contradicting-bounds', 'error', 'Contradicting or subsumed bounds', 'U09'],
  ['Q510', 'chained-comparison', 'info', 'Chained comparison of vectors', 'U10'],
  ['Q511', 'mean-of-ratios', 'info', 'Unweighted mean of ratios', 'U11'],
  ['Q516', 'timestamp-as-duration', 'error', 'Timestamp compared as if it were a length of time', 'B16'],
  ['Q517', 'seconds-and-milliseconds', 'error', 'Timestamp in seconds against one in milliseconds', 'B17'],

  // D6: dashboards (D650 and above belong to the delivery checks of the grafana room)
  ['D603', 'legend-label-dropped', 'error', 'Legend uses a label that the query does not have', 'L03'],
  ['D607', 'multi-value-equals', 'error', 'Multi-value variable with =', 'L07'],
  ['D608', 'variable-not-declared', 'error', 'Variable that is not declared', 'L08'],
  ['D609', 'variable-of-unknown-label', 'error', 'label_values() of a label that the metric does not have', 'L09'],
  ['D610', 'variable-not-used', 'warning', 'Variable that nothing on the dashboard uses', 'L08'],

  // R7: rules and alerts (R750 and above belong to the checks of the prometheus room)
  ['R701', 'template-label-dropped', 'error', 'Template uses a label that the expression drops', 'L01'],
  ['R702', 'template-unknown-label', 'error', 'Template uses a label that never existed', 'L02'],
  ['R704', 'rule-label-overwrites', 'error', 'Rule label overwrites a label of the series', 'L04'],
  ['R705', 'rule-label-merges-series', 'error', 'Static label of a recording rule that makes duplicates', 'L05'],
  ['R706', 'routing-label-missing', 'error', 'Label needed for routing or inhibition is missing', 'L06'],
  ['R710', 'recorded-name', 'info', 'Recorded name does not say what is recorded', 'L10'],
  ['R711', 'rule-order', 'error', 'Circular or out-of-order recording rules', 'L11'],
  ['R714', 'or-without-condition', 'error', '`or` binds looser than the comparison', 'N04'],
  ['R716', 'alert-without-condition', 'error', 'Alert expression without a condition, or with bool', 'N06'],

  // C8: configuration and the target server
  ['C801', 'unused-suppression', 'warning', 'Suppression that suppresses nothing'],
  ['C802', 'suppression-without-reason', 'error', 'Suppression without a reason'],
  ['C803', 'unknown-code', 'error', 'Suppression or configuration of a code that does not exist'],
  ['C804', 'does-not-parse', 'error', 'The expression is no PromQL'],
  ['C805', 'needs-server-feature', 'error', 'Syntax that the target server does not have', 'G05'],
  ['C806', 'too-deep', 'warning', 'Expression nested too deeply to be judged'],
] as const;

/** A code that exists. */
export type Code = (typeof ROWS)[number][0];

/** All codes, in the order of their families. */
export const CODES: readonly CodeEntry[] = ROWS.map(([code, name, severity, title, classes]: Row): CodeEntry => ({
  code,
  name,
  severity,
  title,
  classes: classes?.split(' ') ?? [],
}));

const BY_CODE: ReadonlyMap<string, CodeEntry> = new Map(CODES.map((entry) => [entry.code, entry]));

/** The entry of a code. */
export function codeEntry(code: Code): CodeEntry {
  return BY_CODE.get(code)!;
}

/** The entry of a code or a name that somebody typed; `undefined` where there is none. */
export function findCode(text: string): CodeEntry | undefined {
  return findNamedCode(CODES, text);
}
