/** What the configuration of a project says of its Prometheus. */
export interface PrometheusOptions {
  /** The oldest Prometheus that the rules are for. Default: 2.42. */
  readonly prometheusVersion?: string;
  /** Address under which the runbooks lie; an alert's runbook is added with a slash. */
  readonly runbookBaseUrl?: string;
  /** Address of Grafana, for links to panels. */
  readonly grafanaUrl?: string;
  /** Milliseconds; of targets whose exporter says nothing. Default: one minute. */
  readonly scrapeInterval?: number;
  /** Milliseconds between evaluations of groups that say nothing. Default: one minute. */
  readonly evaluationInterval?: number;
  /** Labels of everything that leaves this Prometheus. */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** `host:port` of each Alertmanager. Default: `localhost:9093`. */
  readonly alertmanagers?: readonly string[];
}

export interface ResolvedOptions extends Required<Omit<PrometheusOptions, 'runbookBaseUrl' | 'grafanaUrl'>> {
  readonly runbookBaseUrl: string | undefined;
  readonly grafanaUrl: string | undefined;
}

const MINUTE = 60_000;

export function resolveOptions(options: PrometheusOptions): ResolvedOptions {
  const withoutSlash = (url: string | undefined): string | undefined => url?.replace(/\/+$/, '');
  return {
    prometheusVersion: options.prometheusVersion ?? '2.42',
    scrapeInterval: options.scrapeInterval ?? MINUTE,
    evaluationInterval: options.evaluationInterval ?? MINUTE,
    externalLabels: options.externalLabels ?? {},
    alertmanagers: options.alertmanagers ?? ['localhost:9093'],
    runbookBaseUrl: withoutSlash(options.runbookBaseUrl),
    grafanaUrl: withoutSlash(options.grafanaUrl),
  };
}
