/** Grafana's variables: those that a dashboard declares, and those that are always there. */
import type { DeclaredVariable, Place } from './subject.ts';

/** What the place of a query knows of variables; `undefined` where nothing is known. */
export function declaredVariables(place: Place): ReadonlyMap<string, DeclaredVariable> | undefined {
  return place.type === 'panel' || place.type === 'variable' ? place.variables : undefined;
}

/** Source: "Global variables" in the documentation of Grafana's dashboards. All others with `__` are internal. */
export function isBuiltIn(name: string): boolean {
  return name.startsWith('__') || name === 'timeFilter';
}

/** Whether a query may hold variables at all: most have none, and need not be searched. */
export function mayHoldVariables(text: string): boolean {
  return text.includes('$') || text.includes('[[');
}
