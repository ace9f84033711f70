/** Which targets of a dashboard are PromQL. Dashboards name data sources in half a dozen ways. */
import { field, itemsAt, valueAt } from '../tree/node.ts';
import type { TreeNode } from '../tree/node.ts';

/** Plugin types that speak PromQL. */
const PROMETHEUS_TYPES = new Set([
  'prometheus',
  'grafana-amazonprometheus-datasource',
  'grafana-azureprometheus-datasource',
]);

/** Names in old dashboards, where a data source is a name and nothing else says its type. */
const OTHER_SOURCES =
  /loki|tempo|influx|elastic|opensearch|graphite|cloudwatch|stackdriver|postgres|mysql|mssql|clickhouse|testdata|jaeger|zipkin|pyroscope|parca|athena|azure ?monitor/i;

const VARIABLE = /^\$\{?(\w+)(?::\w+)?\}?$|^\[\[(\w+)\]\]$/;

/** Type of each data source variable and import input of the dashboard, by name. */
export type DatasourceTypes = ReadonlyMap<string, string>;

/** Collects the data source variables and the `__inputs` of an export. */
export function datasourceTypes(dashboard: TreeNode): DatasourceTypes {
  const types = new Map<string, string>();
  for (const input of itemsAt(dashboard, '__inputs')) remember(types, input, 'name', 'pluginId');
  for (const variable of itemsAt(dashboard, 'templating', 'list')) {
    if (valueAt(variable, 'type') === 'datasource') remember(types, variable, 'name', 'query');
  }
  for (const variable of itemsAt(dashboard, 'variables')) {
    if (valueAt(variable, 'kind') === 'DatasourceVariable')
      remember(types, field(variable, 'spec'), 'name', 'pluginId');
  }
  return types;
}

function remember(types: Map<string, string>, node: TreeNode | undefined, nameKey: string, typeKey: string): void {
  const name = valueAt(node, nameKey);
  const type = valueAt(node, typeKey);
  if (typeof name === 'string' && typeof type === 'string') types.set(name, type);
}

/**
 * Whether a target's expression is PromQL.
 *
 * The target's own data source decides; one that says nothing of its type falls back to the panel's, and where
 * neither says anything the expression is taken for PromQL, Grafana's default data source being Prometheus in
 * practically every dashboard that has `expr`.
 *
 * @param datasources from the inside out: the target's, the panel's
 */
export function isPrometheus(types: DatasourceTypes, ...datasources: readonly (TreeNode | undefined)[]): boolean {
  for (const datasource of datasources) {
    const verdict = judge(types, datasource);
    if (verdict !== undefined) return verdict;
  }
  return true;
}

function judge(types: DatasourceTypes, datasource: TreeNode | undefined): boolean | undefined {
  if (datasource === undefined) return undefined;
  if (datasource.type === 'map') {
    const type = valueAt(datasource, 'type') ?? valueAt(datasource, 'group');
    if (type === 'mixed' || type === 'datasource') return judgeName(types, valueAt(datasource, 'uid'));
    if (typeof type === 'string' && type !== '' && !VARIABLE.test(type)) return PROMETHEUS_TYPES.has(type);
    return judgeName(types, valueAt(datasource, 'uid') ?? valueAt(datasource, 'name'));
  }
  return datasource.type === 'scalar' ? judgeName(types, datasource.value) : undefined;
}

function judgeName(types: DatasourceTypes, name: unknown): boolean | undefined {
  if (typeof name !== 'string' || name === '' || name === 'default' || name === '-- Mixed --') return undefined;
  if (name.startsWith('-- ') || name === '__expr__' || name === 'grafana') return false;
  const [, dollar, brackets] = VARIABLE.exec(name) ?? [];
  const variable = dollar ?? brackets;
  if (variable !== undefined) {
    const type = types.get(variable);
    if (type !== undefined) return PROMETHEUS_TYPES.has(type);
    return OTHER_SOURCES.test(variable) ? false : undefined;
  }
  return OTHER_SOURCES.test(name) ? false : undefined;
}
