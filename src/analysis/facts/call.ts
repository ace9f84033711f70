/** The facts of a function call. */
import type { Call, DurationValue, Expr } from '../../promql/ast.ts';
import type { UnitName } from '../../metrics/units.ts';
import { rateOf } from '../../metrics/units.ts';
import { functions, type FunctionSignature } from '../../promql/functions.ts';
import type { NodeFacts, RangeUse, Source } from './facts.ts';
import { quantileOfBuckets, valueOfCall } from './function-values.ts';
import { ANY_NUMBER, compareIntervals, NOT_NEGATIVE, withNaN, type Interval } from './interval.ts';
import { absentLabels, infoLabels, joinedLabels, replacedLabels } from './label-functions.ts';
import {
  IMPOSSIBLE,
  impossible,
  labelFact,
  METRIC_NAME,
  mayHave,
  withFacts,
  withoutLabels,
  type LabelSet,
} from './labels.ts';
import { ANY_VALUE } from './label-values.ts';
import { plainText } from './selector.ts';
import {
  changed,
  type Change,
  emptied,
  numberSource,
  ONE_NUMBER,
  presenceOf,
  subset,
  uniteSources,
  valueOf,
} from './source.ts';
import type { World } from './world.ts';

/** Functions that see native histograms; all others leave them out. */
export const SEE_HISTOGRAMS: ReadonlySet<string> = new Set(
  `absent absent_over_time avg_over_time changes count_over_time delta first_over_time histogram_avg histogram_count
   histogram_fraction histogram_quantile histogram_quantiles histogram_stddev histogram_stdvar histogram_sum idelta
   increase info irate label_join label_replace last_over_time present_over_time rate resets scalar sort_by_label
   sort_by_label_desc start_timestamp sum_over_time timestamp ts_of_first_over_time ts_of_last_over_time`.split(/\s+/),
);

/** Functions that see nothing but native histograms. */
const ONLY_HISTOGRAMS: ReadonlySet<string> = new Set([
  'histogram_avg',
  'histogram_count',
  'histogram_stddev',
  'histogram_stdvar',
  'histogram_sum',
]);

/** Functions whose result is estimated between samples. */
const ESTIMATES: ReadonlySet<string> = new Set(
  `rate increase irate delta idelta deriv predict_linear double_exponential_smoothing avg_over_time
   quantile_over_time histogram_quantile histogram_avg histogram_fraction`.split(/\s+/),
);

/** The length of a duration where no variable or expression hides it. */
export function secondsOf(duration: DurationValue | undefined): number | undefined {
  return duration?.type === 'Duration' ? duration.milliseconds / 1000 : undefined;
}

/** The argument whose series the function works on: the first vector or range. */
function vectorArgument(args: readonly NodeFacts[]): NodeFacts | undefined {
  return args.find(({ type }) => type === 'vector' || type === 'matrix');
}

export function callSources(node: Call, args: readonly NodeFacts[], world: World): readonly Source[] {
  const signature = functions.get(node.func);
  const vector = vectorArgument(args);
  const values = args.map(valueOf);
  if (!signature || !vector) return [withoutVector(node, signature, values)];
  if (signature.labels === 'from-matchers') return [absent(node, vector, world)];
  if (node.func === 'scalar') return [scalar(node, vector)];
  return vector.sources.map((source) => transformed(node, signature, source, args, values));
}

/** `time()`, `vector(1)`, `hour()` and an unknown function. */
function withoutVector(node: Call, signature: FunctionSignature | undefined, values: readonly Interval[]): Source {
  const value = valueOfCall(node.func, values[0] ?? NOT_NEGATIVE, values);
  const time = signature?.gives === 'timestamp';
  const bare = { named: new Map(), rest: impossible({ text: `${node.func}() has no labels`, node }) };
  const source = changed(numberSource(time ? NOT_NEGATIVE : value), { labels: bare });
  if (time) return changed(source, { kind: 'gauge', unit: 'timestamp_seconds' });
  if (!signature)
    return changed(source, {
      labels: { named: new Map(), rest: { presence: 'possible', values: ANY_VALUE } },
      key: undefined,
      kind: 'unknown',
      presence: 'maybe',
      sample: 'unknown',
    });
  return source;
}

function absent(node: Call, vector: NodeFacts, world: World): Source {
  const presence = presenceOf(vector);
  const source = changed(ONE_NUMBER, {
    labels: absentLabels(vector.expr, node),
    kind: 'boolean',
    origins: vector.sources.flatMap(({ origins }) => origins),
    conditions: [node],
    presence: presence === 'never' && world.closed ? 'always' : 'maybe',
  });
  return presence === 'always' ? emptied(source, `what is inside ${node.func}() is always there`, node) : source;
}

function scalar(node: Call, vector: NodeFacts): Source {
  const inner = uniteSources(vector.sources);
  const { unit, origins, ranges } = inner;
  return changed(numberSource(withNaN(valueOf(vector))), {
    unit,
    origins,
    ranges,
    kind: inner.kind === 'number' ? 'number' : 'gauge',
    nanFrom: node,
    counter: inner.counter,
  });
}

function transformed(
  node: Call,
  signature: FunctionSignature,
  from: Source,
  args: readonly NodeFacts[],
  values: readonly Interval[],
): Source {
  const source = boundsFit(node, sampleFits(node, from), values);
  const labels = transformedLabels(node, signature, source);
  const value =
    node.func === 'histogram_quantile'
      ? quantileValue(source, values[0])
      : valueOfCall(node.func, source.value, values);
  const read = signature.labels === 'set' ? labelsRead(node) : [];
  const keeps = (label: string): boolean =>
    label === METRIC_NAME || (labelFact(labels, label) === labelFact(source.labels, label) && !read.includes(label));
  return changed(source, {
    labels,
    key: keyAfter(node, signature, source, labels),
    varying: subset(source.varying, keeps),
    value,
    sample:
      SEE_HISTOGRAMS.has(node.func) && !node.func.startsWith('histogram_') && node.func !== 'timestamp'
        ? source.sample
        : 'float',
    unit: unitAfter(node, signature, source),
    scaled: signature.unit === 'same' ? source.scaled : undefined,
    ranges: rangesAfter(node, source, args),
    nanFrom: value.nan ? (source.nanFrom ?? (source.value.nan ? undefined : node)) : undefined,
    ...meaningAfter(node, signature, source),
  });
}

function sampleFits({ func, args }: Call, source: Source): Source {
  const node = args[0] as Expr;
  if (source.sample === 'histogram' && !SEE_HISTOGRAMS.has(func))
    return emptied(source, `${func}() leaves native histograms out`, node);
  if (source.sample === 'float' && ONLY_HISTOGRAMS.has(func))
    return emptied(source, `${func}() sees native histograms only`, node);
  if (func === 'histogram_quantile' || func === 'histogram_fraction' || func === 'histogram_quantiles') {
    const le = labelFact(source.labels, 'le');
    if (source.sample === 'float' && le.presence === 'impossible') {
      return emptied(source, le.reason?.text ?? 'the series have no label `le`', le.reason?.node ?? node);
    }
  }
  return source;
}

/** clamp() with its bounds the wrong way round gives nothing. */
function boundsFit(node: Call, source: Source, [, low, high]: readonly Interval[]): Source {
  if (node.func !== 'clamp' || !low || !high) return source;
  const crossed = compareIntervals('>', low, high);
  if (crossed === 'always') return emptied(source, 'the lower bound of clamp() is above the upper one', node);
  return crossed === 'sometimes' && source.presence === 'always' ? changed(source, { presence: 'maybe' }) : source;
}

function transformedLabels(node: Call, signature: FunctionSignature, source: Source): LabelSet {
  const { labels } = source;
  switch (signature.labels) {
    case 'keep':
      return labels;
    case 'none':
      return { named: new Map(), rest: IMPOSSIBLE };
    case 'add':
      return infoLabels(labels, node);
    case 'set':
      if (node.func === 'label_replace') return replacedLabels(labels, node);
      if (node.func === 'label_join') return joinedLabels(labels, node);
      return quantilesLabels(labels, node);
    case 'drop-name-and-le':
      return withoutLabels(labels, [METRIC_NAME, 'le'], { text: `${node.func}() uses \`le\` up`, node });
    default:
      return withoutLabels(labels, [METRIC_NAME], { text: `${node.func}() drops the metric name`, node });
  }
}

/** histogram_quantiles() puts each φ into a label. */
function quantilesLabels(labels: LabelSet, node: Call): LabelSet {
  const without = withoutLabels(labels, [METRIC_NAME, 'le'], { text: `${node.func}() uses \`le\` up`, node });
  const name = node.args[1]?.type === 'StringLiteral' ? plainText(node.args[1].value) : undefined;
  return name === undefined ? without : withFacts(without, [[name, { presence: 'guaranteed', values: ANY_VALUE }]]);
}

/** Labels that the written one depends on: among series with one value of it, they may have a single one too. */
function labelsRead({ func, args }: Call): readonly string[] {
  const names = func === 'label_replace' ? args.slice(3, 4) : func === 'label_join' ? args.slice(3) : [];
  return names.flatMap((arg) => (arg.type === 'StringLiteral' && typeof arg.value === 'string' ? [arg.value] : []));
}

function keyAfter(
  node: Call,
  signature: FunctionSignature,
  source: Source,
  labels: LabelSet,
): ReadonlySet<string> | undefined {
  const { key } = source;
  if (!key) return undefined;
  if (signature.labels === 'drop-name-and-le') return subset(key, (label) => label !== 'le');
  if (signature.labels !== 'set') return key;
  // series stay apart by the labels that were not written to; otherwise Prometheus refuses the result
  for (const label of key) {
    if (labelFact(labels, label) !== labelFact(source.labels, label)) return undefined;
  }
  if (node.func !== 'histogram_quantiles') return key;
  const name = node.args[1]?.type === 'StringLiteral' ? plainText(node.args[1].value) : undefined;
  return name === undefined ? undefined : new Set([...key, name].filter((label) => label !== 'le'));
}

function quantileValue(source: Source, phi: Interval = ANY_NUMBER): Interval {
  const bounds = source.origins.map(({ metric }) => metric?.buckets);
  const [first] = bounds;
  const known =
    source.role === 'bucket' && first !== undefined && bounds.every((b) => b === first) && mayHave(source.labels, 'le');
  return quantileOfBuckets(known ? first : undefined, phi);
}

function unitAfter({ func }: Call, { unit: effect }: FunctionSignature, source: Source): UnitName | undefined {
  const { unit, observed } = source;
  if (func === 'histogram_count' || func === 'histogram_fraction')
    return func === 'histogram_count' ? 'count' : 'ratio';
  if (func.startsWith('histogram_') && effect === 'same')
    return observed ?? (source.role === 'bucket' ? undefined : unit);
  switch (effect) {
    case 'same':
      return unit;
    case 'per-second':
      return unit && rateOf(unit);
    case 'count':
    case 'ratio':
    case 'seconds':
    case 'timestamp_seconds':
      return effect;
    default:
      return undefined;
  }
}

function rangesAfter(node: Call, source: Source, args: readonly NodeFacts[]): readonly RangeUse[] {
  const matrix = args.find(({ type }) => type === 'matrix')?.expr;
  if (matrix?.type !== 'MatrixSelector' && matrix?.type !== 'SubqueryExpr') return source.ranges;
  const seconds = secondsOf(matrix.range);
  return [...source.ranges, { node, func: node.func, ...(seconds === undefined ? {} : { seconds }) }];
}

/** Functions that make a rate of a counter. */
export const RATES: ReadonlySet<string> = new Set(['rate', 'irate', 'increase']);

function meaningAfter(node: Call, { gives }: FunctionSignature, source: Source): Change {
  const rated = { counter: undefined, role: 'value' as const, unitByLabel: source.unitByLabel };
  const estimated = ESTIMATES.has(node.func) ? true : source.estimated;
  if (RATES.has(node.func)) {
    return { ...rated, kind: source.kind === 'unknown' ? 'unknown' : 'gauge', role: source.role, estimated };
  }
  switch (gives) {
    case 'same':
      return { estimated };
    case 'constant':
      return { ...rated, kind: 'boolean', unitByLabel: undefined, estimated: undefined };
    case 'count':
    case 'calendar':
    case 'timestamp':
      return { ...rated, kind: 'gauge', unitByLabel: undefined, observed: undefined, estimated: undefined };
    default:
      // what is computed from a counter's own value is no counter, but still depends on when it began
      return {
        kind: source.kind === 'unknown' ? 'unknown' : 'gauge',
        role: node.func.startsWith('histogram_') ? 'quantile' : source.role,
        counter:
          node.func === 'delta' || node.func === 'deriv' || node.func === 'idelta'
            ? undefined
            : source.counter && 'aggregated',
        estimated,
        observed: node.func.startsWith('histogram_') ? undefined : source.observed,
      };
  }
}
