/** Which fault it is when the two sides of an operation can never match: several codes share the fact. */
import type { BinaryExpr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import type { Mismatch, Source } from './facts/facts.ts';
import { mismatchesOf } from './facts/join.ts';
import { livingSources } from './facts/source.ts';

export interface ClassifiedMismatch {
  readonly code: Code;
  readonly mismatch: Mismatch;
  /** All labels that keep the sides apart. */
  readonly all: readonly Mismatch[];
  readonly left: Source;
  readonly right: Source;
}

/**
 * Why no series of one side ever meets one of the other.
 *
 * @returns `undefined` where some can, or where a side is empty for a reason of its own
 */
export function classifiedMismatch(node: BinaryExpr, query: Query): ClassifiedMismatch | undefined {
  const join = query.of(node).join;
  if (!join || join.mismatches.length === 0 || node.op === 'or' || node.fill) return undefined;
  const [left] = livingSources(query.of(node.lhs).sources);
  const [right] = livingSources(query.of(node.rhs).sources);
  if (!left || !right || left.presence === 'never' || right.presence === 'never') return undefined;
  const all = mismatchesOf(node.matching, left.labels, right.labels);
  const targets = all.find(
    ({ left: l, right: r }) => l.target !== undefined && r.target !== undefined && l.target !== r.target,
  );
  if (targets && node.matching?.mode !== 'on') return { code: 'Q304', mismatch: targets, all, left, right };
  const [first] = all;
  if (!first) return undefined;
  const set = node.op === 'and' || node.op === 'unless';
  const presence = all.find(({ left: l, right: r }) => l.presence === 'impossible' || r.presence === 'impossible');
  if (!presence) return { code: 'Q302', mismatch: first, all, left, right };
  if (set) return { code: 'Q310', mismatch: presence, all, left, right };
  const le = all.find(({ label }) => label === 'le');
  const bucketAgainstTotal = le && isBucket(left) !== isBucket(right) && sameFamily(left, right);
  if (le && bucketAgainstTotal) return { code: 'Q228', mismatch: le, all, left, right };
  return { code: 'Q303', mismatch: presence, all, left, right };
}

const isBucket = ({ role }: Source): boolean => role === 'bucket';

/** The buckets, the sum or the count of one histogram. */
function sameFamily(left: Source, right: Source): boolean {
  const families = ({ origins }: Source): readonly string[] =>
    origins.map(({ name = '' }) => name.replace(/_(?:bucket|sum|count)$/, ''));
  const others = families(right);
  return families(left).some((family) => others.includes(family));
}

/** Labels of `on (…)` that a side can never have, so that its series all land in one group. */
export function unknownOnLabels(node: BinaryExpr, query: Query): readonly string[] {
  if (node.matching?.mode !== 'on') return [];
  const sides = [node.lhs, node.rhs].map((side) => livingSources(query.of(side).sources));
  return node.matching.labels.filter(
    (name): name is string =>
      typeof name === 'string' &&
      sides.some((sources) =>
        sources.every(
          ({ labels, presence }) =>
            presence !== 'never' && (labels.named.get(name) ?? labels.rest).presence === 'impossible',
        ),
      ),
  );
}
