/**
 * What a check is.
 *
 * A check is a value: a code, and functions that look at one thing each and return what they find. They return, they
 * do not report; they read facts, they do not infer; and the severity is not theirs to choose. A check that cannot be
 * sure returns nothing.
 */
import type { Expr, Span } from '../promql/ast.ts';
import type { MetricModel } from '../metrics/model.ts';
import type { SourcePosition } from '../source/position.ts';
import type { Advice, Replacement } from './advice.ts';
import type { Code } from './codes.ts';
import type { Facts, NodeFacts } from './facts/facts.ts';
import type { World } from './facts/world.ts';
import type { FactsOf } from './known-facts.ts';
import type { DashboardSubject, Part, Place, ProjectSubject, Subject } from './subject.ts';

/** One fault, in words that a reader who knows PromQL a little can act on. */
export interface Finding {
  /** The part of the query that is at fault. */
  readonly node?: Expr;
  /** A closer place: of one label name, matcher or operator. Default: the whole of `node`. */
  readonly span?: Span | undefined;
  /** Where the fault stands when it is not in the query but beside it. */
  readonly part?: Part;
  /** What is wrong: one sentence that names the metric, label or unit. */
  readonly message: string;
  /** The fact behind it, with its reason. */
  readonly why: string;
  /** What to do, with the text to write where that is known: made of the author's own query, not of dots. */
  readonly fix: string | Advice;
  readonly related?: readonly RelatedPlace[];
  /** A mechanical repair: `text` for the given part of the query. */
  readonly replacement?: Replacement;
}

interface RelatedPlace {
  readonly message: string;
  readonly node?: Expr;
  readonly position?: SourcePosition | undefined;
}

/** What a function of a check gives back. */
export type Findings = Finding | readonly Finding[] | undefined;

/** A query under analysis, as a check sees it. */
export interface Query {
  readonly text: string;
  readonly expr: Expr;
  readonly facts: Facts;
  readonly world: World;
  readonly place: Place;
  readonly subject: Subject;
  /** The facts of a node of this query. */
  readonly of: (node: Expr) => NodeFacts;
  /** The node right above; `undefined` for the root. */
  readonly parentOf: (node: Expr) => Expr | undefined;
  /** The node as it is written. */
  readonly print: (node: Expr) => string;
}

/** A function for each type of node that a check looks at. */
type NodeVisitors = {
  readonly [Type in Expr['type']]?: (node: Extract<Expr, { readonly type: Type }>, query: Query) => Findings;
};

/** What project-wide checks may use. */
export interface Project {
  readonly subject: ProjectSubject;
  readonly world: World;
  /** The queries of the project that could be parsed. */
  readonly trees: ReadonlyMap<Subject, Expr>;
  /** The facts of one of them. */
  readonly factsOf: FactsOf;
}

/** A fault of something other than one query. */
export interface PlacedFinding extends Omit<Finding, 'node' | 'span'> {
  /** The query it is about, if there is one; its place is used. */
  readonly subject?: Subject;
  readonly node?: Expr;
  readonly span?: Span | undefined;
  readonly where?: readonly string[];
  readonly position?: SourcePosition | undefined;
}

export interface Check {
  readonly code: Code;
  /** Called for every node of the given types. */
  readonly nodes?: NodeVisitors;
  /** Called once for a query. */
  readonly query?: (query: Query) => Findings;
  /** Called once for a metric of the catalogue. */
  readonly metric?: (metric: MetricModel, world: World) => Findings;
  /** Called once for a dashboard. */
  readonly dashboard?: (
    dashboard: DashboardSubject,
    project: Project,
  ) => PlacedFinding | readonly PlacedFinding[] | undefined;
  /** Called once for all rules and dashboards together. */
  readonly project?: (project: Project) => readonly PlacedFinding[];
}

/** Makes a check. Its name, title and severity stand in the table of codes. */
export function defineCheck(check: Check): Check {
  return Object.freeze(check);
}
