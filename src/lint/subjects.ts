/** Rules and dashboards of files in the shape that the analysis looks at, with positions in the files. */
import type {
  DashboardSubject,
  DeclaredVariable,
  GroupSubject,
  Part,
  Place,
  ProjectSubject,
  Subject,
} from '../analysis/subject.ts';
import type { RecordedRule } from '../analysis/world.ts';
import { minIntervalSeconds } from '../grafana/min-interval.ts';
import type { Expr, Span } from '../promql/ast.ts';
import { PromqlSyntaxError } from '../promql/errors.ts';
import { parse } from '../promql/parse.ts';
import type { SourcePosition } from '../source/position.ts';
import type { LintedFile } from './files.ts';
import type { LintedDashboard, LintedGroup, LintedPanel, LintedQuery, LintedRule, LintedVariable } from './model.ts';
import { partOf, positionOf } from './text/source-text.ts';
import type { SourceText } from './text/source-text.ts';
import { variableQuery } from './variable-query.ts';

export interface Subjects {
  readonly project: ProjectSubject;
  readonly records: readonly RecordedRule[];
  /** The expression that a position was worked out for. */
  readonly exprAt: (position: SourcePosition) => SourceText | undefined;
}

type Texts = ReadonlyMap<string, SourceText>;

/** What stands beside a query, by the names that findings use. */
type Beside = (part: Part) => SourceText | undefined;

/** The files' rules and dashboards, together one project. */
export function subjectsOf(files: readonly LintedFile[]): Subjects {
  const builder = new SubjectBuilder();
  const groups = files.flatMap((file) => file.groups.map((group) => builder.group(group, file.source.path)));
  const dashboards = files.flatMap((file) => file.dashboards.map((dashboard) => builder.dashboard(dashboard)));
  return {
    project: { groups, dashboards, queries: [] },
    records: builder.records,
    exprAt: (position) => builder.exprs.get(position),
  };
}

class SubjectBuilder {
  readonly records: RecordedRule[] = [];
  /** Positions are made here and passed through the analysis as they are, so each leads back to its text. */
  readonly exprs = new WeakMap<SourcePosition, SourceText>();

  group(group: LintedGroup, file: string): GroupSubject {
    const where = [`group "${group.name.text}"`];
    return {
      name: group.name.text,
      file,
      ...(group.interval === undefined ? {} : { intervalSeconds: group.interval.seconds }),
      ...(group.queryOffset === undefined ? {} : { queryOffsetSeconds: group.queryOffset.seconds }),
      rules: group.rules.map((rule) => this.#rule(rule, group, where)),
      position: positionOf(group.name),
    };
  }

  #rule(rule: LintedRule, group: LintedGroup, where: readonly string[]): Subject {
    const { name, expr } = rule;
    const labels = Object.fromEntries([...textsOf(group.labels), ...textsOf(rule.labels)]);
    const common = {
      name: name.text,
      group: group.name.text,
      ...(group.interval === undefined ? {} : { intervalSeconds: group.interval.seconds }),
      labels,
    };
    const place: Place =
      rule.type === 'record'
        ? { type: 'record', ...common }
        : {
            type: 'alert',
            ...common,
            ...(rule.for === undefined ? {} : { forSeconds: rule.for.seconds }),
            ...(rule.keepFiringFor === undefined ? {} : { keepFiringForSeconds: rule.keepFiringFor.seconds }),
            annotations: Object.fromEntries(textsOf(rule.annotations)),
          };
    const subject = this.#subject(expr, place, [...where, `${rule.type} "${name.text}"`], besideRule(rule, group));
    if (rule.type === 'record' && subject.expr !== undefined) {
      this.records.push({
        name: name.text,
        expr: subject.expr,
        text: expr.text,
        labels,
        ...(group.interval === undefined ? {} : { intervalSeconds: group.interval.seconds }),
        position: positionOf(name),
      });
    }
    return subject;
  }

  dashboard(dashboard: LintedDashboard): DashboardSubject {
    const where = [`dashboard "${dashboard.title}"`];
    const declared = dashboard.variables.map((variable) => ({
      ...declaredVariable(variable),
      position: positionOf(variable.within, variable.span.start),
    }));
    const variables = new Map(declared.map((variable) => [variable.name, variable]));
    return {
      title: dashboard.title,
      variables: declared,
      queries: [
        ...dashboard.panels.flatMap((panel) =>
          panel.queries.map((query) => this.#panel(query, panel, variables, where)),
        ),
        ...dashboard.variables.flatMap((variable) => this.#variable(variable, variables, where) ?? []),
        ...dashboard.annotations.map(({ name, query }) => {
          const place: Place = { type: 'query' };
          return this.#subject(query.expr, place, [...where, `annotation "${name}"`], () => undefined);
        }),
      ],
      otherTexts: dashboard.otherTexts,
      where,
      position: positionOf(dashboard.within, dashboard.span.start),
    };
  }

  #panel(
    query: LintedQuery,
    panel: LintedPanel,
    variables: ReadonlyMap<string, DeclaredVariable>,
    dashboard: readonly string[],
  ): Subject {
    const { expr, legend, refId } = query;
    const minInterval = minIntervalSeconds(query.interval, panel.interval);
    const where = [...dashboard, `panel "${panel.title}"`, ...(refId === undefined ? [] : [`query ${refId}`])];
    const place: Place = {
      type: 'panel',
      title: panel.title,
      ...(panel.type === '' ? {} : { panelType: panel.type }),
      ...(legend === undefined || legend.text === AUTOMATIC_LEGEND ? {} : { legend: legend.text }),
      ...(panel.unit === undefined ? {} : { unit: panel.unit.text }),
      ...(panel.thresholds.length === 0 ? {} : { thresholds: panel.thresholds.map(({ value }) => value) }),
      ...(panel.min === undefined ? {} : { min: panel.min }),
      ...(panel.max === undefined ? {} : { max: panel.max }),
      ...(query.format === undefined ? {} : { format: query.format }),
      ...(query.instant === undefined ? {} : { instant: query.instant }),
      ...(minInterval === undefined ? {} : { minIntervalSeconds: minInterval }),
      transformed: panel.transformations.length > 0,
      variables,
    };
    return this.#subject(expr, place, where, ({ part }) => {
      if (part === 'legend') return legend;
      if (part === 'unit') return panel.unit;
      return part === 'threshold' ? panel.thresholds[0]?.text : undefined;
    });
  }

  #variable(
    variable: LintedVariable,
    variables: ReadonlyMap<string, DeclaredVariable>,
    dashboard: readonly string[],
  ): Subject | undefined {
    const query = variable.query && variableQuery(variable.query.text);
    if (variable.query === undefined || query === undefined) return undefined;
    const { name } = variable;
    const place: Place = {
      type: 'variable',
      name,
      ...(query.label === undefined ? {} : { label: query.label }),
      variables,
    };
    return this.#subject(
      partOf(variable.query, query.span),
      place,
      [...dashboard, `variable "${name}"`],
      () => undefined,
    );
  }

  #subject(source: SourceText, place: Place, where: readonly string[], beside: Beside): Subject {
    const { text } = source;
    const expr = parsed(text);
    const locate = (at: Span | Part): SourcePosition | undefined => {
      const isPart = 'part' in at;
      const target = isPart ? beside(at) : source;
      if (target === undefined) return undefined;
      const position = positionOf(target, isPart ? at.span?.start : at.start);
      this.exprs.set(position, source);
      return position;
    };
    return { text, ...(expr === undefined ? {} : { expr }), place, where, locate };
  }
}

/** Grafana names the series itself. */
const AUTOMATIC_LEGEND = '__auto';

function textsOf(texts: Texts): readonly (readonly [string, string])[] {
  return [...texts].map(([name, { text }]) => [name, text]);
}

function besideRule(rule: LintedRule, group: LintedGroup): Beside {
  return (part) => {
    if (part.part === 'annotation') return rule.annotations.get(part.name);
    if (part.part === 'label') return rule.labels.get(part.name) ?? group.labels.get(part.name);
    if (part.part === 'name') return rule.name;
    if (part.part === 'for') return rule.for?.text;
    if (part.part === 'keepFiringFor') return rule.keepFiringFor?.text;
    return part.part === 'labels' ? [...rule.labels.values()][0] : undefined;
  };
}

function declaredVariable({ name, type, multi, includeAll, allValue }: LintedVariable): DeclaredVariable {
  return { name, type, multi, includeAll, ...(allValue === undefined ? {} : { allValue }) };
}

/** The tree, or nothing: what is wrong with the text is said by the analysis. */
function parsed(text: string): Expr | undefined {
  try {
    return parse(text, { variables: true });
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return undefined;
    throw error;
  }
}
