import type { Expr } from './ast.ts';
import { Cursor, SyntaxStop } from './cursor.ts';
import { PromqlSyntaxError, type PromqlProblem } from './errors.ts';
import type { ParseOptions } from './options.ts';
import { parseQuery } from './parser.ts';

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
  const node = readAll(cursor);
  const [first, ...rest] = cursor.problems.length > 0 ? cursor.problems : cursor.typeProblems;
  if (first !== undefined) throw new PromqlSyntaxError([first, ...rest]);
  if (node === undefined) throw new PromqlSyntaxError([noExpression]);
  return Object.freeze(node);
}

const noExpression: PromqlProblem = { message: 'no expression found in input', start: 0, end: 0 };

function readAll(cursor: Cursor): Expr | undefined {
  try {
    return parseQuery(cursor).node;
  } catch (error) {
    if (error instanceof SyntaxStop) return undefined;
    throw error;
  }
}
