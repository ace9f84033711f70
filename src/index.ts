/** The public surface of dashwright. Re-exports only. */

// Metrics
export type { Catalogue, ExporterModel, LabelModel, LabelValues, MetricKind, MetricModel } from './metrics/model.ts';
export { catalogue, type HasModel } from './metrics/catalogue.ts';
export { exporter, type Exporter, type ExporterOptions, type ScrapeInterval } from './metrics/exporter.ts';
export { any, label, oneOf, pattern, type Label, type LabelDeclarations, type LabelOptions } from './metrics/labels.ts';
export { findSample, sampleNames, type Sample, type SampleRole } from './metrics/lookup.ts';
export type { BaseUnit, UnitName } from './metrics/units.ts';
export {
  counter,
  gauge,
  histogram,
  info,
  nativeHistogram,
  stateset,
  summary,
  untyped,
  type AnyMetric,
  type Histogram,
  type HistogramOptions,
  type Metric,
  type Options as MetricOptions,
  type Series,
  type Summary,
  type SummaryOptions,
} from './query/metric.ts';
export type { SeriesInput } from './query/series.ts';

// Queries
export type { QueryValue } from './query/query.ts';
export type {
  AnyQuery,
  Kind,
  KindOf,
  LabelsOf,
  Matrix,
  MetricOf,
  OnlyLabelsOf,
  Problem,
  Samples,
  Scalar,
  StringValue,
  Unit,
  UnitOf,
  Vector,
} from './query/types.ts';
export type { Num } from './query/build.ts';
export type { Duration, Range } from './query/duration.ts';
export type { VariableReference } from './query/variable.ts';
export { matching, not, type Match, type Matchers, type Matching, type Not } from './query/matchers.ts';
export { promql, type Interpolated } from './query/raw.ts';
export { selector } from './query/selector.ts';
export {
  avg,
  bottomk,
  count,
  countValues,
  group,
  limitk,
  limitRatio,
  max,
  min,
  quantile,
  stddev,
  stdvar,
  sum,
  topk,
  type Grouping,
} from './query/aggregations.ts';
export {
  absentOverTime,
  avgOverTime,
  changes,
  countOverTime,
  delta,
  deriv,
  doubleExponentialSmoothing,
  firstOverTime,
  idelta,
  increase,
  irate,
  lastOverTime,
  madOverTime,
  maxOverTime,
  minOverTime,
  predictLinear,
  presentOverTime,
  quantileOverTime,
  range,
  rate,
  resets,
  stddevOverTime,
  stdvarOverTime,
  subquery,
  sumOverTime,
  tsOfFirstOverTime,
  tsOfLastOverTime,
  tsOfMaxOverTime,
  tsOfMinOverTime,
} from './query/over-time.ts';
export {
  abs,
  absent,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  ceil,
  clamp,
  clampMax,
  clampMin,
  cos,
  cosh,
  dayOfMonth,
  dayOfWeek,
  dayOfYear,
  daysInMonth,
  deg,
  end,
  exp,
  floor,
  hour,
  ln,
  log10,
  log2,
  minute,
  minOf,
  maxOf,
  month,
  number,
  pi,
  queryRange,
  rad,
  round,
  scalar,
  sgn,
  sin,
  sinh,
  sort,
  sortByLabel,
  sortByLabelDesc,
  sortDesc,
  sqrt,
  start,
  startTimestamp,
  step,
  string,
  tan,
  tanh,
  time,
  timestamp,
  vector,
  year,
} from './query/functions.ts';
export { joinInfo, labelJoin, labelReplace, type LabelReplacement } from './query/label-functions.ts';
export {
  histogramAvg,
  histogramCount,
  histogramFraction,
  histogramQuantile,
  histogramQuantiles,
  histogramStddev,
  histogramStdvar,
  histogramSum,
} from './query/histograms.ts';
export {
  add,
  and,
  atan2,
  div,
  eq,
  ge,
  gt,
  le,
  lt,
  mod,
  mul,
  ne,
  neg,
  or,
  pow,
  sub,
  trimLower,
  trimUpper,
  unless,
} from './query/operators.ts';
export type { FillValues, MatchingOptions } from './query/matching-labels.ts';
export {
  age,
  mean,
  percentile,
  ratio,
  share,
  type DistributionOptions,
  type PatternOptions,
} from './query/patterns.ts';
export { at, extended, offset, type Moment } from './query/modifiers.ts';
export { resolveAutoRange, resolveQueryRanges, type RangeResolver } from './query/auto-range.ts';

// Rules
export { alert, type AlertOptions, type AlertSeverity } from './prometheus/authoring/alert.ts';
export {
  firing,
  silent,
  type AlertTest,
  type Expectation,
  type FiringOptions,
  type Situation,
} from './prometheus/authoring/cases.ts';
export { ruleGroup, type GroupMember, type RuleGroupOptions } from './prometheus/authoring/group.ts';
export { slo, type Slo, type SloExample, type SloOptions } from './prometheus/slo/slo.ts';
export { record, type Recorded, type RecordOptions } from './prometheus/authoring/record.ts';
export {
  goTemplate,
  text,
  type AlertTemplate,
  type AnnotationContext,
  type AnnotationText,
  type LabelContext,
  type LabelPlaceholders,
  type LabelText,
  type Placeholder,
  type ValuePlaceholder,
} from './prometheus/authoring/text.ts';
export type {
  AlertCase,
  AlertingRule,
  ExpectedAlert,
  PanelReference,
  RecordingRule,
  Rule,
  RuleGroup,
  TemplateModel,
} from './prometheus/model.ts';

// Dashboards
export {
  dashboard,
  folder,
  row,
  type Dashboard,
  type DashboardOptions,
  type Row,
  type RowOptions,
} from './grafana/authoring/dashboards.ts';
export {
  annotationslist,
  barchart,
  bargauge,
  candlestick,
  canvas,
  dashboardlist,
  datagrid,
  gaugePanel,
  geomap,
  heatmap,
  histogramPanel,
  logs,
  news,
  nodegraph,
  override,
  piechart,
  stat,
  statetimeline,
  statushistory,
  table,
  textPanel,
  timeseries,
  trend,
  xychart,
  type GridWidth,
  type LegendBoxOptions,
  type Panel,
  type PanelFunction,
  type PanelOptions,
  type QuerylessPanelFunction,
  type RepeatOptions,
} from './grafana/authoring/panels.ts';
export { dataquery, target, type PanelQueries, type TargetOptions } from './grafana/authoring/targets.ts';
export {
  adhocVariable,
  constantVariable,
  customVariable,
  datasourceVariable,
  intervalVariable,
  labelNames,
  labelValues,
  metricNames,
  queryResult,
  textboxVariable,
  variable,
  variableQuery,
  type QueryVariableOptions,
  type SelectionOptions,
  type Variable,
  type VariableOptions,
} from './grafana/authoring/variables.ts';
export { annotation, type AnnotationOptions } from './grafana/authoring/annotations.ts';
export {
  dashboardLink,
  dataLink,
  fieldLabel,
  rowField,
  tagsLink,
  urlLink,
  type DashboardLinkOptions,
  type DataLinkOptions,
  type LinkedDashboard,
  type LinkOptions,
} from './grafana/authoring/links.ts';
export type {
  AnnotationModel,
  Color,
  DashboardLinkModel,
  DashboardModel,
  DataLinkModel,
  DatasourceReference,
  FieldMatcher,
  FieldOptions,
  FolderModel,
  LegendBox,
  OverrideModel,
  PanelModel,
  RowModel,
  TargetModel,
  Thresholds,
  TransformationModel,
  ValueMapping,
  VariableModel,
  VariableQuery,
} from './grafana/model.ts';
export type { PanelBuilders, PanelSdk, PanelType } from './grafana/panel-builders.ts';
export type { GrafanaUnit } from './grafana/units.ts';

// Configuration
export {
  defineConfig,
  type Config,
  type DatasourceConfig,
  type DefinedConfig,
  type PrometheusConfig,
  type SuppressionConfig,
} from './project/config.ts';
