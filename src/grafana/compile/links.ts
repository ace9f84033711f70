/** Links as Grafana writes them. The SDK's builders would send each of them into the controls menu. */
import type { JsonObject } from '../json.ts';
import type { DashboardLinkModel, DashboardModel, DataLinkModel } from '../model.ts';

/** A link at the top of a dashboard. */
export function dashboardLinkJson(link: DashboardLinkModel): JsonObject {
  const { target } = link;
  return {
    asDropdown: target.type === 'tags' && target.asDropdown,
    icon: link.icon,
    includeVars: link.includeVariables,
    keepTime: link.keepTime,
    tags: target.type === 'tags' ? target.tags : [],
    targetBlank: link.newTab,
    title: link.title,
    tooltip: link.tooltip,
    type: target.type === 'tags' ? 'dashboards' : 'link',
    url: target.type === 'url' ? target.url : target.type === 'dashboard' ? `/d/${target.uid()}` : '',
  };
}

/**
 * A link of a panel or a value. A link to a dashboard hands on the time range, and the data source where the
 * dashboard it starts from has a choice of them.
 */
export function dataLinkJson(link: DataLinkModel, from: DashboardModel): JsonObject {
  return { targetBlank: link.newTab, title: link.title, url: dataLinkUrl(link, from) };
}

function dataLinkUrl({ target }: DataLinkModel, from: DashboardModel): string {
  if (target.type === 'url') return target.url;
  const variables = Object.entries(target.variables).map(
    ([name, value]) => `var-${encodeURIComponent(name)}=${encodeAround(value)}`,
  );
  const datasource = from.datasource === undefined ? ['${datasource:queryparam}'] : [];
  return `/d/${target.uid()}?${['${__url_time_range}', ...datasource, ...variables].join('&')}`;
}

/** Percent-encodes what is not a Grafana variable. */
function encodeAround(value: string): string {
  return value
    .split(/(\$\{[^}]*\}|\$\w+)/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}
