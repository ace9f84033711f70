import type { Expr } from './ast.ts';
import { Cursor, SyntaxStop } from './cursor.ts';
import { PromqlSyntaxError, type PromqlProblem } from './errors.ts';
import type { ParseOptions } from './options.ts';
import { parseQuery } from './parser.ts';
import { recover } from './recover.ts';
import { Token } from './tokens.ts';

/**
 * Parses a PromQL query as Prometheus 3.14 with all its feature flags on, type rules included.
 *
 * @param text the query
 * @param options what the server knows, and whether Grafana's variables may stand in the query
 * @returns the tree: plain, frozen, safe to put into JSON; offsets are UTF-16
 * @throws PromqlSyntaxError when Prometheus refuses the query; its message is Prometheus' own
 */
export function parse(text: string, options: ParseOptions = {}): Expr {
  const cursor = new Cursor(text, options);
  const node = readOrStop(cursor);
  const [first, ...rest] = cursor.problems.length > 0 ? cursor.problems : cursor.typeProblems;
  if (first !== undefined) throw new PromqlSyntaxError([first, ...rest]);
  return Object.freeze(node);
}

const nothing: Expr = Object.freeze({ type: 'ErrorExpr', children: Object.freeze([]) });

function readOrStop(cursor: Cursor): Expr {
  if (cursor.kind === Token.EOF) {
    cursor.report('no expression found in input', 0, 0);
    return nothing;
  }
  try {
    return parseQuery(cursor).node;
  } catch (error) {
    if (!(error instanceof SyntaxStop)) throw error;
    // Prometheus goes on as if the aggregation had nothing between its brackets, and says so too.
    if (error.context === 'aggregation')
      cursor.report('no arguments for aggregate expression provided', cursor.lexer.start, cursor.lexer.end);
    return nothing;
  }
}

/** What could be read of a query, and everything that is wrong with it. */
export interface TolerantResult {
  readonly expr: Expr;
  /** In the order of the text; empty when `parse` accepts the query. */
  readonly problems: readonly PromqlProblem[];
}

/**
 * Parses a query that may be wrong or unfinished, for editors and linters.
 *
 * @param text the query
 * @param options as for `parse`
 * @returns a tree, with ErrorExpr in the place of what could not be read, and all problems; it never throws
 */
export function parseTolerant(text: string, options: ParseOptions = {}): TolerantResult {
  const cursor = new Cursor(text, options);
  const expr = cursor.kind === Token.EOF ? readOrStop(cursor) : parseQuery(cursor, recover).node;
  const problems = [...cursor.problems, ...cursor.typeProblems].toSorted((a, b) => a.start - b.start || a.end - b.end);
  return { expr: Object.freeze(expr), problems };
}
