/** Every check, in the order of the codes. A new check is one import and one line. */
import type { Check } from '../check.ts';
import { unknownMetricCheck } from './m101-unknown-metric.ts';
import { totalSuffix } from './m102-total-suffix.ts';
import { metricWithoutHelp } from './m103-metric-without-help.ts';
import { notABaseUnit } from './m104-not-a-base-unit.ts';
import { reservedSuffix } from './m105-reserved-suffix.ts';
import { reservedLabel } from './m106-reserved-label.ts';
import { kindInName } from './m107-kind-in-name.ts';
import { invalidName } from './m108-invalid-name.ts';
import { camelCaseName } from './m109-camel-case-name.ts';
import { abbreviatedUnit } from './m110-abbreviated-unit.ts';
import { duplicateMetric } from './m111-duplicate-metric.ts';
import { metricRenamed } from './m112-metric-renamed.ts';
import { unitNotInName } from './m113-unit-not-in-name.ts';
import { contradictingDefinition } from './m114-contradicting-definition.ts';
import { colonInName } from './m115-colon-in-name.ts';
import { clientLibraryName } from './m121-client-library-name.ts';
import { opentelemetryName } from './m122-opentelemetry-name.ts';
import { rawCounter } from './q201-raw-counter.ts';
import { gaugeFunctionOnCounter } from './q202-gauge-function-on-counter.ts';
import { rateNeedsCounter } from './q203-rate-needs-counter.ts';
import { aggregatedBeforeRate } from './q204-aggregated-before-rate.ts';
import { rateOfRate } from './q205-rate-of-rate.ts';
import { equalityOnEstimate } from './q206-equality-on-estimate.ts';
import { statesCounted } from './q207-states-counted.ts';
import { emptyIsNotZero } from './q208-empty-is-not-zero.ts';
import { zeroOfAbsent } from './q209-zero-of-absent.ts';
import { absentOfFilter } from './q210-absent-of-filter.ts';
import { absentWithoutLabels } from './q211-absent-without-labels.ts';
import { firstIncrementMissed } from './q212-first-increment-missed.ts';
import { infoAsValue } from './q213-info-as-value.ts';
import { infoJoinChanges } from './q214-info-join-changes.ts';
import { quantileWithoutLe } from './q221-quantile-without-le.ts';
import { quantileOfRawBuckets } from './q222-quantile-of-raw-buckets.ts';
import { bucketsNotSummed } from './q223-buckets-not-summed.ts';
import { quantileOfNoBuckets } from './q224-quantile-of-no-buckets.ts';
import { quantileOutOfRange } from './q225-quantile-out-of-range.ts';
import { beyondLastBucket } from './q226-beyond-last-bucket.ts';
import { bucketNotExported } from './q227-bucket-not-exported.ts';
import { bucketAgainstCount } from './q228-bucket-against-count.ts';
import { lifetimeMean } from './q229-lifetime-mean.ts';
import { averageOfQuantiles } from './q230-average-of-quantiles.ts';
import { summaryIsNoHistogram } from './q231-summary-is-no-histogram.ts';
import { rangesDiffer } from './q232-ranges-differ.ts';
import { nativeAsClassic } from './q233-native-as-classic.ts';
import { histogramSampleDropped } from './q234-histogram-sample-dropped.ts';
import { nanHidesCondition } from './q241-nan-hides-condition.ts';
import { infinityMeetsCondition } from './q242-infinity-meets-condition.ts';
import { nanInAggregation } from './q243-nan-in-aggregation.ts';
import { minusBeforePower } from './q245-minus-before-power.ts';
import { selfRatio } from './q301-self-ratio.ts';
import { pinnedApart } from './q302-pinned-apart.ts';
import { labelOnOneSide } from './q303-label-on-one-side.ts';
import { joinAcrossExporters } from './q304-join-across-exporters.ts';
import { manyToMany } from './q305-many-to-many.ts';
import { oneSideNotUnique } from './q306-one-side-not-unique.ts';
import { includeUnknownLabel } from './q307-include-unknown-label.ts';
import { includeOverwrites } from './q308-include-overwrites.ts';
import { onUnknownLabel } from './q309-on-unknown-label.ts';
import { setOperatorNeverMatches } from './q310-set-operator-never-matches.ts';
import { zeroBesideLabels } from './q311-zero-beside-labels.ts';
import { byUnknownLabel } from './q312-by-unknown-label.ts';
import { withoutUnknownLabel } from './q313-without-unknown-label.ts';
import { matcherOnUnknownLabel } from './q314-matcher-on-unknown-label.ts';
import { matcherMatchesNothing } from './q315-matcher-matches-nothing.ts';
import { matcherExcludesNothing } from './q316-matcher-excludes-nothing.ts';
import { regexIsAnchored } from './q317-regex-is-anchored.ts';
import { replacementWithoutGroup } from './q318-replacement-without-group.ts';
import { replacementNeverApplies } from './q319-replacement-never-applies.ts';
import { relabellingMergesSeries } from './q320-relabelling-merges-series.ts';
import { scalarOfSeveral } from './q321-scalar-of-several.ts';
import { contradictingMatchers } from './q322-contradicting-matchers.ts';
import { highCardinality } from './q331-high-cardinality.ts';
import { selectorWithoutName } from './q332-selector-without-name.ts';
import { needlessRegex } from './q333-needless-regex.ts';
import { rangeTooShort } from './q401-range-too-short.ts';
import { rangeBelowRuleInterval } from './q402-range-below-rule-interval.ts';
import { subqueryStep } from './q403-subquery-step.ts';
import { forOutlivesCondition } from './q404-for-outlives-condition.ts';
import { forBelowInterval } from './q405-for-below-interval.ts';
import { irateInRule } from './q406-irate-in-rule.ts';
import { variableInRule } from './q407-variable-in-rule.ts';
import { fixedRangeInPanel } from './q408-fixed-range-in-panel.ts';
import { predictionTooFar } from './q409-prediction-too-far.ts';
import { modifierInRule } from './q410-modifier-in-rule.ts';
import { intervalAboveLookback } from './q411-interval-above-lookback.ts';
import { counterMinusOffset } from './q412-counter-minus-offset.ts';
import { fixedRangeZoomedOut } from './q413-fixed-range-zoomed-out.ts';
import { unitsDiffer } from './q501-units-differ.ts';
import { unitsByLabelMixed } from './q502-units-by-label-mixed.ts';
import { percentOrRatio } from './q503-percent-or-ratio.ts';
import { panelUnitDiffers } from './q504-panel-unit-differs.ts';
import { secondsPerSecond } from './q505-seconds-per-second.ts';
import { dateInSeconds } from './q506-date-in-seconds.ts';
import { humanizeWrongUnit } from './q507-humanize-wrong-unit.ts';
import { thresholdOutOfRange } from './q508-threshold-out-of-range.ts';
import { contradictingBounds } from './q509-contradicting-bounds.ts';
import { chainedComparison } from './q510-chained-comparison.ts';
import { meanOfRatios } from './q511-mean-of-ratios.ts';
import { timestampAsDuration } from './q516-timestamp-as-duration.ts';
import { secondsAndMilliseconds } from './q517-seconds-and-milliseconds.ts';
import { legendLabelDropped } from './d603-legend-label-dropped.ts';
import { multiValueEquals } from './d607-multi-value-equals.ts';
import { variableNotDeclared } from './d608-variable-not-declared.ts';
import { variableOfUnknownLabel } from './d609-variable-of-unknown-label.ts';
import { variableNotUsed } from './d610-variable-not-used.ts';
import { templateLabelDropped } from './r701-template-label-dropped.ts';
import { templateUnknownLabel } from './r702-template-unknown-label.ts';
import { ruleLabelOverwrites } from './r704-rule-label-overwrites.ts';
import { ruleLabelMergesSeries } from './r705-rule-label-merges-series.ts';
import { routingLabelMissing } from './r706-routing-label-missing.ts';
import { recordedName } from './r710-recorded-name.ts';
import { ruleOrder } from './r711-rule-order.ts';
import { orWithoutCondition } from './r714-or-without-condition.ts';
import { alertWithoutCondition } from './r716-alert-without-condition.ts';
import { needsServerFeature } from './c805-needs-server-feature.ts';

export const CHECKS: readonly Check[] = [
  unknownMetricCheck,
  totalSuffix,
  metricWithoutHelp,
  notABaseUnit,
  reservedSuffix,
  reservedLabel,
  kindInName,
  invalidName,
  camelCaseName,
  abbreviatedUnit,
  duplicateMetric,
  metricRenamed,
  unitNotInName,
  contradictingDefinition,
  colonInName,
  clientLibraryName,
  opentelemetryName,
  rawCounter,
  gaugeFunctionOnCounter,
  rateNeedsCounter,
  aggregatedBeforeRate,
  rateOfRate,
  equalityOnEstimate,
  statesCounted,
  emptyIsNotZero,
  zeroOfAbsent,
  absentOfFilter,
  absentWithoutLabels,
  firstIncrementMissed,
  infoAsValue,
  infoJoinChanges,
  quantileWithoutLe,
  quantileOfRawBuckets,
  bucketsNotSummed,
  quantileOfNoBuckets,
  quantileOutOfRange,
  beyondLastBucket,
  bucketNotExported,
  bucketAgainstCount,
  lifetimeMean,
  averageOfQuantiles,
  summaryIsNoHistogram,
  rangesDiffer,
  nativeAsClassic,
  histogramSampleDropped,
  nanHidesCondition,
  infinityMeetsCondition,
  nanInAggregation,
  minusBeforePower,
  selfRatio,
  pinnedApart,
  labelOnOneSide,
  joinAcrossExporters,
  manyToMany,
  oneSideNotUnique,
  includeUnknownLabel,
  includeOverwrites,
  onUnknownLabel,
  setOperatorNeverMatches,
  zeroBesideLabels,
  byUnknownLabel,
  withoutUnknownLabel,
  matcherOnUnknownLabel,
  matcherMatchesNothing,
  matcherExcludesNothing,
  regexIsAnchored,
  replacementWithoutGroup,
  replacementNeverApplies,
  relabellingMergesSeries,
  scalarOfSeveral,
  contradictingMatchers,
  highCardinality,
  selectorWithoutName,
  needlessRegex,
  rangeTooShort,
  rangeBelowRuleInterval,
  subqueryStep,
  forOutlivesCondition,
  forBelowInterval,
  irateInRule,
  variableInRule,
  fixedRangeInPanel,
  predictionTooFar,
  modifierInRule,
  intervalAboveLookback,
  counterMinusOffset,
  fixedRangeZoomedOut,
  unitsDiffer,
  unitsByLabelMixed,
  percentOrRatio,
  panelUnitDiffers,
  secondsPerSecond,
  dateInSeconds,
  humanizeWrongUnit,
  thresholdOutOfRange,
  contradictingBounds,
  chainedComparison,
  meanOfRatios,
  timestampAsDuration,
  secondsAndMilliseconds,
  legendLabelDropped,
  multiValueEquals,
  variableNotDeclared,
  variableOfUnknownLabel,
  variableNotUsed,
  templateLabelDropped,
  templateUnknownLabel,
  ruleLabelOverwrites,
  ruleLabelMergesSeries,
  routingLabelMissing,
  recordedName,
  ruleOrder,
  orWithoutCondition,
  alertWithoutCondition,
  needsServerFeature,
];
