/** Links: from a dashboard to its neighbours, from a panel or a value to where the reader goes next. */
import { capturePosition } from '../../source/position.ts';
import type { DashboardLinkModel, DataLinkModel, LinkTarget } from '../model.ts';

/** A dashboard, its uid, or a function that gives one, for two dashboards that link to each other. */
export type LinkedDashboard = string | { readonly uid: string } | (() => string | { readonly uid: string });

export interface LinkOptions {
  /** Default false. */
  readonly newTab?: boolean;
}

export interface DashboardLinkOptions extends LinkOptions {
  readonly tooltip?: string;
  /** Grafana's name of an icon. Default `dashboard`, or `external link` for a URL. */
  readonly icon?: string;
  /** Keep the time range. Default true for dashboards, false for a URL. */
  readonly keepTime?: boolean;
  /** Hand on the values of the variables. Default true for dashboards, false for a URL. */
  readonly includeVariables?: boolean;
}

/** A link at the top of a dashboard to another one. */
export function dashboardLink(
  title: string,
  dashboard: LinkedDashboard,
  options: DashboardLinkOptions = {},
): DashboardLinkModel {
  const target: LinkTarget = { type: 'dashboard', uid: uidOf(dashboard), variables: {} };
  return linkModel(
    title,
    target,
    { icon: 'dashboard', keepTime: true, includeVariables: true, ...options },
    dashboardLink,
  );
}

/** Links at the top of a dashboard to all dashboards with these tags. */
export function tagsLink(
  title: string,
  tags: readonly string[],
  options: DashboardLinkOptions & { readonly asDropdown?: boolean } = {},
): DashboardLinkModel {
  const { asDropdown, ...rest } = options;
  const target = { type: 'tags', tags, asDropdown: asDropdown ?? true } as const;
  return linkModel(title, target, { icon: 'dashboard', keepTime: true, includeVariables: true, ...rest }, tagsLink);
}

/** A link at the top of a dashboard to anywhere. */
export function urlLink(title: string, url: string, options: DashboardLinkOptions = {}): DashboardLinkModel {
  return linkModel(title, { type: 'url', url }, { icon: 'external link', newTab: true, ...options }, urlLink);
}

export interface DataLinkOptions extends LinkOptions {
  /**
   * Values of the other dashboard's variables by name; `fieldLabel('pod')` is the label of the series that was
   * clicked. The time range and the data source are handed on by themselves.
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A slash, a scheme or a variable; a uid has none of them. */
const URL_START = /^(\/|[a-z][a-z+.-]*:|\$\{)/i;

/**
 * A link of a panel (`links`) or of each of its values (`dataLinks`).
 *
 * @param to a dashboard, or a URL with a scheme or a leading slash
 */
export function dataLink(title: string, to: LinkedDashboard, options: DataLinkOptions = {}): DataLinkModel {
  const target: LinkTarget =
    typeof to === 'string' && URL_START.test(to)
      ? { type: 'url', url: to }
      : { type: 'dashboard', uid: uidOf(to), variables: options.variables ?? {} };
  return Object.freeze({
    kind: 'dataLink',
    title,
    target,
    newTab: options.newTab ?? false,
    position: capturePosition(dataLink),
  });
}

/** In a link: the label of the series that was clicked. */
export function fieldLabel(label: string): string {
  return `\${__field.labels.${label}}`;
}

/** In a link of a table: the value of a column in the row that was clicked. */
export function rowField(name: string): string {
  return `\${__data.fields["${name}"]}`;
}

function linkModel(
  title: string,
  target: DashboardLinkModel['target'],
  options: DashboardLinkOptions,
  callee: (...args: never[]) => unknown,
): DashboardLinkModel {
  return Object.freeze({
    kind: 'dashboardLink',
    title,
    target,
    icon: options.icon ?? '',
    tooltip: options.tooltip ?? '',
    keepTime: options.keepTime ?? false,
    includeVariables: options.includeVariables ?? false,
    newTab: options.newTab ?? false,
    position: capturePosition(callee),
  });
}

function uidOf(dashboard: LinkedDashboard): () => string {
  return () => {
    const found = typeof dashboard === 'function' ? dashboard() : dashboard;
    return typeof found === 'string' ? found : found.uid;
  };
}
