/** What compiling dashboards needs to know beside the dashboards. */
import type { Catalogue } from '../metrics/model.ts';
import type { UnitName } from '../metrics/units.ts';
import type { Expr } from '../promql/ast.ts';

/** What is known of a query's result. */
export interface QueryDescription {
  readonly unit?: UnitName;
  /** Labels that every series of the result may have, in the order in which a legend should show them. */
  readonly labels?: readonly string[];
}

/** A Prometheus that Grafana is to know: an entry of `provisioning/datasources`. */
export interface PrometheusDatasource {
  /** What readers see. */
  readonly name: string;
  /** Names it in dashboards; must never change. */
  readonly uid: string;
  /** Where Grafana's server finds it. */
  readonly url: string;
  /**
   * The usual scrape interval in seconds, Grafana's `timeInterval`: the least step and the base of
   * `$__rate_interval` of every query that says nothing else.
   */
  readonly scrapeIntervalSeconds: number;
  /** Only one data source of an organisation may be the default, or Grafana does not start. Default false. */
  readonly isDefault?: boolean;
  readonly prometheusType?: 'Prometheus' | 'Cortex' | 'Mimir' | 'Thanos';
  readonly prometheusVersion?: string;
}

/** Where the files lie, in the output and on the machine that Grafana runs on. */
export interface GrafanaPaths {
  /** Folder of the output for dashboards. */
  readonly dashboards: string;
  /** Folder of the output that is mounted as Grafana's provisioning folder. */
  readonly provisioning: string;
  /** Where Grafana finds what lies in `dashboards`. */
  readonly mountedDashboards: string;
}

export const DEFAULT_PATHS: GrafanaPaths = {
  dashboards: 'grafana/dashboards',
  provisioning: 'grafana/provisioning',
  mountedDashboards: '/var/lib/grafana/dashboards',
};

export const DEFAULT_DATASOURCE: PrometheusDatasource = {
  name: 'Prometheus',
  uid: 'prometheus',
  url: 'http://prometheus:9090',
  scrapeIntervalSeconds: 15,
};

export interface DashboardContext {
  /** What the analysis knows of a query; without it no unit and no legend follows from a query. */
  readonly describe?: (expr: Expr) => QueryDescription;
  /** Gives the scrape intervals of the metrics. */
  readonly catalogue?: Catalogue;
  /** Default: a Prometheus at `http://prometheus:9090` with the uid `prometheus`. */
  readonly datasource?: PrometheusDatasource;
  readonly paths?: Partial<GrafanaPaths>;
}
