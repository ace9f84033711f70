/** What a dashboard refers to has to be there. */
import type { CompiledDashboard } from '../compile/dashboard.ts';
import { DATASOURCE_VARIABLE, GRAFANA_DATASOURCE, MIXED_DATASOURCE } from '../compile/datasource.ts';
import { DEFAULT_DATASOURCE } from '../context.ts';
import { isObject, type Json } from '../json.ts';
import type { DataLinkModel, DashboardLinkModel, PanelModel } from '../model.ts';
import { dashboardRule, dashboardWhere, panelRule, panelWhere, type DeliveryRule, type Finding } from './rule.ts';
import { referencedVariables } from './variable-references.ts';

/** The variables of the file: the author's and the data source's. */
function declaredVariables(dashboard: CompiledDashboard): ReadonlySet<string> {
  const names = dashboard.model.variables.map(({ name }) => name);
  return new Set(dashboard.model.datasource === undefined ? [DATASOURCE_VARIABLE, ...names] : names);
}

const list = (names: Iterable<string>): string => [...names].map((name) => `"${name}"`).join(', ') || 'none';

const datasources = panelRule('D662', ({ panel, row, json }, dashboard, { context }) => {
  const declared = declaredVariables(dashboard);
  const provisioned = (context.datasource ?? DEFAULT_DATASOURCE).uid;
  const targets = Array.isArray(json['targets']) ? (json['targets'] as readonly Json[]) : [];
  const uids = new Set([json, ...targets].flatMap((item) => uidsOf(item)));
  return [...uids].flatMap((uid): Finding[] => {
    const place = { where: panelWhere(dashboard, panel, row), position: panel.position };
    const missing = referencedVariables(uid).filter((name) => !declared.has(name));
    if (missing.length > 0) {
      return [
        {
          message: `The data source "${uid}" is a variable that the dashboard does not declare.`,
          why: 'Grafana then asks its default data source, whatever that is.',
          fix: `Declare it: datasourceVariable('${missing[0]}', '…'). Declared: ${list(declared)}.`,
          ...place,
        },
      ];
    }
    if (uid !== '') return [];
    return [
      {
        message: `A query of the panel "${panel.title}" has no data source.`,
        why: `Grafana then asks its default data source, which need not be the Prometheus with the uid "${provisioned}".`,
        fix: 'Name its uid.',
        ...place,
      },
    ];
  });
});

function uidsOf(item: Json): readonly string[] {
  const datasource = isObject(item) ? item['datasource'] : undefined;
  const uid = isObject(datasource) ? datasource['uid'] : undefined;
  const fixed: readonly string[] = [GRAFANA_DATASOURCE.uid, MIXED_DATASOURCE.uid];
  return typeof uid === 'string' && !fixed.includes(uid) ? [uid] : [];
}

const repeats = dashboardRule('D663', (dashboard) => {
  const declared = declaredVariables(dashboard);
  const found = (variable: string | undefined, finding: Pick<Finding, 'where' | 'position'>): readonly Finding[] =>
    variable === undefined || declared.has(variable)
      ? []
      : [
          {
            message: `It is repeated for "$${variable}", which the dashboard does not declare.`,
            why: 'Grafana then shows it once, for no value at all.',
            fix: `Add the variable to the dashboard's variables. Declared: ${list(declared)}.`,
            ...finding,
          },
        ];
  return [
    ...dashboard.model.rows.flatMap((row) =>
      found(row.repeat, { where: [...dashboardWhere(dashboard), `row "${row.title}"`], position: row.position }),
    ),
    ...dashboard.panels.flatMap(({ panel, row }) =>
      found(panel.repeat?.variable, { where: panelWhere(dashboard, panel, row), position: panel.position }),
    ),
  ];
});

/** Texts of a panel that readers see, by what they are called. */
function textsOf(panel: PanelModel): readonly (readonly [what: string, text: string])[] {
  return [
    ['title', panel.title],
    ['description', panel.description ?? ''],
    ['text', panel.content ?? ''],
    ...panel.links.map((link) => ['link', linkText(link)] as const),
    ...(panel.dataLinks ?? []).map((link) => ['data link', linkText(link)] as const),
  ];
}

function linkText({ title, target }: DataLinkModel | DashboardLinkModel): string {
  if (target.type === 'url') return `${title} ${target.url}`;
  return target.type === 'dashboard' ? `${title} ${Object.values(target.variables).join(' ')}` : title;
}

const texts = dashboardRule('D664', (dashboard) => {
  const declared = declaredVariables(dashboard);
  const found = (what: string, text: string, finding: Pick<Finding, 'where' | 'position'>): readonly Finding[] =>
    [...new Set(referencedVariables(text))]
      .filter((name) => !declared.has(name))
      .map((name) => ({
        message: `The ${what} says "$${name}", which the dashboard does not declare.`,
        why: 'Grafana leaves it as it is written.',
        fix: `Declare the variable, or write it without the dollar sign. Declared: ${list(declared)}.`,
        ...finding,
      }));
  const where = dashboardWhere(dashboard);
  return [
    ...dashboard.model.links.flatMap((link) => found('link', linkText(link), { where, position: link.position })),
    ...dashboard.model.rows.flatMap((row) =>
      found('title', row.title, { where: [...where, `row "${row.title}"`], position: row.position }),
    ),
    ...dashboard.panels.flatMap(({ panel, row }) =>
      textsOf(panel).flatMap(([what, text]) =>
        found(what, text, { where: panelWhere(dashboard, panel, row), position: panel.position }),
      ),
    ),
  ];
});

/** What Grafana opens; it would not run a script either, but show a link that does nothing. */
const SCHEMES = /^(https?:|mailto:|\/|\.|\?|\$|#)/;

const links = dashboardRule('D672', (dashboard, { dashboards }) => {
  const uids = new Set(dashboards.map(({ model }) => model.uid));
  const check = (link: DataLinkModel | DashboardLinkModel, where: readonly string[]): readonly Finding[] => {
    const problem = linkProblem(link, uids);
    if (problem === undefined) return [];
    return [{ ...problem, where: [...where, `link "${link.title}"`], position: link.position }];
  };
  return [
    ...dashboard.model.links.flatMap((link) => check(link, dashboardWhere(dashboard))),
    ...dashboard.panels.flatMap(({ panel, row }) =>
      [
        ...panel.links,
        ...(panel.dataLinks ?? []),
        ...panel.overrides.flatMap(({ dataLinks }) => dataLinks ?? []),
      ].flatMap((link) => check(link, panelWhere(dashboard, panel, row))),
    ),
  ];
});

function linkProblem(
  { target, title }: DataLinkModel | DashboardLinkModel,
  uids: ReadonlySet<string>,
): Pick<Finding, 'message' | 'why' | 'fix'> | undefined {
  if (target.type === 'url') {
    if (SCHEMES.test(target.url)) return undefined;
    return {
      message: `The link "${title}" leads to "${target.url}".`,
      why: 'Grafana opens http, https, mailto and paths of its own.',
      fix: 'Write a whole URL, or a path that begins with a slash.',
    };
  }
  if (target.type === 'tags') {
    if (target.tags.length > 0) return undefined;
    return {
      message: `The link "${title}" has no tags.`,
      why: 'It would list nothing.',
      fix: 'Name at least one tag.',
    };
  }
  const uid = target.uid();
  if (uids.has(uid)) return undefined;
  return {
    message: `The link "${title}" leads to the dashboard "${uid}", which is none of these.`,
    why: `The dashboards are ${list(uids)}.`,
    fix: `Correct the uid. To a dashboard that somebody else makes, link by its path: "/d/${uid}".`,
  };
}

export const REFERENCE_RULES: readonly DeliveryRule[] = [datasources, repeats, texts, links];
