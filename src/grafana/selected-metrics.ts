/** What the catalogue says of the metrics that an expression selects. */
import { findSample, type Sample } from '../metrics/lookup.ts';
import type { Catalogue } from '../metrics/model.ts';
import type { UnitName } from '../metrics/units.ts';
import type { Expr } from '../promql/ast.ts';
import { visit } from '../promql/walk.ts';

/**
 * The longest scrape or evaluation interval of the metrics in an expression, in seconds.
 *
 * @returns `undefined` where the catalogue knows none of them
 */
export function scrapeIntervalOf(expr: Expr, catalogue: Catalogue | undefined): number | undefined {
  const intervals = samples(expr, catalogue).flatMap(
    ({ metric }) => metric.exporter?.scrapeIntervalSeconds ?? metric.recordedBy?.intervalSeconds ?? [],
  );
  return intervals.length === 0 ? undefined : Math.max(...intervals);
}

/**
 * The unit of the observations in the histograms of an expression: that of the axis of a heat map.
 *
 * @returns `undefined` where there are none, where nothing is known of them, or where they differ
 */
export function observedUnit(expr: Expr, catalogue: Catalogue | undefined): UnitName | undefined {
  const histograms = samples(expr, catalogue).filter(
    ({ metric, role }) => role === 'bucket' || metric.kind === 'nativeHistogram',
  );
  const units = new Set(histograms.map(({ metric }) => metric.unit));
  const [unit] = units;
  return units.size === 1 ? unit : undefined;
}

function samples(expr: Expr, catalogue: Catalogue | undefined): readonly Sample[] {
  if (catalogue === undefined) return [];
  const found: Sample[] = [];
  visit(expr, (node) => {
    const name = node.type === 'VectorSelector' && typeof node.name === 'string' ? node.name : undefined;
    const sample = name === undefined ? undefined : findSample(catalogue, name);
    if (sample !== undefined) found.push(sample);
  });
  return found;
}
