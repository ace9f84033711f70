/** Raw PromQL with queries, metrics and variables in it. */
import type { Expr, VectorSelector } from '../promql/ast.ts';
import { PromqlSyntaxError } from '../promql/errors.ts';
import { parse } from '../promql/parse.ts';
import { transform } from '../promql/walk.ts';
import { capturePosition } from '../source/position.ts';
import { isQuery, queryAt } from './build.ts';
import type { AnyMetric } from './metric.ts';
import type { QueryValue } from './query.ts';
import type { Vector } from './types.ts';
import { isVariableReference, type VariableReference } from './variable.ts';

/**
 * What may stand in raw PromQL: a query, a histogram or summary (its name, before `_bucket`, `_sum` or
 * `_count`), a dashboard variable, a number, or a text that is inserted as it is.
 */
export type Interpolated = QueryValue | AnyMetric | VariableReference | number | string;

/** Names that stand for queries while the text is parsed. No metric may begin with two underscores. */
const PLACEHOLDER = '__dashwright_';

/**
 * A query in PromQL's own words: promql`topk(5, ${failures})`. It is parsed at once and analysed like every
 * other query. The compiler knows nothing of its labels, so it refuses nothing.
 *
 * `${metric}` is a selector, so `${metric}{job="x"}[5m]` reads as it would with the metric's name.
 *
 * @throws TypeError where Prometheus would not accept the text, with what it says and where; or where it is called
 *   with parentheses
 */
export function promql(
  strings: TemplateStringsArray,
  ...values: readonly Interpolated[]
): Vector<string, 'untyped', 'unknown'> {
  if (typeof strings === 'string' || !Array.isArray(strings)) {
    throw new TypeError('promql is written before backticks, without parentheses: promql`sum(up) > 1`.');
  }
  const queries = values.filter(isQuery);
  const pieces = values.map((value, index) => piece(value, strings.raw[index + 1] ?? '', queries));
  const text = strings.raw.reduce((before, part, index) => before + (pieces[index - 1] ?? '') + part);
  const expr = withoutPlaces(inserted(parsed(text), queries));
  return queryAt(expr, capturePosition(promql), queries);
}

function piece(value: Interpolated, next: string, queries: readonly QueryValue[]): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (isQuery(value)) {
    const name = `${PLACEHOLDER}${queries.indexOf(value)}`;
    return value.expr.type === 'VectorSelector' ? name : `\${${name}}`;
  }
  if (isVariableReference(value)) return /^[\w:.[]/.test(next) ? `\${${value.name}}` : `$${value.name}`;
  if (typeof value === 'object' && value !== null && 'model' in value) return value.model.name;
  throw new TypeError(
    `promql can hold queries, metrics, variables, numbers and texts, but got ${value === null ? 'null' : typeof value}.`,
  );
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

function parsed(text: string): Expr {
  try {
    return parse(text, { variables: true });
  } catch (error) {
    if (!(error instanceof PromqlSyntaxError)) throw error;
    const { message, start } = error;
    const readable = (part: string): string =>
      part.replaceAll(new RegExp(`\\$?\\{?${PLACEHOLDER}\\d+\\}?`, 'g'), '${…}');
    const [before, after] = [readable(text.slice(0, start)), readable(text.slice(start))];
    throw new TypeError(
      `Prometheus does not accept this query: ${message}\n  ${before.trimEnd()} ⟵ here ⟶ ${after.trimStart()}`,
      {
        cause: error,
      },
    );
  }
}

/** Puts the queries where their placeholders are. */
function inserted(expr: Expr, queries: readonly QueryValue[]): Expr {
  return transform(expr, (node) => {
    if (node.type === 'VectorSelector') return selector(node, queries);
    if (node.type !== 'VariableExpr' || node.variable.parts.length !== 1) return node;
    const [part] = node.variable.parts;
    return queryOf(typeof part === 'object' ? part.name : '', queries)?.expr ?? node;
  });
}

/** `${metric}{…} offset 5m`: the metric's selector with what is written behind it. */
function selector(node: VectorSelector, queries: readonly QueryValue[]): Expr {
  const inner = typeof node.name === 'string' ? queryOf(node.name, queries)?.expr : undefined;
  if (inner?.type !== 'VectorSelector') return node;
  const { offset, at, extended, matchers } = node;
  const more = { ...(offset && { offset }), ...(at && { at }), ...(extended && { extended }) };
  if (matchers.length === 0 && Object.keys(more).length === 0) return inner;
  return Object.freeze({ ...inner, matchers: Object.freeze([...inner.matchers, ...matchers]), ...more });
}

function queryOf(name: string, queries: readonly QueryValue[]): QueryValue | undefined {
  if (!name.startsWith(PLACEHOLDER)) return undefined;
  const index = name.slice(PLACEHOLDER.length);
  const query = queries[Number(index)];
  if (query !== undefined && String(Number(index)) === index) return query;
  throw new TypeError(
    'promql got a metric with more text directly behind it. A metric stands for its own series; for a suffix such as _bucket write the histogram, or its .bucket.',
  );
}

/** Without the places in a text that nobody will see: built trees have none either. */
function withoutPlaces(expr: Expr): Expr {
  return strip(expr) as Expr;
}

const PLACES: ReadonlySet<string> = new Set([
  'span',
  'parens',
  'nameSpan',
  'valueSpan',
  'funcSpan',
  'opSpan',
  'labelSpans',
  'includeSpans',
]);

function strip(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(strip);
    return items.every((item, index) => item === value[index]) ? value : Object.freeze(items);
  }
  const entries = Object.entries(value);
  const kept = entries.filter(([key]) => !PLACES.has(key)).map(([key, child]) => [key, strip(child)] as const);
  const same =
    kept.length === entries.length && kept.every(([key, child]) => child === (value as Record<string, unknown>)[key]);
  return same ? value : Object.freeze(Object.fromEntries(kept));
}
