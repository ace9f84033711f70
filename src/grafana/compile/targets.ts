/** The targets of a panel as Grafana writes them. */
import { print } from '../../promql/print.ts';
import { defaultLegend } from '../authoring/legend.ts';
import { DEFAULT_DATASOURCE, type DashboardContext, type QueryDescription } from '../context.ts';
import type { JsonObject } from '../json.ts';
import type { DashboardModel, ForeignTargetModel, PanelModel, PrometheusTargetModel, TargetModel } from '../model.ts';
import { minIntervalSeconds } from '../min-interval.ts';
import { PANEL_TYPES } from '../panel-types.ts';
import { observedUnit, scrapeIntervalOf } from '../selected-metrics.ts';
import { displayOf, isDateUnit, type UnitDisplay } from '../units.ts';
import { datasourceOf } from './datasource.ts';
import { emittedQuery, scaled } from './queries.ts';

/** A target with what is known of it. */
export interface CompiledTarget {
  readonly model: TargetModel;
  readonly refId: string;
  readonly json: JsonObject;
  /** How the unit of its result is shown, where the analysis knows it. */
  readonly display?: UnitDisplay;
  /** How the unit of the observations in its histograms is shown. */
  readonly observed?: UnitDisplay;
}

/** The letters of a panel's targets: the author's, and A, B … Z, AA … for the rest, as Grafana gives them. */
export function refIds(targets: readonly TargetModel[]): readonly string[] {
  const taken = new Set(targets.flatMap(({ refId }) => (refId === undefined ? [] : [refId])));
  let next = 0;
  return targets.map(({ refId }) => {
    if (refId !== undefined) return refId;
    let letters = letterOf(next++);
    while (taken.has(letters)) letters = letterOf(next++);
    return letters;
  });
}

function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

export function compileTargets(
  panel: PanelModel,
  dashboard: DashboardModel,
  context: DashboardContext,
): readonly CompiledTarget[] {
  const letters = refIds(panel.targets);
  return panel.targets.map((model, index): CompiledTarget => {
    const refId = letters[index] ?? '';
    return model.kind === 'foreign'
      ? { model, refId, json: foreignJson(model, refId) }
      : prometheusTarget(model, refId, panel, dashboard, context);
  });
}

function foreignJson({ dataquery, datasource, hide }: ForeignTargetModel, refId: string): JsonObject {
  const { type, uid } = datasource;
  return { ...dataquery, datasource: { type, uid }, refId, ...(hide === undefined ? {} : { hide }) };
}

function prometheusTarget(
  model: PrometheusTargetModel,
  refId: string,
  panel: PanelModel,
  dashboard: DashboardModel,
  context: DashboardContext,
): CompiledTarget {
  const { expr: asked } = emittedQuery(model.query);
  const description = context.describe?.(asked) ?? {};
  const display = description.unit === undefined ? undefined : displayOf(description.unit);
  const observed = observedUnit(asked, context.catalogue);
  const expr = scaled(asked, scaleOf(panel, display));
  return {
    model,
    refId,
    json: {
      datasource: panel.datasource === undefined ? datasourceOf(dashboard) : { ...panel.datasource },
      editorMode: 'code',
      expr: print(expr),
      ...askJson(model, panel),
      ...(model.exemplar === undefined ? {} : { exemplar: model.exemplar }),
      ...(model.hide === undefined ? {} : { hide: model.hide }),
      ...intervalJson(model, panel, context),
      legendFormat: legendOf(model, panel, description),
      refId,
    },
    ...(display === undefined ? {} : { display }),
    ...(observed === undefined ? {} : { observed: displayOf(observed) }),
  };
}

/** Seconds become milliseconds unless the author chose a unit that is no date. */
function scaleOf(panel: PanelModel, display: UnitDisplay | undefined): number | undefined {
  return panel.unit === undefined || isDateUnit(panel.unit) ? display?.scale : undefined;
}

function askJson(model: PrometheusTargetModel, panel: PanelModel): JsonObject {
  const type = PANEL_TYPES[panel.type];
  const instant = model.instant ?? (type.asks === 'instant' && panel.sparkline !== true);
  return { format: model.format ?? type.format, instant, range: !instant };
}

/**
 * The least step, which Grafana also takes for the scrape interval behind `$__rate_interval`. It is written
 * where the exporter's differs from the data source's.
 *
 * It wins over the panel's (GetIntervalFrom in Grafana's gtime package), so a longer one of the panel is left to
 * work: ranges follow the step, and hold enough samples from four scrapes on.
 */
function intervalJson(model: PrometheusTargetModel, panel: PanelModel, context: DashboardContext): JsonObject {
  if (model.interval !== undefined) return { interval: model.interval };
  const scraped = scrapeIntervalOf(model.query.expr, context.catalogue);
  const usual = (context.datasource ?? DEFAULT_DATASOURCE).scrapeIntervalSeconds;
  if (scraped === undefined || scraped === usual) return {};
  const ofPanel = minIntervalSeconds(undefined, panel.interval) ?? 0;
  return ofPanel >= 4 * scraped ? {} : { interval: secondsText(Math.max(scraped, ofPanel)) };
}

/** Seconds in Grafana's notation for lengths of time. */
export function secondsText(seconds: number): string {
  return Number.isInteger(seconds)
    ? seconds % 60 === 0
      ? `${seconds / 60}m`
      : `${seconds}s`
    : `${Math.round(seconds * 1000)}ms`;
}

function legendOf(model: PrometheusTargetModel, panel: PanelModel, { labels }: QueryDescription): string {
  if (model.legend !== undefined) return model.legend;
  const format = model.format ?? PANEL_TYPES[panel.type].format;
  if (format === 'heatmap') return labels === undefined || labels.includes('le') ? '{{le}}' : '__auto';
  return format === 'table' ? '__auto' : defaultLegend(labels, panel.title);
}
