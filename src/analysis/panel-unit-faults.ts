/** Units of panels that are not those of their queries, and whose fault it is: several codes share the fact. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import { measureOf, type UnitMeasure, type UnitName } from '../metrics/units.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import { children } from '../promql/walk.ts';
import { scaledUnit } from './facts/scaling.ts';
import { constantOf, livingSources } from './facts/source.ts';
import { panelUnit, type PanelUnit } from './panel-units.ts';
import { unitOf } from './unit-faults.ts';

export interface PanelUnitFault {
  readonly code: Code;
  /** Of the query. */
  readonly unit: UnitName;
  readonly panel: PanelUnit;
  /** Grafana's id of the panel's unit. */
  readonly id: string;
}

/** Plain numbers of which the unit says too little: a count divided by a count is a ratio as well. */
const VAGUE: ReadonlySet<UnitName> = new Set<UnitName>(['count', 'cores']);

/** Megabytes shown as mebibytes are 5 % off: not what was written, but no wrong unit either. */
const TOLERANCE = 1.2;

/**
 * Why a panel shows its query in the wrong unit.
 *
 * Q506: seconds since 1970 where Grafana's dates want milliseconds; Q503: ratio and percent; Q505: the rate of seconds
 * shown as a length of time; Q504: everything else.
 *
 * @returns `undefined` where one of the units is not known, or where the panel rearranges what it shows
 */
export function panelUnitFault(query: Query): PanelUnitFault | undefined {
  const { place } = query;
  if (place.type !== 'panel' || place.unit === undefined || place.transformed === true) return undefined;
  // the colours of a heatmap are counts, its axis is what was observed
  if (place.format === 'heatmap' || place.panelType === 'heatmap' || place.panelType === 'histogram') return undefined;
  const panel = panelUnit(place.unit);
  const unit = unitOf(query.facts.root);
  if (!panel || !unit) return undefined;
  const code = codeOf(query, unit, panel);
  return code && { code, unit, panel, id: place.unit };
}

function codeOf(query: Query, unit: UnitName, panel: PanelUnit): Code | undefined {
  const measure = measureOf(unit);
  const off = panel.factor / measure.factor;
  if (panel.dimension === measure.dimension) {
    if (VAGUE.has(unit) || (off < TOLERANCE && off > 1 / TOLERANCE)) return undefined;
    if (panel.dimension === 'moment') return 'Q506';
    if (isScaled(query)) return undefined;
    return unit === 'ratio' || unit === 'percent' ? 'Q503' : 'Q504';
  }
  // an amount per hour is often shown as an amount
  if (panel.dimension === 'money' && measure.dimension === 'money/time') return undefined;
  if (differByTime(panel, measure)) {
    if (isScaled(query)) return undefined;
    if (panel.dimension === 'time' && isRateOfTime(query, unit)) return 'Q505';
  }
  return 'Q504';
}

function differByTime({ dimension: a }: UnitMeasure, { dimension: b }: UnitMeasure): boolean {
  const perTime = (dimension: string): string => (dimension === 'time' ? '' : `${dimension}/time`);
  return a === perTime(b) || b === perTime(a);
}

/** Seconds per second: the value is how much of each second was spent. */
function isRateOfTime({ facts }: Query, unit: UnitName): boolean {
  if (unit !== 'ratio') return unit.endsWith('/second');
  return livingSources(facts.root.sources).every(
    ({ origins, ranges }) =>
      ranges.some(({ func }) => func === 'rate' || func === 'irate' || func === 'deriv') &&
      origins.some(({ metric }) => metric?.unit === 'seconds'),
  );
}

/** Multiplied or divided by a number that may well be a conversion, such as `increase(x[5m]) / 300`. */
function isScaled(query: Query): boolean {
  const scales = ({ op, lhs, rhs }: BinaryExpr): boolean => {
    if (op !== '*' && op !== '/') return false;
    const [left, right] = [constantOf(query.of(lhs)), constantOf(query.of(rhs))];
    if ((left === undefined) === (right === undefined)) return false;
    const unit = unitOf(query.of(left === undefined ? lhs : rhs));
    return unit !== undefined && scaledUnit(unit, op, (left ?? right)!) === unit;
  };
  const visit = (node: Expr): boolean => (node.type === 'BinaryExpr' && scales(node)) || children(node).some(visit);
  return visit(query.expr);
}
