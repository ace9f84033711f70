/** Trees made of an author's own query, and the text of a fix that is made of them. */
import type {
  AggregateExpr,
  AggregateOp,
  BinaryExpr,
  BinaryOp,
  Call,
  Duration,
  Expr,
  Grouping,
  LabelName,
  Matcher,
  NumberLiteral,
  StringLiteral,
  VectorMatching,
  VectorSelector,
} from '../promql/ast.ts';
import { needsBrackets } from '../promql/brackets.ts';
import { functions } from '../promql/functions.ts';
import { numberLiteral } from '../promql/literals.ts';
import { print } from '../promql/print.ts';
import { children, withChildren } from '../promql/walk.ts';
import type { Replacement } from './advice.ts';
import type { Query } from './check.ts';
import { COMPARISONS } from './facts/binary.ts';
import { labelFact, METRIC_NAME } from './facts/labels.ts';
import { near } from './facts/scaling.ts';
import { labelsOf } from './facts/source.ts';

/** The text of `by` for the place of `node`, in brackets where it needs some there. */
export function instead(node: Expr, by: Expr, { text, parentOf }: Pick<Query, 'text' | 'parentOf'>): Replacement {
  const parent = parentOf(node);
  const bare = parent && !node.parens && needsBrackets(replaced(parent, node, by), by);
  const written = print(by);
  return { span: node.span ?? { start: 0, end: text.length }, text: bare ? `(${written})` : written };
}

/** Another name for the metric of a selector, written as the author wrote it: bare, or quoted inside the braces. */
export function renamed({ nameSpan, matchers, span }: VectorSelector, name: string, query: Query): Replacement {
  const matcher = matchers.find((one) => one.name === METRIC_NAME);
  const at = nameSpan ?? matcher?.valueSpan ?? span ?? { start: 0, end: query.text.length };
  return { span: at, text: /["'`]/.test(query.text.charAt(at.start)) ? JSON.stringify(name) : name };
}

/** A tree with `by` in the place of one of its nodes. */
export function replaced(root: Expr, node: Expr, by: Expr): Expr {
  return root === node
    ? by
    : withChildren(
        root,
        children(root).map((child) => replaced(child, node, by)),
      );
}

export function call(func: string, ...args: readonly Expr[]): Call {
  return { type: 'Call', func, args };
}

export function textLiteral(value: string): StringLiteral {
  return { type: 'StringLiteral', value };
}

export function numeral(value: number): NumberLiteral {
  return numberLiteral(value, false);
}

export function seconds(value: number): Duration {
  return { type: 'Duration', milliseconds: value * 1000 };
}

export function operation(op: BinaryOp, lhs: Expr, rhs: Expr, matching?: VectorMatching): BinaryExpr {
  return { type: 'BinaryExpr', op, lhs, rhs, ...(matching ? { matching } : {}) };
}

export function aggregation(op: AggregateOp, expr: Expr, grouping?: Pick<Grouping, 'mode' | 'labels'>): AggregateExpr {
  return { type: 'AggregateExpr', op, expr, ...(grouping ? { grouping } : {}) };
}

/** The same aggregation over other labels; `by ()` is left out. */
export function grouped(node: AggregateExpr, mode: Grouping['mode'], labels: readonly LabelName[]): AggregateExpr {
  const { grouping: _grouping, ...rest } = node;
  return mode === 'by' && labels.length === 0 ? rest : { ...rest, grouping: { mode, labels } };
}

/** The aggregation, so that its result has a label. */
export function keeping(node: AggregateExpr, label: string): AggregateExpr {
  const { mode = 'by', labels = [] } = node.grouping ?? {};
  const others = labels.filter((name) => name !== label);
  return grouped(node, mode, mode === 'by' ? [...others, label] : others);
}

const keepingAll = (node: AggregateExpr, names: readonly string[]): AggregateExpr => names.reduce(keeping, node);

/** The aggregation, so that its result does not have some labels. */
export function dropping(node: AggregateExpr, names: readonly LabelName[]): AggregateExpr {
  if (!node.grouping) return node;
  const { mode, labels } = node.grouping;
  const others = labels.filter((name) => !names.includes(name));
  return grouped(node, mode, mode === 'by' ? others : [...others, ...names]);
}

/** `expr` without labels: aggregated by less where it is aggregated, else added up. */
export function without(expr: Expr, names: readonly LabelName[]): Expr {
  return expr.type === 'AggregateExpr' && expr.grouping?.mode === 'by'
    ? dropping(expr, names)
    : aggregation('sum', expr, { mode: 'without', labels: names });
}

/** The selector with other matchers of a label. */
export function withMatcher(selector: VectorSelector, label: string, value?: string): VectorSelector {
  const matcher: Matcher | undefined =
    value === undefined ? undefined : { type: 'Matcher', name: label, op: '=', value };
  const others = selector.matchers.filter(({ name }) => name !== label);
  return { ...selector, matchers: matcher ? [...others, matcher] : others };
}

/**
 * The part of a query up to `top`, changed so that labels that one of its aggregations drops get through.
 *
 * @returns `undefined` where the series never had one of them, or where it takes more than aggregations to keep it
 */
export function keptThrough(names: readonly string[], dropped: Expr, top: Expr, query: Query): Expr | undefined {
  if (dropped.type !== 'AggregateExpr') return undefined;
  const labels = labelsOf(query.of(dropped.expr));
  if (names.some((name) => labelFact(labels, name).presence === 'impossible')) return undefined;
  let made: Expr = keepingAll(dropped, names);
  for (let node: Expr = dropped; node !== top;) {
    const parent = query.parentOf(node);
    if (!parent || !letsThrough(parent, node, query)) return undefined;
    made = replaced(parent, node, made);
    if (made.type === 'AggregateExpr') made = keepingAll(made, names);
    node = parent;
  }
  return made;
}

function letsThrough(parent: Expr, node: Expr, query: Query): boolean {
  if (parent.type === 'Call') {
    const effect = functions.get(parent.func)?.labels;
    return effect === 'keep' || effect === 'drop-name';
  }
  if (parent.type !== 'BinaryExpr') return true;
  return query.of(parent.lhs === node ? parent.rhs : parent.lhs).type === 'scalar';
}

/** `expr` times a number, without a factor that it has already and does not need any more. */
export function scaledBy(expr: Expr, factor: number): Expr {
  if (near(factor, 1)) return expr;
  if (expr.type === 'BinaryExpr') {
    for (const [side, other] of [
      [expr.rhs, expr.lhs],
      [expr.lhs, expr.rhs],
    ] as const) {
      const own = side.type === 'NumberLiteral' ? ownFactor(expr.op, Number(side.value), side === expr.rhs) : undefined;
      if (own !== undefined && near(own * factor, 1)) return other;
    }
  }
  return factor < 1
    ? operation('/', expr, numeral(rounded(1 / factor)))
    : operation('*', expr, numeral(rounded(factor)));
}

/** What an operation with a number multiplies by. */
function ownFactor(op: BinaryOp, value: number, isRight: boolean): number | undefined {
  if (op === '*') return value;
  return op === '/' && isRight ? 1 / value : undefined;
}

const rounded = (value: number): number => Number(value.toPrecision(12));

/** A comparison with a number, both sides times a factor; any other expression times the factor. */
export function rescaled(expr: Expr, factor: number): Expr {
  if (expr.type !== 'BinaryExpr' || !COMPARISONS.has(expr.op)) return scaledBy(expr, factor);
  const side = (one: Expr): Expr =>
    one.type === 'NumberLiteral' ? numeral(rounded(Number(one.value) * factor)) : scaledBy(one, factor);
  return { ...expr, lhs: side(expr.lhs), rhs: side(expr.rhs) };
}
