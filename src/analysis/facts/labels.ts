/**
 * What is known of the labels of an expression's result.
 *
 * Every label is `guaranteed` (each series has it), `possible`, or `impossible`. A label that is not named takes
 * the fact of `rest`: impossible in a closed world, possible in an open one. A fact that is not self-evident has a
 * reason: why it is so, and the part of the query that made it so.
 *
 * The metric name is the label `__name__`, as in Prometheus.
 */
import type { Expr } from '../../promql/ast.ts';
import type { LabelModel } from '../../metrics/model.ts';
import {
  ANY_VALUE,
  areDisjoint,
  intersectValues,
  isNone,
  NO_VALUE,
  onlyValue,
  uniteValues,
  type ValueSet,
} from './label-values.ts';

type Presence = 'guaranteed' | 'possible' | 'impossible';

/** Why something is so: a clause for a sentence, and the part of the query that caused it. */
export interface Reason {
  readonly text: string;
  readonly node: Expr;
}

export interface LabelFact {
  readonly presence: Presence;
  readonly values: ValueSet;
  readonly reason?: Reason;
  /** The catalogue's word on the label, while it is still the metric's own. */
  readonly model?: LabelModel;
  /** Name of the exporter whose scrape attached the label. */
  readonly target?: string;
}

export interface LabelSet {
  readonly named: ReadonlyMap<string, LabelFact>;
  readonly rest: LabelFact;
}

export const METRIC_NAME = '__name__';

export const POSSIBLE: LabelFact = { presence: 'possible', values: ANY_VALUE };
export const IMPOSSIBLE: LabelFact = { presence: 'impossible', values: NO_VALUE };
export const NO_LABELS: LabelSet = { named: new Map(), rest: IMPOSSIBLE };
export const ANY_LABELS: LabelSet = { named: new Map(), rest: POSSIBLE };

/** What is known of one label. */
export function labelFact(labels: LabelSet, name: string): LabelFact {
  return labels.named.get(name) ?? labels.rest;
}

/** Whether the label can be there. */
export function mayHave(labels: LabelSet, name: string): boolean {
  return labelFact(labels, name).presence !== 'impossible';
}

/** Whether the label is on every series. */
export function mustHave(labels: LabelSet, name: string): boolean {
  return labelFact(labels, name).presence === 'guaranteed';
}

/** Known to be the same on all series. */
export function isPinned({ presence, values }: LabelFact): boolean {
  return presence === 'impossible' || (presence === 'guaranteed' && onlyValue(values) !== undefined);
}

/** Whether every label that is not listed is known to be absent. */
export function isClosed(labels: LabelSet): boolean {
  return labels.rest.presence === 'impossible';
}

/** The labels that can be there and are known by name, without the metric name. */
export function possibleLabels(labels: LabelSet): readonly string[] {
  const names: string[] = [];
  for (const [name, fact] of labels.named) if (name !== METRIC_NAME && fact.presence !== 'impossible') names.push(name);
  return names;
}

/** Known to carry no label at all, but for a metric name. */
export function hasNoLabels(labels: LabelSet): boolean {
  return isClosed(labels) && possibleLabels(labels).length === 0;
}

export function impossible(reason?: Reason): LabelFact {
  return reason ? { presence: 'impossible', values: NO_VALUE, reason } : IMPOSSIBLE;
}

/** The same labels with some facts replaced. */
export function withFacts(labels: LabelSet, facts: Iterable<readonly [string, LabelFact]>): LabelSet {
  const named = new Map(labels.named);
  for (const [name, fact] of facts) named.set(name, fact);
  return { named, rest: labels.rest };
}

/** The same labels without some of them. */
export function withoutLabels(labels: LabelSet, names: readonly string[], reason?: Reason): LabelSet {
  const gone = names.filter((name) => mayHave(labels, name));
  return gone.length === 0
    ? labels
    : withFacts(
        labels,
        gone.map((name) => [name, impossible(reason)]),
      );
}

/** Only the listed labels; the rest is gone for one reason. Labels that were gone before keep their own. */
export function onlyLabels(labels: LabelSet, names: readonly string[], reason?: Reason): LabelSet {
  const named = new Map<string, LabelFact>();
  for (const name of names) named.set(name, labelFact(labels, name));
  for (const [name, fact] of labels.named) {
    if (fact.presence === 'impossible' && fact.reason && !named.has(name)) named.set(name, fact);
  }
  return { named, rest: impossible(reason ?? labels.rest.reason) };
}

/** The result of a series having passed both descriptions: what either knows holds. */
export function meetFacts(a: LabelFact, b: LabelFact): LabelFact {
  if (a.presence === 'impossible') return a;
  if (b.presence === 'impossible') return b;
  const values = intersectValues(a.values, b.values);
  const presence = a.presence === 'guaranteed' || b.presence === 'guaranteed' ? 'guaranteed' : 'possible';
  if (presence === a.presence && values === a.values) return a;
  return { ...b, ...a, presence, values };
}

/** What holds of a series that comes from one of the two. */
export function uniteFacts(a: LabelFact, b: LabelFact): LabelFact {
  if (a === b) return a;
  if (a.presence === 'impossible' && b.presence === 'impossible') return a.reason ? a : b;
  if (a.presence === 'impossible') return { ...b, presence: 'possible' };
  if (b.presence === 'impossible') return { ...a, presence: 'possible' };
  const { model, target, reason } = a;
  return {
    presence: a.presence === b.presence ? a.presence : 'possible',
    values: uniteValues(a.values, b.values),
    ...(model && model === b.model ? { model } : {}),
    ...(target !== undefined && target === b.target ? { target } : {}),
    ...(reason && reason === b.reason ? { reason } : {}),
  };
}

export function uniteLabels(a: LabelSet, b: LabelSet): LabelSet {
  if (a === b) return a;
  const named = new Map<string, LabelFact>();
  for (const [name, fact] of a.named) named.set(name, uniteFacts(fact, labelFact(b, name)));
  for (const [name, fact] of b.named) if (!named.has(name)) named.set(name, uniteFacts(a.rest, fact));
  return { named, rest: uniteFacts(a.rest, b.rest) };
}

/** Whether two series can have the same value of a label, an absent one being the empty value. */
export function canAgree(a: LabelFact, b: LabelFact): boolean {
  const aAbsent = a.presence !== 'guaranteed';
  const bAbsent = b.presence !== 'guaranteed';
  if (aAbsent && bAbsent) return true;
  if (a.presence === 'impossible' || b.presence === 'impossible') return false;
  return !areDisjoint(a.values, b.values);
}

/** A fact with fewer values; impossible where none is left and the label may be absent. */
export function narrowed(fact: LabelFact, values: ValueSet, guaranteed: boolean): LabelFact {
  const both = intersectValues(fact.values, values);
  if (guaranteed) return { ...fact, presence: 'guaranteed', values: both };
  return isNone(both) && fact.presence === 'possible' ? impossible(fact.reason) : { ...fact, values: both };
}
