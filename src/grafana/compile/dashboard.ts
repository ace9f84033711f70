/** A dashboard as Grafana's classic JSON, which file provisioning takes in every version. */
import { print } from '../../promql/print.ts';
import { DEFAULT_DATASOURCE, type DashboardContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { GRID_COLUMNS, layOut, type Box, type GridPos } from '../layout.ts';
import type { AnnotationModel, DashboardModel, PanelModel, RowModel } from '../model.ts';
import type { LoadedSdk } from '../panel-builders.ts';
import { PANEL_TYPES } from '../panel-types.ts';
import { dashboardIds } from '../placed-panels.ts';
import { displayOf } from '../units.ts';
import { datasourceOf, GRAFANA_DATASOURCE } from './datasource.ts';
import { dashboardLinkJson } from './links.ts';
import { compilePanel, PanelRefusal, type CompiledPanel } from './panels.ts';
import { emittedQuery, scaled } from './queries.ts';
import { datasourceVariableJson, variableJson } from './variables.ts';

/** The version of the classic schema that the Foundation SDK describes. */
export const SCHEMA_VERSION = 42;

const CROSSHAIR = { off: 0, crosshair: 1, tooltip: 2 } as const;

/** A panel of the output and the definition that it came from. */
export interface PanelSource extends CompiledPanel {
  readonly panel: PanelModel;
  readonly row?: RowModel;
}

export interface CompiledDashboard {
  readonly model: DashboardModel;
  readonly json: JsonObject;
  /** Every panel but the rows, in reading order. */
  readonly panels: readonly PanelSource[];
  /** Panels whose options the SDK or the author's own function refused; they are not in `json`. */
  readonly refused: readonly { readonly panel: PanelModel; readonly row?: RowModel; readonly reason: string }[];
}

/**
 * Compiles a dashboard. A pure function of its arguments.
 *
 * @param sdk with the builders of all kinds of panels in the dashboard
 */
export function compileDashboard(
  dashboard: DashboardModel,
  sdk: LoadedSdk,
  context: DashboardContext,
): CompiledDashboard {
  const ids = dashboardIds(dashboard);
  const sources: PanelSource[] = [];
  const refused: CompiledDashboard['refused'][number][] = [];

  const compileGroup = (panels: readonly PanelModel[], panelIds: readonly number[], top: number, row?: RowModel) => {
    const { places, bottom } = layOut(panels.map(box), top);
    const compiled: JsonObject[] = [];
    for (const [index, panel] of panels.entries()) {
      const place = { id: panelIds[index] ?? 0, gridPos: places[index] as GridPos };
      try {
        const result = compilePanel(panel, place, dashboard, sdk, context);
        sources.push({ ...result, panel, ...(row === undefined ? {} : { row }) });
        compiled.push(result.json);
      } catch (error) {
        if (!(error instanceof PanelRefusal)) throw error;
        refused.push({ panel, reason: error.message, ...(row === undefined ? {} : { row }) });
      }
    }
    return { compiled, bottom };
  };

  const above = compileGroup(dashboard.panels, ids.panels, 0);
  const panels: JsonObject[] = [...above.compiled];
  let y = above.bottom;
  for (const [index, row] of dashboard.rows.entries()) {
    const own = ids.rows[index] ?? { id: 0, panels: [] };
    const { compiled, bottom } = compileGroup(row.panels, own.panels, y + 1, row);
    panels.push(rowJson(row, own.id, y, row.collapsed ? compiled : []));
    if (!row.collapsed) panels.push(...compiled);
    y = row.collapsed ? y + 1 : bottom;
  }
  return { model: dashboard, json: dashboardJson(dashboard, panels, context), panels: sources, refused };
}

function dashboardJson(
  dashboard: DashboardModel,
  panels: readonly JsonObject[],
  context: DashboardContext,
): JsonObject {
  const variables = dashboard.variables.map((variable) => variableJson(variable, dashboard));
  const ownDatasource =
    dashboard.datasource !== undefined || dashboard.variables.some(({ name }) => name === 'datasource');
  const datasource = ownDatasource ? [] : [datasourceVariableJson(context.datasource ?? DEFAULT_DATASOURCE)];
  return {
    annotations: {
      list: [BUILT_IN_ANNOTATIONS, ...dashboard.annotations.map((item) => annotationJson(item, dashboard, context))],
    },
    ...(dashboard.description === undefined ? {} : { description: dashboard.description }),
    editable: dashboard.editable,
    graphTooltip: CROSSHAIR[dashboard.crosshair],
    links: dashboard.links.map(dashboardLinkJson),
    panels,
    refresh: dashboard.refresh,
    schemaVersion: SCHEMA_VERSION,
    tags: dashboard.tags,
    templating: { list: [...datasource, ...variables] },
    time: { ...dashboard.time },
    timezone: dashboard.timezone,
    title: dashboard.title,
    uid: dashboard.uid,
    ...(dashboard.weekStart === undefined ? {} : { weekStart: dashboard.weekStart }),
  };
}

/** Without this entry people's own annotations and the states of alerts are not drawn. */
const BUILT_IN_ANNOTATIONS: JsonObject = {
  builtIn: 1,
  datasource: { ...GRAFANA_DATASOURCE },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  type: 'dashboard',
};

/** `expr` and `step` are where every version of Grafana finds them; newer ones move them into a target. */
function annotationJson(annotation: AnnotationModel, dashboard: DashboardModel, context: DashboardContext): JsonObject {
  const { expr } = emittedQuery(annotation.query);
  const unit = annotation.valueIsTime ? context.describe?.(expr).unit : undefined;
  const scale = unit === undefined ? undefined : displayOf(unit).scale;
  return {
    datasource: datasourceOf(dashboard),
    enable: annotation.enabled,
    expr: print(scaled(expr, scale)),
    hide: annotation.hidden,
    iconColor: annotation.color,
    name: annotation.name,
    ...(annotation.step === undefined ? {} : { step: annotation.step }),
    tagKeys: annotation.tagKeys.join(','),
    textFormat: annotation.text,
    titleFormat: annotation.title,
    ...(annotation.valueIsTime ? { useValueForTime: true } : {}),
  };
}

function rowJson(row: RowModel, id: number, y: number, panels: readonly JsonObject[]): JsonObject {
  return {
    collapsed: row.collapsed,
    gridPos: { h: 1, w: GRID_COLUMNS, x: 0, y },
    id,
    panels,
    ...(row.repeat === undefined ? {} : { repeat: row.repeat }),
    title: row.title,
    type: 'row',
  };
}

function box(panel: PanelModel): Box {
  const { width, height } = PANEL_TYPES[panel.type];
  return {
    preferred: { width, height },
    ...(panel.width === undefined ? {} : { width: panel.width }),
    ...(panel.height === undefined ? {} : { height: panel.height }),
    ...(panel.repeat?.direction === 'h' ? { wholeLine: true } : {}),
  };
}
