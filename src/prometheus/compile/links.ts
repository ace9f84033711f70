/** Annotations that lead from an alert to what helps: its runbook, and the panel that shows it. */
import type { AlertingRule } from '../model.ts';
import type { ResolvedOptions } from './options.ts';

/**
 * The links of an alert. `__dashboardUid__` and `__panelId__` are the names by which Grafana ties an alert
 * to a panel; `runbook_url` and `dashboard_url` are the convention of the public alert collections.
 */
export function linkAnnotations(rule: AlertingRule, options: ResolvedOptions): Readonly<Record<string, string>> {
  const { runbook, panel } = rule;
  const runbookUrl = runbook === undefined ? undefined : runbookAddress(runbook, options);
  const { grafanaUrl } = options;
  return {
    ...(runbookUrl === undefined ? {} : { runbook_url: runbookUrl }),
    ...(panel === undefined ? {} : { __dashboardUid__: panel.dashboardUid, __panelId__: String(panel.panelId) }),
    ...(panel === undefined || grafanaUrl === undefined
      ? {}
      : { dashboard_url: `${grafanaUrl}/d/${panel.dashboardUid}?viewPanel=${panel.panelId}` }),
  };
}

/** Where a runbook lies; `undefined` where that is not configured. */
export function runbookAddress(runbook: string, { runbookBaseUrl }: ResolvedOptions): string | undefined {
  if (/^https?:\/\//.test(runbook)) return runbook;
  return runbookBaseUrl === undefined ? undefined : `${runbookBaseUrl}/${runbook}`;
}
