/** Rules and dashboards in the shape that the analysis looks at, with positions in the author's files. */
import type { DashboardSubject, DeclaredVariable, GroupSubject, Part, Place, Subject } from '../analysis/subject.ts';
import type { RecordedRule } from '../analysis/world.ts';
import { dashboardQueries, type LocatedQuery as PanelQuery } from '../grafana/dashboard-queries.ts';
import type { DashboardModel, VariableModel } from '../grafana/model.ts';
import { isDateUnit } from '../grafana/units.ts';
import type { AlertingRule, RuleGroup, TemplateModel } from '../prometheus/model.ts';
import type { LocatedQuery as RuleQuery } from '../prometheus/rule-queries.ts';
import type { Expr, Span } from '../promql/ast.ts';
import type { CapturedPosition, SourcePosition } from '../source/position.ts';
import { emittedQuery } from './locate.ts';

export interface RuleSubjects {
  readonly groups: readonly GroupSubject[];
  readonly records: readonly RecordedRule[];
}

/**
 * The rules of a project.
 *
 * @param groups in the order in which they are written
 * @param queries of all their rules
 */
export function ruleSubjects(groups: readonly RuleGroup[], queries: readonly RuleQuery[]): RuleSubjects {
  const records: RecordedRule[] = [];
  const subjects = groups.map((group): GroupSubject => {
    const rules = queries.filter((query) => query.group === group).map((query) => ruleSubject(query, records));
    const position = group.position.resolve();
    return {
      name: group.name,
      ...seconds('intervalSeconds', group.interval),
      ...seconds('queryOffsetSeconds', group.queryOffset),
      rules,
      ...(position ? { position } : {}),
    };
  });
  return { groups: subjects, records };
}

function ruleSubject({ query, where, rule, group }: RuleQuery, records: RecordedRule[]): Subject {
  const { text, expr, locate } = emittedQuery(query);
  const common = { name: rule.name, group: group.name, ...seconds('intervalSeconds', group.interval) };
  const position = rule.position.resolve();
  const at = locatorOf(locate, rule.position);
  if (rule.kind === 'alertingRule') {
    return { text, expr, place: alertPlace(rule, group, common), where, locate: at };
  }
  const labels = { ...group.labels, ...rule.labels };
  const { name } = rule;
  records.push({
    name,
    expr,
    text,
    labels,
    ...seconds('intervalSeconds', group.interval),
    ...(position ? { position } : {}),
  });
  return { text, expr, place: { type: 'record', ...common, labels }, where, locate: at };
}

function alertPlace(
  rule: AlertingRule,
  group: RuleGroup,
  common: { readonly name: string; readonly group: string },
): Place {
  return {
    type: 'alert',
    ...common,
    labels: { ...group.labels, ...templates(rule.labels) },
    annotations: templates(rule.annotations),
    ...seconds('forSeconds', rule.for),
    ...seconds('keepFiringForSeconds', rule.keepFiringFor),
  };
}

function templates(texts: Readonly<Record<string, TemplateModel>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, { template }]) => [name, template]));
}

function seconds<K extends string>(key: K, milliseconds: number | undefined): { readonly [key in K]?: number } {
  return (milliseconds === undefined ? {} : { [key]: milliseconds / 1000 }) as { readonly [key in K]?: number };
}

/** From the tree that the author's calls built to the one that was read from its text. */
export type ReadTrees = Map<Expr, Expr>;

/**
 * A dashboard with the queries of its panels, variables and annotations.
 *
 * @param trees is filled with the trees of its queries
 */
export function dashboardSubject(dashboard: DashboardModel, trees: ReadTrees): DashboardSubject {
  const variables = new Map(dashboard.variables.map((variable) => [variable.name, declared(variable)]));
  const position = dashboard.position.resolve();
  return {
    title: dashboard.title,
    variables: [...variables.values()],
    queries: dashboardQueries(dashboard).map((query) => panelSubject(query, variables, trees)),
    otherTexts: textsIn({ ...dashboard, variables: dashboard.variables.map(withoutName) }),
    where: [`dashboard "${dashboard.title}"`],
    ...(position ? { position } : {}),
  };
}

function declared(variable: VariableModel): DeclaredVariable & { readonly position?: SourcePosition } {
  const position = variable.position.resolve();
  const selection = 'multi' in variable ? variable : undefined;
  return {
    name: variable.name,
    type: variable.type,
    multi: selection?.multi ?? false,
    includeAll: selection?.includeAll ?? false,
    ...(selection?.allValue === undefined ? {} : { allValue: selection.allValue }),
    ...(position ? { position } : {}),
  };
}

type Variables = ReadonlyMap<string, DeclaredVariable>;

function panelSubject(located: PanelQuery, variables: Variables, trees: ReadTrees): Subject {
  const { query, where, position } = located;
  const { text, expr, locate } = emittedQuery(query);
  trees.set(query.expr, expr);
  return {
    text,
    expr,
    place: placeOf(located, variables),
    where,
    locate: locatorOf(locate, position),
  };
}

function placeOf({ usage, where, legends, panel, variable }: PanelQuery, variables: Variables): Place {
  if (usage === 'variable' && variable !== undefined) return { type: 'variable', ...variable, variables };
  if (usage !== 'panel' || panel === undefined) return { type: 'query' };
  const { type, unit, thresholds, min, max, format, instant, minIntervalSeconds, transformed } = panel;
  const limits = Object.keys(thresholds ?? {}).filter((key) => key !== 'base');
  const [legend] = legends;
  return {
    type: 'panel',
    title: where.find((step) => step.startsWith('panel '))?.slice('panel "'.length, -1) ?? '',
    panelType: type,
    variables,
    format,
    instant,
    transformed,
    ...(legend === undefined ? {} : { legend }),
    // the compiler turns seconds since 1970 into the milliseconds of a date by itself
    ...(unit === undefined || isDateUnit(unit) ? {} : { unit }),
    ...(limits.length === 0 ? {} : { thresholds: limits.map(Number) }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(minIntervalSeconds === undefined ? {} : { minIntervalSeconds }),
  };
}

/**
 * Parts of a query are found in the query; what stands beside it, at the panel, variable or rule. So is a metric that
 * is taken as it is.
 */
function locatorOf(
  inQuery: (span: Span) => SourcePosition | undefined,
  beside: CapturedPosition,
): (at: Span | Part) => SourcePosition | undefined {
  return (at) => ('part' in at ? undefined : inQuery(at)) ?? beside.resolve();
}

/** A variable is used where its name stands behind a `$`, not where it is declared. */
function withoutName(variable: VariableModel): object {
  return { ...variable, name: undefined };
}

/** Every text in a value but those of queries. A repetition names its variable without a `$`. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null || ('kind' in value && value.kind === 'query')) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key !== 'repeat' || item === undefined) return textsIn(item);
    return [`$${typeof item === 'string' ? item : (item as { readonly variable: string }).variable}`];
  });
}
