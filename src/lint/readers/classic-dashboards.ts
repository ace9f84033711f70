/** Reads dashboards in Grafana's classic JSON model, from schema version 1 (rows of panels) to today's. */
import type { LintedAnnotation, LintedDashboard, LintedPanel, LintedQuery, LintedVariable } from '../model.ts';
import { field, itemsAt, stringAt, valueAt } from '../tree/node.ts';
import type { MapNode, TreeNode } from '../tree/node.ts';
import { datasourceTypes, isPrometheus } from './datasources.ts';
import type { DatasourceTypes } from './datasources.ts';
import { fieldSettings } from './field-config.ts';
import { otherTexts } from './other-texts.ts';
import { kindOf, reportShape } from './reading.ts';
import type { Found } from './reading.ts';

/** Whether a mapping is a dashboard of the classic model: nothing else has these fields together. */
export function isClassicDashboard(node: TreeNode): boolean {
  if (field(node, 'panels')?.type === 'list') {
    return ['schemaVersion', 'templating', 'title', 'uid', 'time', 'timezone'].some(
      (key) => field(node, key) !== undefined,
    );
  }
  if (field(node, 'rows')?.type === 'list') return field(node, 'title') !== undefined;
  return field(node, 'schemaVersion') !== undefined && field(node, 'title') !== undefined;
}

/** Reads a classic dashboard. */
export function readClassicDashboard(found: Found, dashboard: TreeNode): void {
  if (dashboard.type !== 'map') return;
  const title = stringAt(dashboard, 'title')?.text ?? '';
  const where = [`dashboard "${title}"`];
  const types = datasourceTypes(dashboard);
  const uid = valueAt(dashboard, 'uid');
  found.dashboards.push({
    title,
    ...(typeof uid === 'string' && uid !== '' ? { uid } : {}),
    panels: panelNodes(found, dashboard, where).map((panel) => readPanel(panel, types)),
    variables: itemsAt(dashboard, 'templating', 'list').flatMap((variable) => readVariable(variable, types) ?? []),
    annotations: itemsAt(dashboard, 'annotations', 'list').flatMap((item) => readAnnotation(item, types) ?? []),
    otherTexts: otherTexts(dashboard),
    within: dashboard.within,
    span: dashboard.span,
  } satisfies LintedDashboard);
}

/** The panels of a dashboard in order, those of rows included; rows themselves are no panels. */
function panelNodes(found: Found, dashboard: MapNode, where: readonly string[]): readonly MapNode[] {
  const listed = [dashboard, ...itemsAt(dashboard, 'rows')].flatMap((owner) => {
    const panels = field(owner, 'panels');
    if (panels !== undefined && panels.type !== 'list' && kindOf(panels) !== 'nothing') {
      reportShape(found, panels, where, [
        `\`panels\` must be a list, but it is ${kindOf(panels)}.`,
        'Grafana cannot load the dashboard.',
        'Export the dashboard again, or make `panels` a list of panels.',
      ]);
    }
    return itemsAt(owner, 'panels');
  });
  return listed.flatMap((panel) => {
    if (panel.type !== 'map') {
      reportShape(found, panel, where, [
        `A panel must be a mapping, but it is ${kindOf(panel)}.`,
        'Grafana cannot load the dashboard.',
        'Remove the entry, or export the dashboard again.',
      ]);
      return [];
    }
    const inside = itemsAt(panel, 'panels').filter((inner) => inner.type === 'map');
    return valueAt(panel, 'type') === 'row' ? inside : [panel, ...inside];
  });
}

function readPanel(panel: MapNode, types: DatasourceTypes): LintedPanel {
  const repeat = valueAt(panel, 'repeat');
  return {
    title: stringAt(panel, 'title')?.text ?? '',
    type: stringAt(panel, 'type')?.text ?? '',
    queries: itemsAt(panel, 'targets').flatMap((target) => readTarget(target, types, field(panel, 'datasource')) ?? []),
    ...fieldSettings(panel, field(panel, 'fieldConfig')),
    transformations: itemsAt(panel, 'transformations')
      .filter((step) => valueAt(step, 'disabled') !== true)
      .map((step) => String(valueAt(step, 'id') ?? '')),
    ...(typeof repeat === 'string' && repeat !== '' ? { repeat } : {}),
    ...intervalSetting(panel),
    within: panel.within,
    span: panel.span,
  };
}

function readTarget(
  target: TreeNode,
  types: DatasourceTypes,
  panelSource: TreeNode | undefined,
): LintedQuery | undefined {
  const expr = stringAt(target, 'expr');
  if (expr === undefined || expr.text.trim() === '') return undefined;
  if (!isPrometheus(types, field(target, 'datasource'), panelSource)) return undefined;
  return querySettings(target, expr);
}

/** What is said beside `expr`, in the classic model and in version 2 alike. */
export function querySettings(
  target: TreeNode,
  expr: LintedQuery['expr'],
  refIdHolder: TreeNode = target,
): LintedQuery {
  const refId = valueAt(refIdHolder, 'refId');
  const format = valueAt(target, 'format');
  const legend = stringAt(target, 'legendFormat');
  return {
    expr,
    ...(typeof refId === 'string' ? { refId } : {}),
    ...(legend === undefined || legend.text === '' ? {} : { legend }),
    ...(typeof format === 'string' ? { format } : {}),
    instant: valueAt(target, 'instant') === true,
    ...intervalSetting(target),
  };
}

/** The shortest step, in the classic model and in version 2 alike. */
export function intervalSetting(node: TreeNode | undefined): { readonly interval?: string } {
  const interval = valueAt(node, 'interval');
  return typeof interval === 'string' ? { interval } : {};
}

function readVariable(variable: TreeNode, types: DatasourceTypes): LintedVariable | undefined {
  const name = valueAt(variable, 'name');
  if (typeof name !== 'string') return undefined;
  const type = String(valueAt(variable, 'type') ?? '');
  const allValue = valueAt(variable, 'allValue');
  const asked = field(variable, 'query');
  const query = asked?.type === 'map' ? stringAt(asked, 'query') : stringAt(variable, 'query');
  const isPromql = type === 'query' && query !== undefined && isPrometheus(types, field(variable, 'datasource'));
  return {
    name,
    type,
    multi: valueAt(variable, 'multi') === true,
    includeAll: valueAt(variable, 'includeAll') === true,
    ...(typeof allValue === 'string' && allValue !== '' ? { allValue } : {}),
    ...(isPromql && query.text.trim() !== '' ? { query } : {}),
    within: variable.within,
    span: variable.span,
  };
}

function readAnnotation(annotation: TreeNode, types: DatasourceTypes): LintedAnnotation | undefined {
  const expr = stringAt(annotation, 'expr') ?? stringAt(annotation, 'target', 'expr');
  if (expr === undefined || expr.text.trim() === '') return undefined;
  if (!isPrometheus(types, field(annotation, 'datasource'))) return undefined;
  return {
    name: stringAt(annotation, 'name')?.text ?? '',
    query: { expr },
    within: annotation.within,
    span: annotation.span,
  };
}
