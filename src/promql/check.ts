/**
 * The type rules of PromQL: what a finished node must hold, in the words of Prometheus.
 *
 * Source: `checkAST` in `promql/parser/parse.go` of Prometheus 3.14.
 */
import type { BinaryExpr, Expr, Matcher, Span, ValueType, VectorMatching } from './ast.ts';
import type { AggregationSignature } from './aggregations.ts';
import type { Cursor } from './cursor.ts';
import { type FunctionSignature, functions } from './functions.ts';
import type { OperatorInfo } from './operators.ts';
import { quote } from './quote.ts';
import { regexMatches, regexProblem } from './regex.ts';

/** `any`: not known before Grafana fills a variable in, or the parser met an error there. */
export type KnownType = ValueType | 'any';

const documented: Record<KnownType, string> = {
  scalar: 'scalar',
  string: 'string',
  vector: 'instant vector',
  matrix: 'range vector',
  any: 'any',
};

/** Where a node stands, brackets around it included. */
export function outerSpan(node: Expr): Span {
  return node.parens ?? node.span ?? { start: 0, end: 0 };
}

function expectType(cursor: Cursor, node: Expr, got: KnownType, want: ValueType, context: string): void {
  if (got === want || got === 'any') return;
  const { start, end } = outerSpan(node);
  cursor.reportType(`expected type ${documented[want]} in ${context}, got ${documented[got]}`, start, end);
}

/** Holds the two arguments of an aggregation, or its only one, to their types: first what is aggregated. */
export function checkAggregate(
  cursor: Cursor,
  args: readonly Expr[],
  { types, marks }: { readonly types: readonly KnownType[]; readonly marks: readonly number[] },
  { param }: AggregationSignature,
): void {
  const [first, second] = args;
  const [start = 0, middle = 0] = marks;
  const ofParam = second === undefined ? [] : cursor.typeProblems.splice(start, middle - start);
  const expr = second ?? first;
  if (expr !== undefined) expectType(cursor, expr, types[args.length - 1] ?? 'any', 'vector', 'aggregation expression');
  cursor.typeProblems.push(...ofParam);
  if (second !== undefined && first !== undefined && param !== undefined)
    expectType(cursor, first, types[0] ?? 'any', param, 'aggregation parameter');
}

/** Holds the argument of a call that was just read to its type. */
export function checkArgument(cursor: Cursor, node: Expr, got: KnownType, index: number, func: string): void {
  const signature = functions.get(func);
  if (signature === undefined) return;
  const { args, variadic } = signature;
  const want = args[variadic === 0 ? index : Math.min(index, args.length - 1)];
  if (want !== undefined) expectType(cursor, node, got, want, `call to function ${quote(func)}`);
}

/** Holds a call to the number of its arguments; Prometheus says so before what is wrong with them. */
export function checkCall(
  cursor: Cursor,
  count: number,
  { name, args, variadic }: FunctionSignature,
  { start, end }: Span,
  mark: number,
): void {
  const least = variadic === 0 ? args.length : args.length - 1;
  const most = variadic < 0 ? Infinity : least + variadic;
  if (cursor.quiet || (count >= least && count <= most)) return;
  const want = variadic === 0 ? least : count < least ? `at least ${least}` : `at most ${most}`;
  const message = `expected ${want} argument(s) in call to ${quote(name)}, got ${count}`;
  cursor.typeProblems.splice(mark, 0, { message, start, end });
}

/** The second argument of `info()` is no vector but a list of matchers in the shape of one. */
export function checkInfoArgument(cursor: Cursor, node: Expr, namedOutside: boolean): void {
  const { start, end } = outerSpan(node);
  if (node.type === 'ErrorExpr') return;
  if (node.type !== 'VectorSelector' || node.parens !== undefined)
    cursor.reportType('expected label selectors only', start, end);
  else if (namedOutside) cursor.reportType('expected label selectors only, got vector selector instead', start, end);
}

export function checkUnary(cursor: Cursor, type: KnownType, span: Span): void {
  if (type === 'string' || type === 'matrix') {
    const message = `unary expression only allowed on expressions of type scalar or instant vector, got ${quote(documented[type])}`;
    cursor.reportType(message, span.start, span.end);
  }
}

export function checkSubquery(cursor: Cursor, type: KnownType, span: Span): void {
  if (type === 'vector' || type === 'any') return;
  cursor.reportType(`subquery is only allowed on instant vector, got ${type} instead`, span.start, span.end);
}

type BinaryParts = Pick<BinaryExpr, 'lhs' | 'rhs' | 'bool' | 'matching' | 'fill'>;

export function checkBinary(
  cursor: Cursor,
  parts: BinaryParts,
  { op, kind }: OperatorInfo,
  { left, right }: { readonly left: KnownType; readonly right: KnownType },
  opSpan: Span,
): void {
  const { lhs, rhs, bool, matching, fill } = parts;
  const span = { start: outerSpan(lhs).start, end: outerSpan(rhs).end };
  const fail = (message: string, at: Span): void => {
    cursor.reportType(message, at.start, at.end);
  };
  if (bool && kind !== 'comparison') fail('bool modifier can only be used on comparison operators', opSpan);
  if (kind === 'comparison' && !bool && left === 'scalar' && right === 'scalar')
    fail('comparisons between scalars must use BOOL modifier', opSpan);
  if (matching !== undefined) checkIncludedLabels(matching, (message) => fail(message, opSpan));
  checkSides(cursor, parts, left, right);
  const vectors = mayBeVector(left) && mayBeVector(right);
  if (!vectors) {
    if ((matching?.labels.length ?? 0) > 0) fail('vector matching only allowed between instant vectors', span);
    if (fill !== undefined) fail('filling in missing series only allowed between instant vectors', span);
  } else if (kind === 'set') {
    if (matching?.group !== undefined) {
      fail(`no grouping allowed for ${quote(op)} operation`, span);
      fail('set operations must always be many-to-many', span);
    }
    if (fill !== undefined) fail('filling in missing series not allowed for set operators', span);
  }
  if (kind === 'set' && (left === 'scalar' || right === 'scalar'))
    fail(`set operator ${quote(op)} not allowed in binary scalar expression`, span);
}

/** Both sides of an operator must be scalars or instant vectors. */
export function checkSides(
  cursor: Cursor,
  { lhs, rhs }: Pick<BinaryExpr, 'lhs' | 'rhs'>,
  left: KnownType,
  right: KnownType,
): void {
  const check = (node: Expr, type: KnownType): void => {
    if (type !== 'string' && type !== 'matrix') return;
    const { start, end } = outerSpan(node);
    cursor.reportType('binary expression must contain only scalar and instant vector types', start, end);
  };
  check(lhs, left);
  check(rhs, right);
}

function mayBeVector(type: KnownType): boolean {
  return type === 'vector' || type === 'any';
}

function checkIncludedLabels(matching: VectorMatching, fail: (message: string) => void): void {
  const { mode, labels, include } = matching;
  if (mode !== 'on' || include === undefined) return;
  const included = new Set(include.filter((label) => typeof label === 'string'));
  for (const label of labels) {
    if (typeof label === 'string' && included.has(label))
      fail(`label ${quote(label)} must not occur in ON and GROUP clause at once`);
  }
}

/** Refuses a regular expression that RE2 does not know. */
export function checkMatcher(cursor: Cursor, { op, value }: Matcher, start: number): void {
  if (typeof value !== 'string' || (op !== '=~' && op !== '!~')) return;
  const problem = regexProblem(value);
  if (problem !== undefined) cursor.report(problem, start, cursor.lastEnd);
}

/** A selector must say what it selects: one matcher at least must not match a label that is missing. */
export function isSelective(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ op, value }) => {
    if (typeof value !== 'string') return true;
    if (op === '=') return value !== '';
    if (op === '!=') return value === '';
    if (regexProblem(value) !== undefined) return true;
    return regexMatches(value, '') === (op === '!~');
  });
}
