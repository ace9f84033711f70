/** From queries, rules and dashboards to diagnostics. */
import type { Expr, Span } from '../promql/ast.ts';
import { parse } from '../promql/parse.ts';
import { PromqlSyntaxError } from '../promql/errors.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { CHECKS } from './checks/index.ts';
import type { Check, Finding, PlacedFinding, Project, Query } from './check.ts';
import { codeEntry, type Code } from './codes.ts';
import { DEEPEST, isTooDeep } from './depth.ts';
import { createQuery, createSuite, runQuery } from './driver.ts';
import { infer } from './facts/infer.ts';
import type { World } from './facts/world.ts';
import type { FactsOf } from './known-facts.ts';
import { severityOf, unknownCodes, type Settings } from './settings.ts';
import type { DashboardSubject, ProjectSubject, Subject } from './subject.ts';

export interface AnalyseOptions {
  readonly settings?: Settings;
  /** Default: all checks. */
  readonly checks?: readonly Check[];
  /** Remembers facts that are needed elsewhere too; default: they are worked out, and forgotten after each query. */
  readonly factsOf?: FactsOf;
}

/** A query by itself. */
function querySubject(text: string): Subject {
  return { text, place: { type: 'query' }, where: [] };
}

/**
 * What is wrong with one query.
 *
 * @param query PromQL, or a query with the place where it is used
 */
export function analyseQuery(
  query: string | Subject,
  world: World,
  options: AnalyseOptions = {},
): readonly Diagnostic[] {
  const subject = typeof query === 'string' ? querySubject(query) : query;
  return analyseProject({ groups: [], dashboards: [], queries: [subject] }, world, options);
}

/** What is wrong with the metrics of the world's own catalogue. */
export function analyseCatalogue(world: World, options: AnalyseOptions = {}): readonly Diagnostic[] {
  const { settings = {}, checks = CHECKS } = options;
  const diagnostics = checks.flatMap(({ code, metric: check }) =>
    check
      ? world.metrics.flatMap((metric) =>
          listOf(check(metric, world)).map((finding) =>
            diagnosticOf(code, { ...finding, position: metric.position, where: [`metric ${metric.name}`] }, settings),
          ),
        )
      : [],
  );
  return diagnostics.filter((diagnostic) => diagnostic !== undefined);
}

/** What is wrong with rules, dashboards and other queries, each by itself and all together. */
export function analyseProject(
  subject: ProjectSubject,
  world: World,
  options: AnalyseOptions = {},
): readonly Diagnostic[] {
  const { settings = {}, checks = CHECKS, factsOf = (expr) => infer(expr, world) } = options;
  const suite = createSuite(checks);
  const trees = new Map<Subject, Expr>();
  const found: Diagnostic[] = [];
  const report = (code: Code, finding: PlacedFinding): void => {
    const diagnostic = diagnosticOf(code, finding, settings);
    if (diagnostic) found.push(diagnostic);
  };
  for (const one of allSubjects(subject)) {
    const parsed = parsedQuery(one, world, factsOf);
    if (parsed.syntax) report('C804', parsed.syntax);
    if (parsed.tooDeep) report('C806', parsed.tooDeep);
    if (!parsed.query) continue;
    trees.set(one, parsed.query.expr);
    for (const { code, finding } of runQuery(parsed.query, suite)) report(code, { ...finding, subject: one });
  }
  const project: Project = { subject, world, trees, factsOf };
  for (const { code, dashboard: check } of checks) {
    for (const dashboard of check ? subject.dashboards : []) {
      for (const finding of listOf(check?.(dashboard, project))) report(code, onDashboard(finding, dashboard));
    }
  }
  for (const { code, project: check } of checks) for (const finding of check?.(project) ?? []) report(code, finding);
  return [...found, ...unknownCodes(settings).map(unknownCode)];
}

function listOf<T>(findings: T | readonly T[] | undefined): readonly T[] {
  if (findings === undefined) return [];
  return Array.isArray(findings) ? (findings as readonly T[]) : [findings as T];
}

function onDashboard(finding: PlacedFinding, dashboard: DashboardSubject): PlacedFinding {
  if (finding.subject) return finding;
  const position = finding.position ?? dashboard.position;
  return { where: dashboard.where, ...finding, ...(position ? { position } : {}) };
}

/** Every query once, in the order of the project. */
function allSubjects({ groups, dashboards, queries }: ProjectSubject): readonly Subject[] {
  return [...groups.flatMap(({ rules }) => rules), ...dashboards.flatMap((dashboard) => dashboard.queries), ...queries];
}

interface Parsed {
  readonly query?: Query;
  readonly syntax?: PlacedFinding;
  readonly tooDeep?: PlacedFinding;
}

function parsedQuery(subject: Subject, world: World, factsOf: FactsOf): Parsed {
  try {
    const { version, features } = world.server;
    const expr =
      subject.expr ??
      parse(subject.text, {
        variables: true,
        ...(version === undefined ? {} : { version }),
        features: [...features] as never,
      });
    if (isTooDeep(expr)) return { tooDeep: tooDeep(subject) };
    return { query: createQuery(expr, subject, world, factsOf(expr)) };
  } catch (error) {
    if (!(error instanceof PromqlSyntaxError)) throw error;
    return {
      syntax: {
        subject,
        span: { start: error.start, end: error.end },
        message: `The query is no PromQL: ${error.message}.`,
        why: 'Prometheus refuses the whole query, so a rule group with it does not load and a panel shows an error.',
        fix: fixOfSyntax(subject.text, error),
      },
    };
  }
}

const CLOSING: Readonly<Record<string, string>> = {
  'unclosed left parenthesis': ')',
  'unclosed left bracket': ']',
  'unclosed left brace': '}',
};

/** Where Prometheus could not read on, and what is missing there. */
function fixOfSyntax(text: string, { message, start, end }: PromqlSyntaxError): string {
  const closing = CLOSING[message];
  if (closing !== undefined) return `Add the missing \`${closing}\`, at the end or where it belongs.`;
  if (start >= text.length) return 'Write the rest: the query ends too early.';
  return `Correct \`${text.slice(start, Math.max(end, start + 1))}\` at ${placeText(text, start)}.`;
}

function placeText(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  const column = `column ${(lines.at(-1) ?? '').length + 1}`;
  return text.includes('\n') ? `line ${lines.length}, ${column}` : column;
}

function tooDeep(subject: Subject): PlacedFinding {
  return {
    subject,
    message: `The query is nested deeper than ${DEEPEST} levels.`,
    why: 'It was not judged: nobody writes such a query, so something that wrote it went wrong.',
    fix: 'Write an aggregation instead of a long chain of operators.',
  };
}

function diagnosticOf(code: Code, finding: PlacedFinding, settings: Settings): Diagnostic | undefined {
  const severity = severityOf(code, settings);
  if (severity === 'off') return undefined;
  const { subject, message, why, fix, related, replacement } = finding;
  const span = spanOf(finding);
  const at = finding.part ?? span;
  const position =
    finding.position ?? (at && subject?.locate?.(at)) ?? subject?.locate?.({ start: 0, end: subject.text.length });
  return {
    code,
    name: codeEntry(code).name,
    severity,
    message,
    why,
    fix: typeof fix === 'string' ? fix : fix.text,
    ...(position ? { position } : {}),
    ...(subject && span ? { promql: { text: subject.text, span } } : {}),
    where: finding.where ?? subject?.where ?? [],
    ...(related && related.length > 0 ? { related: related.map((place) => relatedOf(place, subject)) } : {}),
    ...(replacement ? { replacement } : {}),
  };
}

function spanOf({ span, node, part, subject }: PlacedFinding): Span | undefined {
  if (span) return span;
  if (node) return node.span;
  return subject && !part ? { start: 0, end: subject.text.length } : undefined;
}

type Related = NonNullable<Diagnostic['related']>[number];

function relatedOf(
  { message, node, position }: NonNullable<Finding['related']>[number],
  subject: Subject | undefined,
): Related {
  const place = position ?? (node?.span && subject?.locate?.(node.span));
  return { message, ...(place ? { position: place } : {}), ...(node?.span ? { span: node.span } : {}) };
}

function unknownCode(code: string): Diagnostic {
  const finding: PlacedFinding = {
    where: [],
    message: `The settings name "${code}", which is no code and no name of one.`,
    why: 'It has no effect.',
    fix: 'Take a code such as Q203, or its name such as rate-needs-counter; `dashwright explain` lists them.',
  };
  return diagnosticOf('C803', finding, {}) as Diagnostic;
}
