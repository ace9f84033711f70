/** The facts of `sum by (…)`, `topk(…)` and the other aggregations. */
import type { AggregateExpr, AggregateOp } from '../../promql/ast.ts';
import { aggregations } from '../../promql/aggregations.ts';
import {
  ANY_NUMBER,
  COUNTED,
  NOT_NEGATIVE,
  ONE,
  onlyNumber,
  withInfinity,
  withNaN,
  type Interval,
} from './interval.ts';
import { ANY_VALUE } from './label-values.ts';
import {
  labelFact,
  METRIC_NAME,
  onlyLabels,
  possibleLabels,
  withFacts,
  withoutLabels,
  type LabelSet,
} from './labels.ts';
import type { NodeFacts, Source } from './facts.ts';
import { plainText } from './selector.ts';
import { changed, type Change, emptied, keyWithin, subset, uniquePer, uniteSources } from './source.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Aggregations that leave native histograms out. */
const FLOATS_ONLY: ReadonlySet<AggregateOp> = new Set<AggregateOp>([
  'min',
  'max',
  'stddev',
  'stdvar',
  'quantile',
  'topk',
  'bottomk',
]);

export function aggregationSources(
  node: AggregateExpr,
  operand: NodeFacts,
  param: NodeFacts | undefined,
): readonly Source[] {
  const sources = operand.sources.map((source) => {
    const dropped = source.sample === 'histogram' && FLOATS_ONLY.has(node.op);
    return dropped ? emptied(source, `${node.op}() leaves native histograms out`, node) : source;
  });
  if (keepsSeries(node.op)) return sources.map((source) => select(node, source, param));
  // branches of an `or` meet in one aggregation: a group can hold series of several of them
  return [aggregate(node, uniteSources(sources), param)];
}

function keepsSeries(op: AggregateOp): boolean {
  return aggregations.get(op)?.labels === 'keep';
}

/** topk() and its like pass series on as they are. */
function select(node: AggregateExpr, source: Source, param: NodeFacts | undefined): Source {
  const count = param && onlyNumber(param.sources[0]?.value ?? ANY_NUMBER);
  if (count === undefined || count > 1 || node.op === 'limit_ratio') return changed(source, { varying: NOTHING });
  if (count < 1) return emptied(source, `${node.op}() of fewer than one series is empty`, node);
  const grouped = groupedLabels(node, source.labels);
  if (!grouped) return changed(source, { varying: NOTHING });
  const key = uniquePer(source, (label) => grouped.has(label)) === 'unique' ? source.key : grouped;
  return changed(source, { key, varying: subset(source.varying, (label) => grouped.has(label)) });
}

/** The labels that a result of the grouping can have; `undefined` where they cannot be listed. */
function groupedLabels(node: AggregateExpr, labels: LabelSet): ReadonlySet<string> | undefined {
  const { grouping } = node;
  if (!grouping) return NOTHING;
  const names = grouping.labels.map(plainText);
  if (grouping.mode === 'by') return names.includes(undefined) ? undefined : new Set(names as string[]);
  if (labels.rest.presence !== 'impossible') return undefined;
  return new Set(possibleLabels(labels).filter((label) => !names.includes(label)));
}

function aggregate(node: AggregateExpr, source: Source, param: NodeFacts | undefined): Source {
  const labels = groupLabels(node, source.labels);
  const has = (label: string): boolean => labelFact(labels, label).presence !== 'impossible';
  const key = keyWithin(source.key, has) ?? groupedLabels(node, source.labels);
  const result = changed(source, {
    labels: addedLabel(node, labels),
    key: node.op === 'count_values' ? addToKey(groupedLabels(node, source.labels), plainString(node)) : key,
    varying: subset(source.varying, has),
    value: aggregatedValue(node.op, source.value, param),
    ...aggregatedMeaning(node, source),
  });
  return node.op === 'count' || node.op === 'group' || node.op === 'count_values'
    ? changed(result, { nanFrom: undefined })
    : result;
}

/** The label that count_values() sets. */
function plainString(node: AggregateExpr): string | undefined {
  return node.param?.type === 'StringLiteral' ? plainText(node.param.value) : undefined;
}

function addToKey(key: ReadonlySet<string> | undefined, label: string | undefined): ReadonlySet<string> | undefined {
  return key && label !== undefined ? new Set([...key, label]) : undefined;
}

function addedLabel(node: AggregateExpr, labels: LabelSet): LabelSet {
  const label = node.op === 'count_values' ? plainString(node) : undefined;
  if (label === undefined) return labels;
  return withFacts(labels, [
    [label, { presence: 'guaranteed', values: ANY_VALUE, reason: { text: `count_values() sets it`, node } }],
  ]);
}

function groupLabels(node: AggregateExpr, labels: LabelSet): LabelSet {
  const { grouping, op } = node;
  if (!grouping) return onlyLabels(labels, [], { text: `${op}() without \`by\` drops every label`, node });
  const names = grouping.labels.map(plainText);
  const known = names.filter((name) => name !== undefined);
  if (grouping.mode === 'without') {
    const dropped = known.map((name) => `\`${name}\``).join(', ');
    return withoutLabels(labels, [...known, METRIC_NAME], { text: `${op} without (…) drops ${dropped}`, node });
  }
  const list = known.length === 0 ? 'no label' : `only ${known.map((name) => `\`${name}\``).join(', ')}`;
  const only = onlyLabels(labels, known, { text: `${op} by (…) keeps ${list}`, node });
  // a Grafana variable in the list can be any label
  return names.length === known.length ? only : { named: only.named, rest: labels.rest };
}

function aggregatedMeaning(node: AggregateExpr, source: Source): Change {
  const kind: Change = {
    kind: 'gauge',
    role: 'value',
    counter: undefined,
    sample: 'float',
    unit: 'count',
    scaled: undefined,
    unitByLabel: undefined,
    observed: undefined,
    estimated: undefined,
  };
  switch (node.op) {
    case 'count':
    case 'count_values':
      return kind;
    case 'group':
      return { ...kind, unit: undefined, kind: 'boolean' };
    case 'stdvar':
      return { ...kind, unit: undefined };
    case 'sum':
      return {
        kind: source.kind === 'counter' || source.kind === 'unknown' ? source.kind : 'gauge',
        counter: source.counter && ('aggregated' as const),
        ...lostUnit(node, source),
      };
    case 'min':
    case 'max':
      return {
        kind: source.kind === 'info' || source.kind === 'stateset' ? 'boolean' : source.kind,
        counter: source.counter && ('aggregated' as const),
        ...lostUnit(node, source),
      };
    default:
      return {
        kind: source.kind === 'unknown' ? 'unknown' : 'gauge',
        counter: source.counter && ('aggregated' as const),
        ...lostUnit(node, source),
      };
  }
}

/** A unit that depends on a label is lost with the label. */
function lostUnit(node: AggregateExpr, { unitByLabel, labels }: Source): { readonly unitByLabel?: undefined } {
  if (!unitByLabel) return {};
  return labelFact(groupLabels(node, labels), unitByLabel.label).presence === 'impossible'
    ? { unitByLabel: undefined }
    : {};
}

function aggregatedValue(op: AggregateOp, v: Interval, param: NodeFacts | undefined): Interval {
  // infinite values of both signs add up to NaN
  const nan = (i: Interval): Interval => {
    const spread = v.infinite ? withInfinity(i) : i;
    return v.nan || v.infinite ? withNaN(spread) : spread;
  };
  switch (op) {
    case 'count':
    case 'count_values':
      return COUNTED;
    case 'group':
      return ONE;
    case 'sum':
      return nan({
        min: v.min >= 0 ? v.min : -Infinity,
        max: v.max <= 0 ? v.max : Infinity,
        ...(v.integer ? { integer: true as const } : {}),
      });
    case 'avg':
      return nan({ min: v.min, max: v.max });
    case 'min':
    case 'max':
      return v;
    case 'stddev':
    case 'stdvar':
      return nan(NOT_NEGATIVE);
    case 'quantile': {
      const phi = param && onlyNumber(param.sources[0]?.value ?? ANY_NUMBER);
      return phi !== undefined && phi >= 0 && phi <= 1 ? nan({ min: v.min, max: v.max }) : withNaN(ANY_NUMBER);
    }
    default:
      return v;
  }
}
