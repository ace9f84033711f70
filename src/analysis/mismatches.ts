/** Which fault it is when the two sides of an operation can never match: several codes share the fact. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import type { Mismatch, Source } from './facts/facts.ts';
import { mismatchesOf } from './facts/join.ts';
import { hasNoLabels, labelFact, type LabelFact } from './facts/labels.ts';
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
  if (!join || node.op === 'or' || node.fill) return undefined;
  const [lefts, rights] = [livingSources(query.of(node.lhs).sources), livingSources(query.of(node.rhs).sources)];
  const [[left], [right]] = [lefts, rights];
  if (!left || !right || left.presence === 'never' || right.presence === 'never') return undefined;
  const set = node.op === 'and' || node.op === 'unless';
  if (join.mismatches.length === 0) {
    const job = set ? scrapedAgainstAbsent(node, lefts, rights) : undefined;
    return job && { code: 'Q310', mismatch: job, all: [job], left, right };
  }
  const all = mismatchesOf(node.matching, left.labels, right.labels);
  const targets = all.find(
    ({ left: l, right: r }) => l.target !== undefined && r.target !== undefined && l.target !== r.target,
  );
  if (targets && node.matching?.mode !== 'on') return { code: 'Q304', mismatch: targets, all, left, right };
  const [first] = all;
  if (!first) return undefined;
  const presence = all.find(({ left: l, right: r }) => l.presence === 'impossible' || r.presence === 'impossible');
  if (!presence) return { code: 'Q302', mismatch: first, all, left, right };
  if (set) return { code: 'Q310', mismatch: presence, all, left, right };
  const le = all.find(({ label }) => label === 'le');
  const bucketAgainstTotal = le && isBucket(left) !== isBucket(right) && sameFamily(left, right);
  if (le && bucketAgainstTotal) return { code: 'Q228', mismatch: le, all, left, right };
  return { code: 'Q303', mismatch: presence, all, left, right };
}

/**
 * `x and absent(y)`: what Prometheus scrapes has a job, also where nothing else is known of it, and absent() has no
 * label. Of other sides without labels an open world cannot be as sure.
 */
function scrapedAgainstAbsent(
  { lhs, rhs, matching }: BinaryExpr,
  lefts: readonly Source[],
  rights: readonly Source[],
): Mismatch | undefined {
  if (matching) return undefined;
  const [none] = [...(isAbsent(lhs) ? lefts : []), ...(isAbsent(rhs) ? rights : [])];
  const other = isAbsent(lhs) ? rights : lefts;
  if (!none || isAbsent(lhs) === isAbsent(rhs) || !hasNoLabels(none.labels) || !other.every(isScraped))
    return undefined;
  const [lacks, has] = [none, other[0]].map((source) => labelFact(source!.labels, 'job')) as [LabelFact, LabelFact];
  return isAbsent(lhs) ? { label: 'job', left: lacks, right: has } : { label: 'job', left: has, right: lacks };
}

function isAbsent(node: Expr): boolean {
  return node.type === 'Call' && (node.func === 'absent' || node.func === 'absent_over_time');
}

/** Recorded series have colons in their names, and alerts make series of their own. */
function isScraped({ labels, origins }: Source): boolean {
  const job = labels.named.get('job') ?? labels.rest;
  const kept = job.presence === 'guaranteed' || (job.presence === 'possible' && !labels.named.has('job'));
  return (
    kept &&
    origins.length > 0 &&
    origins.every(
      ({ name, metric }) => name !== undefined && !metric && !name.includes(':') && !name.startsWith('ALERTS'),
    )
  );
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
