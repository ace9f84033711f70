/** Series whose unit depends on a label, while several values of that label are side by side. */
import type { Expr } from '../promql/ast.ts';
import type { UnitName } from '../metrics/units.ts';
import type { Query } from './check.ts';
import { children } from '../promql/walk.ts';
import { labelFact } from './facts/labels.ts';
import { mayBe } from './facts/label-values.ts';
import { livingSources } from './facts/source.ts';
import type { Source } from './facts/facts.ts';

export interface MixedUnits {
  readonly source: Source;
  readonly label: string;
  /** Values of the label that can be there, with their units: at least two units. */
  readonly units: readonly (readonly [value: string, unit: UnitName])[];
}

/** The units that are mixed in an operand; `undefined` where they are one, or may be. */
export function mixedUnits(operand: Expr, query: Query): MixedUnits | undefined {
  if (isQuotient(operand, query)) return undefined;
  for (const source of livingSources(query.of(operand).sources)) {
    const { unitByLabel, labels, presence } = source;
    if (!unitByLabel || presence === 'never' || isChosen(source, unitByLabel.label)) continue;
    const fact = labelFact(labels, unitByLabel.label);
    if (fact.presence === 'impossible') continue;
    const units = Object.entries(unitByLabel.units).filter(([value]) => mayBe(fact.values, value));
    if (new Set(units.map(([, unit]) => unit)).size > 1) return { source, label: unitByLabel.label, units };
  }
  return undefined;
}

/** A Grafana variable says which values of the label are meant. */
function isChosen({ origins }: Source, label: string): boolean {
  return origins.some(({ selector }) =>
    selector.matchers.some(({ name, value }) => name === label && typeof value !== 'string'),
  );
}

/** A value divided by another of the same unit is a plain number, whatever the unit was. */
function isQuotient(node: Expr, query: Query): boolean {
  const mixed = (side: Expr): boolean => query.of(side).sources.some(({ unitByLabel }) => unitByLabel !== undefined);
  if (node.type === 'BinaryExpr' && (node.op === '/' || node.op === '*') && mixed(node.lhs) && mixed(node.rhs))
    return true;
  return children(node).some((child) => isQuotient(child, query));
}
