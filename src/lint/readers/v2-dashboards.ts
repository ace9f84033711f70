/**
 * Reads dashboards of `dashboard.grafana.app/v2*`: panels stand under `elements`, places under `layout`.
 * v2alpha1 names the plugin in `kind`, v2beta1 and v2 in `group`.
 */
import type { LintedAnnotation, LintedPanel, LintedQuery, LintedVariable } from '../model.ts';
import { field, itemsAt, stringAt, valueAt } from '../tree/node.ts';
import type { MapNode, TreeNode } from '../tree/node.ts';
import { intervalSetting, querySettings } from './classic-dashboards.ts';
import { datasourceTypes, isPrometheus } from './datasources.ts';
import type { DatasourceTypes } from './datasources.ts';
import { fieldSettings } from './field-config.ts';
import { otherTexts } from './other-texts.ts';
import type { Found } from './reading.ts';

/** Whether a mapping is the `spec` of a version 2 dashboard. */
export function isV2Dashboard(node: TreeNode): boolean {
  return field(node, 'elements')?.type === 'map' && field(node, 'layout')?.type === 'map';
}

/** @param name of the resource that the spec stands in: a version 2 spec has no uid of its own */
export function readV2Dashboard(found: Found, spec: TreeNode, name: string | undefined): void {
  if (spec.type !== 'map') return;
  const types = datasourceTypes(spec);
  const elements = field(spec, 'elements');
  const repeats = repeatsByElement(field(spec, 'layout'));
  found.dashboards.push({
    title: stringAt(spec, 'title')?.text ?? '',
    ...(name === undefined ? {} : { uid: name }),
    panels:
      elements?.type === 'map'
        ? [...elements.entries].flatMap(([key, { value }]) => readElement(value, types, repeats.get(key)) ?? [])
        : [],
    variables: itemsAt(spec, 'variables').flatMap((variable) => readVariable(variable, types) ?? []),
    annotations: itemsAt(spec, 'annotations').flatMap((annotation) => readAnnotation(annotation, types) ?? []),
    otherTexts: otherTexts(spec),
    within: spec.within,
    span: spec.span,
  });
}

function readElement(element: TreeNode, types: DatasourceTypes, repeat: string | undefined): LintedPanel | undefined {
  if (element.type !== 'map' || valueAt(element, 'kind') !== 'Panel') return undefined;
  const vizConfig = field(element, 'spec', 'vizConfig');
  const data = field(element, 'spec', 'data', 'spec');
  return {
    title: stringAt(element, 'spec', 'title')?.text ?? '',
    type: pluginOf(vizConfig) ?? '',
    queries: itemsAt(data, 'queries').flatMap((query) => readQuery(field(query, 'spec'), types) ?? []),
    ...fieldSettings(element, field(vizConfig, 'spec', 'fieldConfig')),
    transformations: itemsAt(data, 'transformations')
      .filter((step) => valueAt(step, 'spec', 'disabled') !== true)
      .map((step) => String(valueAt(step, 'group') ?? valueAt(step, 'spec', 'id') ?? valueAt(step, 'kind') ?? '')),
    ...(repeat === undefined ? {} : { repeat }),
    ...intervalSetting(field(data, 'queryOptions')),
    within: element.within,
    span: element.span,
  };
}

/** `group` since v2beta1, whose `kind` is `VizConfig` or `DataQuery`; before that the plugin was the `kind`. */
function pluginOf(node: TreeNode | undefined): string | undefined {
  const plugin = valueAt(node, 'group') ?? valueAt(node, 'kind');
  return typeof plugin === 'string' ? plugin : undefined;
}

/** @param holder what has `query`, and beside it `refId` and, in v2alpha1, `datasource` */
function readQuery(holder: TreeNode | undefined, types: DatasourceTypes): LintedQuery | undefined {
  const query = field(holder, 'query');
  const spec = field(query, 'spec');
  const expr = stringAt(spec, 'expr');
  if (query === undefined || holder === undefined || spec === undefined || expr === undefined) return undefined;
  if (expr.text.trim() === '' || !isPromQuery(query, types, field(holder, 'datasource'))) return undefined;
  return querySettings(spec, expr, holder);
}

function isPromQuery(query: TreeNode, types: DatasourceTypes, beside: TreeNode | undefined): boolean {
  const plugin = pluginOf(query);
  if (plugin !== undefined && plugin !== '' && plugin !== 'DataQuery') return isPrometheus(types, typeNode(query));
  return isPrometheus(types, field(query, 'datasource'), beside);
}

/** The query's own plugin, in the shape of a classic data source reference. */
function typeNode(query: TreeNode): MapNode | undefined {
  if (query.type !== 'map') return undefined;
  const type = query.entries.get('group') ?? query.entries.get('kind');
  return type === undefined ? undefined : { ...query, entries: new Map([['type', type]]) };
}

const VARIABLE_KINDS: Readonly<Record<string, string>> = {
  QueryVariable: 'query',
  CustomVariable: 'custom',
  IntervalVariable: 'interval',
  DatasourceVariable: 'datasource',
  TextVariable: 'textbox',
  ConstantVariable: 'constant',
  AdhocVariable: 'adhoc',
  GroupByVariable: 'groupby',
  SwitchVariable: 'switch',
};

function readVariable(variable: TreeNode, types: DatasourceTypes): LintedVariable | undefined {
  const spec = field(variable, 'spec');
  const name = valueAt(spec, 'name');
  if (typeof name !== 'string') return undefined;
  const type = VARIABLE_KINDS[String(valueAt(variable, 'kind'))] ?? '';
  const allValue = valueAt(spec, 'allValue');
  const asked = field(spec, 'query');
  const query = stringAt(asked, 'spec', 'query') ?? stringAt(asked, 'spec', '__legacyStringValue');
  const isPromql =
    type === 'query' &&
    asked?.type === 'map' &&
    query !== undefined &&
    isPromQuery(asked, types, field(spec, 'datasource'));
  return {
    name,
    type,
    multi: valueAt(spec, 'multi') === true,
    includeAll: valueAt(spec, 'includeAll') === true,
    ...(typeof allValue === 'string' && allValue !== '' ? { allValue } : {}),
    ...(isPromql && query.text.trim() !== '' ? { query } : {}),
    within: variable.within,
    span: variable.span,
  };
}

function readAnnotation(annotation: TreeNode, types: DatasourceTypes): LintedAnnotation | undefined {
  const spec = field(annotation, 'spec');
  const query = readQuery(spec, types);
  if (query === undefined) return undefined;
  const name = stringAt(spec, 'name')?.text ?? '';
  return { name, query, within: annotation.within, span: annotation.span };
}

/** Which variable each element is repeated for, wherever in the layout it stands. */
function repeatsByElement(layout: TreeNode | undefined): ReadonlyMap<string, string> {
  const repeats = new Map<string, string>();
  const visit = (node: TreeNode): void => {
    if (node.type === 'list') node.items.forEach(visit);
    if (node.type !== 'map') return;
    const element = valueAt(node, 'element', 'name');
    const repeat = valueAt(node, 'repeat', 'value');
    if (typeof element === 'string' && typeof repeat === 'string') repeats.set(element, repeat);
    for (const { value } of node.entries.values()) visit(value);
  };
  if (layout !== undefined) visit(layout);
  return repeats;
}
