/** Runs checks over one query: one walk, and each node goes only to the checks that look at its type. */
import type { Expr } from '../promql/ast.ts';
import { children } from '../promql/walk.ts';
import type { Facts } from './facts/facts.ts';
import type { World } from './facts/world.ts';
import type { Check, Finding, Findings, Query } from './check.ts';
import type { Code } from './codes.ts';
import type { Subject } from './subject.ts';

export interface Found {
  readonly code: Code;
  readonly finding: Finding;
}

type Visitor = (node: Expr, query: Query) => Findings;

/** Checks sorted by what they look at. */
export interface Suite {
  readonly ofQueries: readonly { readonly code: Code; readonly visit: (query: Query) => Findings }[];
  readonly byType: ReadonlyMap<Expr['type'], readonly { readonly code: Code; readonly visit: Visitor }[]>;
}

export function createSuite(checks: readonly Check[]): Suite {
  const byType = new Map<Expr['type'], { code: Code; visit: Visitor }[]>();
  for (const { code, nodes } of checks) {
    for (const [type, visit] of Object.entries(nodes ?? {})) {
      const visitors = byType.get(type as Expr['type']) ?? [];
      visitors.push({ code, visit: visit as Visitor });
      byType.set(type as Expr['type'], visitors);
    }
  }
  const ofQueries = checks.flatMap(({ code, query: visit }) => (visit ? [{ code, visit }] : []));
  return { ofQueries, byType };
}

/** A parsed query as checks see it. */
export function createQuery(expr: Expr, subject: Subject, world: World, facts: Facts): Query {
  // Most queries are not asked for any.
  let parents: ReadonlyMap<Expr, Expr> | undefined;
  return {
    text: subject.text,
    expr,
    facts,
    world,
    place: subject.place,
    subject,
    of: (node) => facts.of(node),
    parentOf: (node) => (parents ??= parentsOf(facts)).get(node),
    print: (node) => (node.span ? subject.text.slice(node.span.start, node.span.end) : subject.text),
  };
}

function parentsOf({ nodes }: Facts): ReadonlyMap<Expr, Expr> {
  const parents = new Map<Expr, Expr>();
  for (const { expr } of nodes) for (const child of children(expr)) parents.set(child, expr);
  return parents;
}

/** All that the checks find in one query, in the order of the query. */
export function runQuery(query: Query, suite: Suite): readonly Found[] {
  const found: Found[] = [];
  const collect = (code: Code, findings: Findings): void => {
    if (findings === undefined) return;
    for (const finding of Array.isArray(findings) ? (findings as readonly Finding[]) : [findings as Finding])
      found.push({ code, finding });
  };
  for (const { expr } of query.facts.nodes) {
    for (const { code, visit } of suite.byType.get(expr.type) ?? []) collect(code, visit(expr, query));
  }
  for (const { code, visit } of suite.ofQueries) collect(code, visit(query));
  return found;
}
