/** Labels of a rule that take the place of labels of its series: two codes share the fact. */
import type { Query } from './check.ts';
import { onlyValue } from './facts/label-values.ts';
import { labelFact, type LabelFact } from './facts/labels.ts';

export interface OverwrittenLabel {
  readonly label: string;
  readonly value: string;
  readonly fact: LabelFact;
  /** Series that differ in nothing else become one. */
  readonly merges: boolean;
}

/** Labels that a rule sets although its series have them, with more than one value. */
export function overwrittenLabels(
  labels: Readonly<Record<string, string>>,
  { facts }: Query,
): readonly OverwrittenLabel[] {
  return Object.entries(labels).flatMap(([label, value]): OverwrittenLabel[] => {
    // a template may well carry the old value on
    if (value.includes('{{')) return [];
    for (const source of facts.root.sources) {
      const fact = source.labels.named.get(label);
      if (!fact || source.presence === 'never' || labelFact(source.labels, label).presence === 'impossible') continue;
      if (onlyValue(fact.values) !== undefined) continue;
      return [{ label, value, fact, merges: source.key?.has(label) === true }];
    }
    return [];
  });
}
