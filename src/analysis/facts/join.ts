/**
 * How two vectors meet: which labels have to agree, whether any pair of series can, and what labels the result has.
 *
 * Source: `VectorBinop`, `VectorAnd`, `VectorUnless` and `resultMetric` in Prometheus' `promql/engine.go`.
 */
import type { BinaryExpr, VectorMatching } from '../../promql/ast.ts';
import type { Mismatch, Source } from './facts.ts';
import {
  canAgree,
  labelFact,
  meetFacts,
  METRIC_NAME,
  mayHave,
  onlyLabels,
  possibleLabels,
  uniteLabels,
  withFacts,
  withoutLabels,
  type LabelFact,
  type LabelSet,
} from './labels.ts';
import { plainText } from './selector.ts';

/** Whether series are compared by this label. */
export function isMatched(matching: VectorMatching | undefined, label: string): boolean {
  if (!matching) return label !== METRIC_NAME;
  const listed = matching.labels.includes(label);
  return matching.mode === 'on' ? listed : !listed && label !== METRIC_NAME;
}

/** Labels that are compared and known by name on either side. */
function matchedLabels(matching: VectorMatching | undefined, left: LabelSet, right: LabelSet): readonly string[] {
  if (matching?.mode === 'on') return matching.labels.map(plainText).filter((name) => name !== undefined);
  const names = new Set([...left.named.keys(), ...right.named.keys()]);
  return [...names].filter((name) => isMatched(matching, name));
}

/** The labels that keep every series of one side from every series of the other. */
export function mismatchesOf(
  matching: VectorMatching | undefined,
  left: LabelSet,
  right: LabelSet,
): readonly Mismatch[] {
  // a Grafana variable among the labels can be any label
  if (matching?.labels.some((label) => plainText(label) === undefined)) return [];
  const found: Mismatch[] = [];
  for (const label of matchedLabels(matching, left, right)) {
    const [l, r] = [labelFact(left, label), labelFact(right, label)];
    if (!canAgree(l, r)) found.push({ label, left: l, right: r });
  }
  return found;
}

/** The first of them. */
export function mismatchOf(
  matching: VectorMatching | undefined,
  left: LabelSet,
  right: LabelSet,
): Mismatch | undefined {
  return mismatchesOf(matching, left, right)[0];
}

/** Labels of the result of an arithmetic operator or a comparison between two vectors. */
export function joinedLabels(node: BinaryExpr, left: LabelSet, right: LabelSet): LabelSet {
  const { matching } = node;
  const dropsName = node.bool === true || !COMPARES.has(node.op);
  const [many, one] = matching?.group === 'right' ? [right, left] : [left, right];
  const agreed = withAgreement(matching, many, one);
  const unnamed = dropsName ? withoutName(node, agreed) : agreed;
  if (!matching) return unnamed;
  const names = matching.labels.map(plainText).filter((name) => name !== undefined);
  if (matching.group === undefined) {
    if (matching.mode === 'ignoring') {
      return withoutLabels(unnamed, names, { text: `\`ignoring\` of a one-to-one match drops it`, node });
    }
    const only = onlyLabels(unnamed, names, {
      text: `\`on (…)\` of a one-to-one match keeps only its own labels`,
      node,
    });
    return names.length === matching.labels.length ? only : { named: only.named, rest: unnamed.rest };
  }
  const include = (matching.include ?? []).map(plainText).filter((name) => name !== undefined);
  return withFacts(
    unnamed,
    include.map((name) => [name, included(labelFact(one, name), node, name)]),
  );
}

const COMPARES: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);

function included(fact: LabelFact, node: BinaryExpr, name: string): LabelFact {
  if (fact.presence !== 'impossible') return fact;
  const group = node.matching?.group ?? 'left';
  return {
    ...fact,
    reason: fact.reason ?? { text: `group_${group} copies \`${name}\` from a side that does not have it`, node },
  };
}

/** What the other side knows of the labels that had to agree. */
export function withAgreement(matching: VectorMatching | undefined, labels: LabelSet, other: LabelSet): LabelSet {
  const learned: [string, LabelFact][] = [];
  const rest = matching?.mode === 'on' ? labels.rest : meetFacts(labels.rest, other.rest);
  for (const name of matchedLabels(matching, labels, other)) {
    const before = labelFact(labels, name);
    const after = meetFacts(before, labelFact(other, name));
    // what the rest stood for until now has to be said by name once the rest changes
    if (after !== before || (rest !== labels.rest && !labels.named.has(name))) learned.push([name, after]);
  }
  if (learned.length === 0 && rest === labels.rest) return labels;
  // labels that only this side names keep their facts; those that are not compared are not touched by the rest
  const named = withFacts(labels, learned).named;
  if (matching?.mode !== 'ignoring' || rest === labels.rest) return { named, rest };
  const kept = matching.labels.map(plainText).filter((name) => name !== undefined && !named.has(name)) as string[];
  return {
    named: withFacts(
      { named, rest },
      kept.map((name) => [name, labels.rest]),
    ).named,
    rest,
  };
}

/** The labels by which the result's series are told apart. */
export function joinedKey(
  node: BinaryExpr,
  many: Source,
  one: Source,
  labels: LabelSet,
): ReadonlySet<string> | undefined {
  const { matching } = node;
  const has = (label: string): boolean => mayHave(labels, label);
  const include = new Set((matching?.include ?? []).map(plainText));
  const keeps = (source: Source): boolean => {
    if (!source.key) return false;
    for (const label of source.key) if (!has(label) || (include.has(label) && source === many)) return false;
    return true;
  };
  if (keeps(many)) return many.key;
  if (matching?.group !== undefined) return undefined;
  if (keeps(one)) return one.key;
  return labels.rest.presence === 'impossible' ? new Set(possibleLabels(labels)) : undefined;
}

/** With fill(), series of a side that found no partner are in the result as well. */
export function filledLabels(node: BinaryExpr, joined: LabelSet, left: LabelSet, right: LabelSet): LabelSet {
  const { fill } = node;
  const alone = (labels: LabelSet): LabelSet => withoutLabels(labels, [METRIC_NAME]);
  let result = joined;
  if (fill?.right) result = uniteLabels(result, alone(left));
  if (fill?.left) result = uniteLabels(result, alone(right));
  return result;
}

/** The labels without the metric name. Prometheus 3 drops it in `atan2` as well, 2 does not. */
export function withoutName(node: BinaryExpr, labels: LabelSet): LabelSet {
  if (node.op !== 'atan2')
    return withoutLabels(labels, [METRIC_NAME], { text: `\`${node.op}\` drops the metric name`, node });
  const name = labelFact(labels, METRIC_NAME);
  return name.presence === 'guaranteed'
    ? withFacts(labels, [[METRIC_NAME, { ...name, presence: 'possible' }]])
    : labels;
}
