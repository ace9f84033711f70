/** `dashwright.config.ts`: what a project says beside its definitions. Everything has a default. */
import type { Severity } from '../diagnostics/diagnostic.ts';
import { DEFAULT_DATASOURCE, type DashboardContext, type GrafanaPaths } from '../grafana/context.ts';
import type { PrometheusOptions } from '../prometheus/compile/options.ts';
import { type Duration, type Examples, milliseconds } from '../query/duration.ts';
import { capturePosition, type CapturedPosition } from '../source/position.ts';

/** The Prometheus that dashboards ask, as Grafana's server knows it. */
export interface DatasourceConfig {
  /** What readers see. Default: `Prometheus`. */
  readonly name?: string;
  /** Names it in dashboards; must never change. Default: `prometheus`. */
  readonly uid?: string;
  /** Where Grafana's server finds it. Default: `http://prometheus:9090`. */
  readonly url?: string;
  /** Only one data source of an organisation may be the default, or Grafana does not start. Default: false. */
  readonly isDefault?: boolean;
  readonly type?: 'Prometheus' | 'Cortex' | 'Mimir' | 'Thanos';
}

export interface PrometheusConfig {
  /** The oldest Prometheus that the output is for, such as `2.53`. Default: `2.42`. */
  readonly version?: string;
  /** Values of its `--enable-feature`. */
  readonly features?: readonly string[];
  /** Of targets whose exporter says nothing, and what Grafana takes for the usual one. Default: `1m`. */
  readonly scrapeInterval?: Duration<Examples>;
  /** Of rule groups that say nothing. Default: `1m`. */
  readonly evaluationInterval?: Duration<Examples>;
  /** Its `--query.lookback-delta`. Default: `5m`. */
  readonly lookback?: Duration<Examples>;
  /** Its `--storage.tsdb.retention.time`. Default: not known, so that nothing is too long ago. */
  readonly retention?: Duration<Examples>;
  /** Labels of everything that leaves this Prometheus. */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** `host:port` of each Alertmanager. Default: `localhost:9093`. */
  readonly alertmanagers?: readonly string[];
}

/** Tells a code to be silent somewhere, and why. */
export interface SuppressionConfig {
  /** A code such as `Q203`, or its name. */
  readonly code: string;
  /** Why the fault is none here. */
  readonly reason: string;
  /** A file, a folder, or a pattern with `*` and `**`, from the project's folder. Left out: every file. */
  readonly files?: string;
  /** Text that the place holds, such as `panel "Memory"`. Left out: every place. */
  readonly where?: string;
}

export interface Config {
  /** The output folder, from the project's. Default: `out`. */
  readonly out?: string;
  readonly datasource?: DatasourceConfig;
  readonly grafana?: {
    /** Its address, for the links of alerts to panels. */
    readonly url?: string;
    readonly paths?: Partial<GrafanaPaths>;
  };
  readonly prometheus?: PrometheusConfig;
  /** Address under which the runbooks lie; an alert's runbook is added with a slash. */
  readonly runbooks?: string;
  /** How loud a code is, by code or name; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly suppressions?: readonly SuppressionConfig[];
}

/** A configuration that remembers where it was written. */
export interface DefinedConfig extends Config {
  readonly position: CapturedPosition;
}

/**
 * The configuration of a project; the default export of `dashwright.config.ts`.
 *
 * @throws nothing: what is wrong with it is said when the project is built
 */
export function defineConfig(config: Config): DefinedConfig {
  return Object.freeze({ ...config, position: capturePosition(defineConfig) });
}

const DEFAULT_INTERVAL = '1m';

/** What the room of Prometheus wants to know. */
export function prometheusOptions({ prometheus = {}, grafana, runbooks }: Config): PrometheusOptions {
  const { version, externalLabels, alertmanagers, scrapeInterval, evaluationInterval } = prometheus;
  return {
    scrapeInterval: milliseconds(scrapeInterval ?? DEFAULT_INTERVAL),
    evaluationInterval: milliseconds(evaluationInterval ?? DEFAULT_INTERVAL),
    ...(version === undefined ? {} : { prometheusVersion: version }),
    ...(externalLabels === undefined ? {} : { externalLabels }),
    ...(alertmanagers === undefined ? {} : { alertmanagers }),
    ...(grafana?.url === undefined ? {} : { grafanaUrl: grafana.url }),
    ...(runbooks === undefined ? {} : { runbookBaseUrl: runbooks }),
  };
}

/** What the room of Grafana wants to know of the server. */
export function dashboardContext({ datasource = {}, grafana, prometheus = {} }: Config): DashboardContext {
  const { type, ...named } = datasource;
  const { version, scrapeInterval } = prometheus;
  return {
    datasource: {
      ...DEFAULT_DATASOURCE,
      ...named,
      scrapeIntervalSeconds: milliseconds(scrapeInterval ?? DEFAULT_INTERVAL) / 1000,
      ...(type === undefined ? {} : { prometheusType: type }),
      ...(version === undefined ? {} : { prometheusVersion: version }),
    },
    ...(grafana?.paths === undefined ? {} : { paths: grafana.paths }),
  };
}
