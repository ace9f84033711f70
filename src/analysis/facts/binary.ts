/** The facts of binary operations. */
import type { BinaryExpr, BinaryOp, Fill, NumberLiteral } from '../../promql/ast.ts';
import type { Join, Mismatch, NodeFacts, Source } from './facts.ts';
import {
  compareIntervals,
  exactly,
  FLIPPED,
  hull,
  onlyNumber,
  passing,
  type Comparison,
  type Interval,
} from './interval.ts';
import { operate } from './arithmetic.ts';
import { filtered } from './function-values.ts';
import { filledLabels, joinedKey, joinedLabels, mismatchOf, withAgreement, withoutName } from './join.ts';
import { hasNoLabels } from './labels.ts';
import { ratioOfPart } from './part-of.ts';
import { numberOf } from './number.ts';
import { unitOfOperation } from './operator-units.ts';
import { changed, type Change, constantOf, emptied, subset, uniteSources } from './source.ts';

const NOTHING: ReadonlySet<string> = new Set();

export const COMPARISONS: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['==', '!=', '>', '<', '>=', '<=']);
export const SET_OPERATORS: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['and', 'or', 'unless']);

const isFilter = (node: BinaryExpr): boolean => COMPARISONS.has(node.op) && node.bool !== true;

export interface BinaryFacts {
  readonly sources: readonly Source[];
  readonly join?: Join;
}

export function binaryFacts(node: BinaryExpr, left: NodeFacts, right: NodeFacts): BinaryFacts {
  if (left.type === 'vector' && right.type === 'vector') {
    return SET_OPERATORS.has(node.op) ? setOperation(node, left, right) : vectorOperation(node, left, right);
  }
  if (left.type === 'vector')
    return { sources: left.sources.map((source) => withNumber(node, source, right, left, right)) };
  if (right.type === 'vector')
    return { sources: right.sources.map((source) => withNumber(node, source, left, left, right)) };
  return { sources: [numbers(node, left, right)] };
}

/** Between two scalars. */
function numbers(node: BinaryExpr, left: NodeFacts, right: NodeFacts): Source {
  const [l, r] = [uniteSources(left.sources), uniteSources(right.sources)];
  return changed(l, {
    ...combined(node, l, r, left, right),
    kind: l.kind === 'number' && r.kind === 'number' ? 'number' : 'gauge',
    origins: [...l.origins, ...r.origins],
    presence: 'always',
  });
}

/** Between a vector and a scalar: `source` is the vector's, `number` the other side. */
function withNumber(node: BinaryExpr, source: Source, number: NodeFacts, left: NodeFacts, right: NodeFacts): Source {
  const scalar = uniteSources(number.sources);
  const [l, r] = number === right ? [source, scalar] : [scalar, source];
  const keepsName = isFilter(node);
  const labels = keepsName ? source.labels : withoutName(node, source.labels);
  const result = changed(source, {
    labels,
    origins: source.origins,
    ...combined(node, l, r, left, right),
    sample: sampleOf(node, l, r),
  });
  if (!isFilter(node)) return histogramsFit(node, source, scalar, result);
  const flipped = number === left;
  const passed = filter(node, histogramsFit(node, source, scalar, result), source, l, r, flipped);
  return changed(passed, {
    key: stateKey(source, flipped ? FLIPPED[node.op as Comparison] : (node.op as Comparison), scalar.value),
  });
}

/** A comparison that lets some series through. */
function filter(node: BinaryExpr, result: Source, source: Source, l: Source, r: Source, flipped: boolean): Source {
  const op = node.op as Comparison;
  const verdict = source.sample === 'histogram' ? 'sometimes' : compareIntervals(op, l.value, r.value);
  const limit = flipped ? l.value : r.value;
  const value = filtered(source.value, passing(flipped ? FLIPPED[op] : op, limit));
  const passed = changed(result, {
    // the value stays that of the vector
    kind: source.kind,
    role: source.role,
    counter: source.counter,
    unit: source.unit,
    scaled: source.scaled,
    unitByLabel: source.unitByLabel,
    observed: source.observed,
    estimated: source.estimated,
    value,
    nanFrom: op === '!=' ? source.nanFrom : undefined,
    conditions: [...result.conditions, node],
    varying: NOTHING,
    presence: result.presence === 'always' && verdict !== 'always' ? 'maybe' : result.presence,
  });
  if (verdict !== 'never') return passed;
  return emptied(changed(passed, { value: source.value }), `no value of the left side can pass \`${node.op}\``, node);
}

/** Of a state set, only the state that is active is 1: after `== 1` the state no longer tells series apart. */
function stateKey(source: Source, op: Comparison, limit: Interval): ReadonlySet<string> | undefined {
  const [origin, more] = source.origins;
  if (!source.key || source.kind !== 'stateset' || more || !origin?.metric) return source.key;
  const one = onlyNumber(limit);
  const active = (op === '==' && one === 1) || (op === '>' && one !== undefined && one >= 0);
  const closed = Object.entries(origin.metric.labels).filter(([, { values }]) => values.type === 'oneOf');
  const state = Object.hasOwn(origin.metric.labels, origin.metric.name)
    ? origin.metric.name
    : closed.length === 1
      ? closed[0]?.[0]
      : undefined;
  return active && state !== undefined ? subset(source.key, (label) => label !== state) : source.key;
}

/** Between two vectors, but for set operators. */
function vectorOperation(node: BinaryExpr, left: NodeFacts, right: NodeFacts): BinaryFacts {
  const grouped = node.matching?.group;
  const [manyNode, oneNode] = grouped === 'right' ? [right, left] : [left, right];
  const one = uniteSources(oneNode.sources);
  const mismatches = allMismatches(node, left, right);
  const sources = manyNode.sources.map((many) => {
    const [l, r] = manyNode === left ? [many, one] : [one, many];
    const labels = filledLabels(node, joinedLabels(node, l.labels, r.labels), l.labels, r.labels);
    const result = changed(many, {
      labels,
      key: node.fill ? undefined : joinedKey(node, many, one, labels),
      varying: joinedVarying(node, many, one),
      origins: [...many.origins, ...one.origins],
      conditions: [...many.conditions, ...one.conditions],
      ranges: [...many.ranges, ...one.ranges],
      resolutionSeconds: slower(many.resolutionSeconds, one.resolutionSeconds),
      presence: joinedPresence(node, l, r),
      ...combined(node, l, r, left, right),
      sample: sampleOf(node, l, r),
    });
    const fitted = histogramsFit(node, many, one, result);
    const joined = isFilter(node) ? filter(node, fitted, l, l, r, false) : fitted;
    const mismatch = node.fill ? undefined : mismatchOf(node.matching, l.labels, r.labels);
    if (mismatch) return emptied(joined, mismatchText(mismatch), node);
    return mayBeEmptied(node, joined, l, r);
  });
  return { sources, join: { matching: node.matching, mismatches } };
}

function joinedVarying(node: BinaryExpr, many: Source, one: Source): ReadonlySet<string> {
  if (node.matching?.group !== undefined) return many.varying;
  return subset(many.varying, (label) => one.varying.has(label));
}

const slower = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

/** Only two series without labels always find each other. */
function joinedPresence(node: BinaryExpr, left: Source, right: Source): Source['presence'] {
  if (left.presence === 'never' || right.presence === 'never') return node.fill ? 'maybe' : 'never';
  const bare =
    left.origins.length === 0 && right.origins.length === 0 && left.kind === 'number' && right.kind === 'number';
  return bare && left.presence === 'always' && right.presence === 'always' ? 'always' : 'maybe';
}

function mayBeEmptied(node: BinaryExpr, joined: Source, l: Source, r: Source): Source {
  if (node.fill || joined.presence !== 'never' || joined.emptyBecause) return joined;
  const reason = l.emptyBecause ?? r.emptyBecause;
  return changed(joined, { emptyBecause: reason });
}

function allMismatches(node: BinaryExpr, left: NodeFacts, right: NodeFacts): readonly Mismatch[] {
  const found: Mismatch[] = [];
  for (const l of left.sources) {
    for (const r of right.sources) {
      const mismatch = mismatchOf(node.matching, l.labels, r.labels);
      if (!mismatch) return [];
      found.push(mismatch);
    }
  }
  return found;
}

function mismatchText({ label, left, right }: Mismatch): string {
  if (left.presence === 'impossible') return `\`${label}\` is on the right side only`;
  if (right.presence === 'impossible') return `\`${label}\` is on the left side only`;
  return `\`${label}\` has other values on the left than on the right`;
}

function setOperation(node: BinaryExpr, left: NodeFacts, right: NodeFacts): BinaryFacts {
  const mismatches = allMismatches(node, left, right);
  const join: Join = { matching: node.matching, mismatches };
  if (node.op === 'or') return { sources: union(node, left, right), join };
  const other = uniteSources(right.sources);
  const empty = right.sources.every(({ presence }) => presence === 'never');
  if (node.op === 'unless') {
    const sources = left.sources.map((source) => {
      if (empty || mismatches.length > 0) return source;
      const alone = mismatchOf(node.matching, source.labels, other.labels);
      return alone
        ? source
        : changed(source, {
            conditions: [...source.conditions, node],
            varying: NOTHING,
            presence: source.presence === 'always' ? 'maybe' : source.presence,
          });
    });
    return { sources, join };
  }
  const sources = left.sources.map((source) => {
    const labels = withAgreement(node.matching, source.labels, other.labels);
    const kept = changed(source, {
      labels,
      varying: subset(source.varying, (label) => other.varying.has(label)),
      conditions: [...source.conditions, ...other.conditions, node],
      presence:
        source.presence === 'always' &&
        other.presence === 'always' &&
        other.kind === 'number' &&
        source.kind === 'number'
          ? 'always'
          : source.presence === 'never'
            ? 'never'
            : 'maybe',
    });
    if (empty) return changed(kept, { presence: 'never', emptyBecause: source.emptyBecause ?? other.emptyBecause });
    const mismatch = mismatchOf(node.matching, source.labels, other.labels);
    return mismatch ? emptied(kept, mismatchText(mismatch), node) : kept;
  });
  return { sources, join };
}

/** `a or b`: the right side fills in where the left has no series with the same labels. */
function union(node: BinaryExpr, left: NodeFacts, right: NodeFacts): readonly Source[] {
  const always = left.sources.find((source) => source.presence === 'always' && hasNoLabels(source.labels));
  const compared = node.matching?.mode === 'on' && node.matching.labels.length === 0;
  const hidden = (source: Source): boolean => always !== undefined && (compared || hasNoLabels(source.labels));
  const second = right.sources.map((source) =>
    hidden(source) ? emptied(source, 'the left side of `or` is always there', node) : source,
  );
  const all = [...left.sources, ...second];
  return all.length > MOST_SOURCES ? [uniteSources(all)] : all;
}

/** Longer chains of `or` than this are read as if they were one source. */
const MOST_SOURCES = 64;

/** What an operator makes of values and units. */
function combined(node: BinaryExpr, l: Source, r: Source, left: NodeFacts, right: NodeFacts): Change {
  const value = node.op === '/' ? (ratioOfPart(left, right, l, r) ?? valueAfter(node, l, r)) : valueAfter(node, l, r);
  const compares = COMPARISONS.has(node.op);
  return {
    value,
    unit: undefined,
    scaled: undefined,
    ...(compares ? {} : unitOfOperation(node.op, l, r, constantOf(left), constantOf(right))),
    unitByLabel: compares ? undefined : (l.unitByLabel ?? r.unitByLabel),
    observed: undefined,
    kind: kindAfter(node, l, r),
    role: l.kind === 'number' ? r.role : r.kind === 'number' ? l.role : 'value',
    counter: compares ? undefined : counterAfter(l, r),
    estimated: l.estimated ?? r.estimated,
    nanFrom: compares ? undefined : value.nan ? (l.nanFrom ?? r.nanFrom ?? node) : undefined,
  };
}

/** Multiplied by a constant or joined with an info metric, a counter is still one; all else mixes counters. */
function counterAfter(l: Source, r: Source): Source['counter'] {
  const plain = (source: Source): boolean => source.kind === 'number' || source.kind === 'info';
  if (plain(l) || plain(r)) return l.counter ?? r.counter;
  return (l.counter ?? r.counter) && 'aggregated';
}

function kindAfter(node: BinaryExpr, l: Source, r: Source): Source['kind'] {
  if (COMPARISONS.has(node.op)) return 'boolean';
  if (l.kind === 'number' && r.kind === 'number') return 'number';
  const other = l.kind === 'number' ? r : r.kind === 'number' ? l : undefined;
  if (other && (other.kind === 'counter' || other.kind === 'unknown')) return other.kind;
  // `* on (…) group_left (…) info` leaves the other side what it is
  if (node.op === '*' && l.kind === 'info') return r.kind;
  if (node.op === '*' && r.kind === 'info') return l.kind;
  return l.kind === 'unknown' || r.kind === 'unknown' ? 'unknown' : 'gauge';
}

function valueAfter(node: BinaryExpr, l: Source, r: Source): Interval {
  const [x, y] = node.fill ? withFill(node.fill, l.value, r.value) : [l.value, r.value];
  return operate(node.op, x, y);
}

function withFill(fill: Fill, a: Interval, b: Interval): readonly [Interval, Interval] {
  const wide = (i: Interval, literal: NumberLiteral | undefined): Interval =>
    literal ? hull(i, exactly(numberOf(literal))) : i;
  return [wide(a, fill.left), wide(b, fill.right)];
}

function sampleOf(node: BinaryExpr, l: Source, r: Source): Source['sample'] {
  if (l.sample === 'float' && r.sample === 'float') return 'float';
  if (node.bool) return 'float';
  if (l.sample === 'unknown' || r.sample === 'unknown') return 'unknown';
  return 'histogram';
}

/** Operations that Prometheus does not define for native histograms give nothing. */
function histogramsFit(node: BinaryExpr, a: Source, b: Source, result: Source): Source {
  const histograms = [a, b].filter(({ sample }) => sample === 'histogram').length;
  if (histograms === 0 || a.sample === 'unknown' || b.sample === 'unknown') return result;
  const scaling = histograms === 1 && (node.op === '*' || node.op === '/' || node.op === '</' || node.op === '>/');
  const both = histograms === 2 && ['+', '-', '==', '!='].includes(node.op);
  if (scaling || both) return result;
  return emptied(result, `\`${node.op}\` is not defined for native histograms`, node);
}
