/** Which data source a query goes to. */
import type { DashboardModel, DatasourceReference } from '../model.ts';

export const DATASOURCE_VARIABLE = 'datasource';

/** Grafana's own data source: annotations that people made, and nothing to ask of. */
export const GRAFANA_DATASOURCE: DatasourceReference = { type: 'grafana', uid: '-- Grafana --' };

/** A panel whose queries go to different data sources. */
export const MIXED_DATASOURCE: DatasourceReference = { type: 'datasource', uid: '-- Mixed --' };

export type DatasourceJson = { readonly type: string; readonly uid: string };

/** The dashboard's own data source, or its variable. */
export function datasourceOf(dashboard: DashboardModel): DatasourceJson {
  const { type, uid } = dashboard.datasource ?? { type: 'prometheus', uid: `\${${DATASOURCE_VARIABLE}}` };
  return { type, uid };
}
