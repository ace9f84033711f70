/** Dashboards and their rows. */
import { checkFields, type Fields } from '../../metrics/fields.ts';
import type { VariableReference } from '../../query/variable.ts';
import { capturePosition } from '../../source/position.ts';
import type {
  AnnotationModel,
  DashboardLinkModel,
  DashboardModel,
  DatasourceReference,
  FolderModel,
  PanelReference,
  RowModel,
} from '../model.ts';
import { placedPanels } from '../placed-panels.ts';
import { slug } from '../slug.ts';
import { members } from './members.ts';
import type { Panel } from './panels.ts';
import type { Variable } from './variables.ts';

/** A row; the titles of its panels are part of its type. */
export interface Row<Titles extends string = string> extends RowModel {
  readonly panels: readonly Panel<Titles>[];
}

export interface RowOptions {
  /** Closed when the dashboard opens; its queries run when a reader opens it. Default false. */
  readonly collapsed?: boolean;
  /** Repeats the row for each selected value. */
  readonly repeat?: VariableReference;
}

/**
 * A row of panels under a heading. Panels fill lines of 24 columns in the order given.
 *
 * @param title the heading; unique within its dashboard
 * @throws TypeError where something is no panel
 */
export function row<const Titles extends string>(
  title: string,
  panels: readonly Panel<Titles>[],
  options: RowOptions = {},
): Row<Titles> {
  return Object.freeze({
    kind: 'row',
    title,
    panels: members(panels, 'panel', `panels of the row "${title}"`),
    collapsed: options.collapsed ?? false,
    ...(options.repeat === undefined ? {} : { repeat: options.repeat.name }),
    position: capturePosition(row),
  });
}

type TimeUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y';
type Moment =
  'now' | `now-${bigint}${TimeUnit}` | `now${'' | `-${bigint}${TimeUnit}`}/${TimeUnit}` | `${bigint}-${string}`;

export interface DashboardOptions<Titles extends string> {
  /** Names the dashboard in URLs: letters, digits, `-` and `_`, at most 40. Must never change. */
  readonly uid: string;
  /** What the dashboard is for, in Markdown. */
  readonly description?: string;
  /** The folder in Grafana, by title; `folder()` gives it a uid of its own. Default: no folder. */
  readonly folder?: string | FolderModel;
  readonly tags?: readonly string[];
  readonly variables?: readonly Variable[];
  readonly annotations?: readonly AnnotationModel[];
  readonly links?: readonly DashboardLinkModel[];
  /** Panels above the first row. */
  readonly panels?: readonly Panel<Titles>[];
  readonly rows?: readonly Row<Titles>[];
  /** Shown when the dashboard opens. Default: the last six hours. */
  readonly time?: { readonly from: Moment; readonly to: Moment };
  /** How often it loads anew. Default `1m`. */
  readonly refresh?: `${bigint}${'s' | 'm' | 'h' | 'd'}` | 'auto' | 'off';
  /** `browser`, `utc`, or a name such as `Europe/Berlin`. Default `browser`. */
  readonly timezone?: 'browser' | 'utc' | (string & {});
  readonly weekStart?: 'monday' | 'saturday' | 'sunday';
  /** What moves along when the pointer moves over one panel. Default: the crosshair. */
  readonly crosshair?: 'off' | 'crosshair' | 'tooltip';
  /** Readers may change it in the browser, without being able to save. Default false. */
  readonly editable?: boolean;
  /** A fixed data source instead of the variable `datasource`. */
  readonly datasource?: DatasourceReference;
}

const FIELDS: Fields<DashboardOptions<string>> = {
  uid: true,
  description: true,
  folder: true,
  tags: true,
  variables: true,
  annotations: true,
  links: true,
  panels: true,
  rows: true,
  time: true,
  refresh: true,
  timezone: true,
  weekStart: true,
  crosshair: true,
  editable: true,
  datasource: true,
};

/** A dashboard; the titles of its panels are part of its type. */
export interface Dashboard<Titles extends string = string> extends DashboardModel {
  /**
   * A panel, for an alert to link to.
   *
   * @param title its title, or its `key` where several panels share the title
   * @throws TypeError where there is no such panel, or more than one
   */
  panel<const Title extends Titles>(title: Title): PanelReference<Title>;
}

/**
 * A dashboard.
 *
 * @param title unique within its folder
 * @throws TypeError where the title or the uid is missing, or something stands in a list where it does not belong
 */
export function dashboard<const Titles extends string = never>(
  title: string,
  options: DashboardOptions<Titles>,
): Dashboard<Titles> {
  requireNames(title, options);
  checkFields(options, FIELDS, `The dashboard "${title}"`);
  const { folder: folderOption, refresh, uid, description, datasource, weekStart } = options;
  const { variables = [], annotations = [], links = [], panels = [], rows = [] } = options;
  const of = `of the dashboard "${title}"`;
  const model: DashboardModel = {
    kind: 'dashboard',
    title,
    uid,
    ...(description === undefined ? {} : { description }),
    ...(folderOption === undefined
      ? {}
      : { folder: typeof folderOption === 'string' ? folder(folderOption) : folderOption }),
    ...(datasource === undefined ? {} : { datasource }),
    ...(weekStart === undefined ? {} : { weekStart }),
    tags: Object.freeze([...(options.tags ?? [])]),
    variables: members(variables, 'variable', `variables ${of}`),
    annotations: members(annotations, 'annotation', `annotations ${of}`),
    links: members(links, 'dashboardLink', `links ${of}`),
    panels: members(panels, 'panel', `panels ${of}`),
    rows: members(rows, 'row', `rows ${of}`),
    time: options.time ?? { from: 'now-6h', to: 'now' },
    refresh: refresh === 'off' ? '' : (refresh ?? '1m'),
    timezone: options.timezone ?? 'browser',
    crosshair: options.crosshair ?? 'crosshair',
    editable: options.editable ?? false,
    position: capturePosition(dashboard),
  };
  return Object.freeze({ ...model, panel: <Title extends Titles>(name: Title) => reference(model, name) });
}

function requireNames(title: unknown, options: { readonly uid?: unknown } | undefined): void {
  if (typeof title !== 'string' || options === undefined) {
    throw new TypeError("dashboard() takes a title and options: dashboard('Title', { uid: 'title', rows: [ … ] }).");
  }
  if (typeof options.uid === 'string') return;
  throw new TypeError(
    `The dashboard "${title}" has no uid: give it a short text that never changes, such as { uid: 'cicd-pipelines' }.`,
  );
}

/**
 * A folder in Grafana.
 *
 * @param title what readers see
 * @param options `uid` names it in URLs. Default: made of the title
 */
export function folder(title: string, options: { readonly uid?: string } = {}): FolderModel {
  return Object.freeze({ title, uid: options.uid ?? slug(title) });
}

function reference<Title extends string>(model: DashboardModel, name: Title): PanelReference<Title> {
  const panels = placedPanels(model);
  const byKey = panels.filter(({ panel }) => panel.key === name);
  const found = byKey.length > 0 ? byKey : panels.filter(({ panel }) => panel.title === name);
  const [place] = found;
  if (place === undefined) {
    const titles = panels.map(({ panel }) => `"${panel.key ?? panel.title}"`).join(', ');
    throw new TypeError(`The dashboard "${model.title}" has no panel "${name}". It has ${titles || 'none'}.`);
  }
  if (found.length > 1) {
    const rows = found.map((other) => (other.row ? `row "${other.row.title}"` : 'above the rows')).join(', ');
    throw new TypeError(
      `The dashboard "${model.title}" has ${found.length} panels "${name}" (${rows}). Give the one that is meant a key: { key: '…' }.`,
    );
  }
  return Object.freeze({
    kind: 'panelReference',
    dashboardUid: model.uid,
    dashboardTitle: model.title,
    panelId: place.id,
    title: name,
  });
}
