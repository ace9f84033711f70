/** What follows an operand and belongs to it alone: `[5m]`, `[1h:5m]`, `offset`, `@`, `anchored`, `smoothed`. */
import type {
  AtModifier,
  DurationValue,
  Expr,
  MatrixSelector,
  Requirement,
  SubqueryExpr,
  Text,
  VectorSelector,
} from './ast.ts';
import { checkSubquery, type KnownType, outerSpan } from './check.ts';
import type { Cursor } from './cursor.ts';
import { splitVariables } from './grafana.ts';
import { inRange, inStep, parseOffset, parsePositiveDuration } from './parse-duration.ts';
import type { SelectorParts } from './parse-selector.ts';
import { Token } from './tokens.ts';

/** An operand whose modifiers are being read. */
export interface Target {
  kind: 'vector' | 'matrix' | 'subquery' | 'other';
  type: KnownType;
  start: number;
  end: number;
  /** The selector of a vector or matrix. */
  selector?: SelectorParts;
  /** The range of a matrix or subquery, and the end of its brackets. */
  range?: DurationValue;
  step?: DurationValue;
  /** What a subquery runs over; for other operands the operand itself. */
  node?: Expr;
  offset?: DurationValue;
  at?: AtModifier;
  extended?: 'anchored' | 'smoothed';
  requires?: readonly Requirement[] | undefined;
}

/** Reads the modifiers behind an operand and gives the node with them. */
export function parsePostfix(cursor: Cursor, operand: Target): Target {
  let target = operand;
  for (;;) {
    switch (cursor.kind) {
      case Token.LEFT_BRACKET:
        target = parseBrackets(cursor, target);
        break;
      case Token.OFFSET:
        applyOffset(cursor, target);
        break;
      case Token.AT:
        applyAt(cursor, target);
        break;
      case Token.ANCHORED:
        applyExtended(cursor, target, 'anchored');
        break;
      case Token.SMOOTHED:
        applyExtended(cursor, target, 'smoothed');
        break;
      default:
        return target;
    }
  }
}

/** Makes the node of an operand whose modifiers have been read. It is not frozen yet. */
export function finishTarget(cursor: Cursor, target: Target): Expr {
  const { kind, selector, range, node, requires } = target;
  if (kind === 'other' || (selector === undefined && kind !== 'subquery')) return node as Expr;
  const span = cursor.span(target.start, target.end);
  if (kind === 'subquery') {
    return {
      type: 'SubqueryExpr',
      expr: node as Expr,
      range: range as DurationValue,
      ...(target.step && { step: target.step }),
      ...modifiersOf(target),
      span,
      ...(requires && { requires }),
    } satisfies SubqueryExpr;
  }
  const parts = selector as SelectorParts;
  const vector: VectorSelector = {
    type: 'VectorSelector',
    ...(parts.name !== undefined && { name: parts.name }),
    ...(parts.nameSpan && { nameSpan: parts.nameSpan }),
    matchers: parts.matchers,
    ...modifiersOf(target),
    ...(target.extended && { extended: target.extended }),
    span: kind === 'vector' ? span : cursor.span(parts.start, parts.end),
    ...(kind === 'vector' && requires && { requires }),
  };
  if (kind === 'vector') return vector;
  return {
    type: 'MatrixSelector',
    selector: Object.freeze(vector),
    range: range as DurationValue,
    span,
    ...(requires && { requires }),
  } satisfies MatrixSelector;
}

function modifiersOf({ offset, at }: Target): Pick<VectorSelector, 'offset' | 'at'> {
  return { ...(offset && { offset }), ...(at && { at }) };
}

function addNeeds(cursor: Cursor, target: Target): void {
  const needs = cursor.takeNeeds();
  if (needs === undefined) return;
  const known = target.requires ?? [];
  const more = needs.filter(({ what }) => !known.some((have) => have.what === what));
  target.requires = Object.freeze([...known, ...more]);
}

function parseBrackets(cursor: Cursor, before: Target): Target {
  const open = cursor.lexer.start;
  cursor.take();
  const range = parsePositiveDuration(cursor, inRange);
  if (cursor.accept(Token.COLON)) return parseSubquery(cursor, before, range);
  cursor.expect(Token.RIGHT_BRACKET, 'subquery or range', '":" or "]"');
  const target = variableAsSelector(before);
  const problem = rangeProblem(target);
  if (problem !== undefined) cursor.report(problem, open, cursor.lastEnd);
  if (target.kind === 'vector') target.kind = 'matrix';
  target.type = 'matrix';
  target.range = range;
  target.end = cursor.lastEnd;
  addNeeds(cursor, target);
  return target;
}

function rangeProblem(target: Target): string | undefined {
  if (target.kind !== 'vector') return 'ranges only allowed for vector selectors';
  if (hasOffset(target)) return 'no offset modifiers allowed before range';
  return target.at === undefined ? undefined : 'no @ modifiers allowed before range';
}

function parseSubquery(cursor: Cursor, target: Target, range: DurationValue): Target {
  const step = cursor.kind === Token.RIGHT_BRACKET ? undefined : parsePositiveDuration(cursor, inStep);
  cursor.expect(Token.RIGHT_BRACKET, 'subquery selector', '"]"');
  const needs = cursor.takeNeeds();
  const inner = Object.freeze(finishTarget(cursor, target));
  const { start } = outerSpan(inner);
  const end = cursor.lastEnd;
  checkSubquery(cursor, target.type, { start, end });
  return {
    kind: 'subquery',
    type: 'matrix',
    node: inner,
    start,
    end,
    range,
    ...(step && { step }),
    requires: needs,
  };
}

/** A Grafana variable that something follows which only a selector can have is a metric's name. */
function variableAsSelector(target: Target): Target {
  const { node, start, end } = target;
  if (node?.type !== 'VariableExpr' || node.parens !== undefined) return target;
  const { variable, span } = node;
  const name: { readonly name: Text } = { name: variable };
  const nameSpan = span && { nameSpan: span };
  const selector = { ...name, ...nameSpan, namedOutside: true, matchers: Object.freeze([]), start, end };
  return { kind: 'vector', type: 'vector', start, end, selector };
}

/** As in Prometheus, `offset 0s` is as good as none. */
function hasOffset({ offset }: Target): boolean {
  return offset !== undefined && (offset.type !== 'Duration' || offset.milliseconds !== 0);
}

function becomeSelector(target: Target): void {
  Object.assign(target, variableAsSelector(target));
}

function applyOffset(cursor: Cursor, target: Target): void {
  cursor.take();
  const offset = parseOffset(cursor);
  becomeSelector(target);
  if (target.kind === 'other') return misplaced(cursor, target, 'offset modifier');
  if (hasOffset(target)) cursor.report('offset may not be set multiple times', target.start, target.end);
  else target.offset = offset;
  target.end = cursor.lastEnd;
  addNeeds(cursor, target);
}

function misplaced(cursor: Cursor, target: Target, what: string): void {
  const { start, end } = target.node === undefined ? target : outerSpan(target.node);
  const message =
    target.type === 'matrix' && target.range !== undefined
      ? 'ranges only allowed for vector selectors'
      : `${what} must be preceded by an instant vector selector or range vector selector or a subquery`;
  cursor.report(message, start, end);
}

function applyAt(cursor: Cursor, target: Target): void {
  const { start } = cursor.lexer;
  cursor.take();
  const at = parseAt(cursor, target);
  becomeSelector(target);
  if (target.kind === 'other') return misplaced(cursor, target, '@ modifier');
  if (target.at === undefined)
    target.at = Object.freeze({ type: 'AtModifier', at, span: cursor.span(start, cursor.lastEnd) });
  else cursor.report('@ <timestamp> may not be set multiple times', target.start, target.end);
  target.end = cursor.lastEnd;
  addNeeds(cursor, target);
}

function parseAt(cursor: Cursor, target: Target): AtModifier['at'] {
  const { kind, lexer } = cursor;
  if (kind === Token.START || kind === Token.END) {
    cursor.take();
    cursor.expect(Token.LEFT_PAREN, '@', 'timestamp');
    cursor.expect(Token.RIGHT_PAREN, '@', 'timestamp');
    return kind === Token.START ? 'start' : 'end';
  }
  if (kind === Token.TEMPLATE) {
    const text = splitVariables(lexer.value, lexer.start);
    const [variable, ...rest] = typeof text === 'string' ? [] : text.parts;
    if (rest.length > 0 || typeof variable !== 'object') return cursor.unexpected('@', 'timestamp');
    cursor.take();
    return variable;
  }
  const negative = cursor.accept(Token.SUB);
  if (!negative) cursor.accept(Token.ADD);
  if (cursor.kind === Token.DURATION) cursor.need('durationAsNumber');
  else if (cursor.kind !== Token.NUMBER) cursor.unexpected('@', 'timestamp');
  const seconds = cursor.number() * (negative ? -1 : 1);
  if (!(Math.abs(seconds) < 2 ** 63)) {
    const message = `timestamp out of bounds for @ modifier: ${fixed(seconds)}`;
    cursor.report(message, target.start, target.end);
    return Object.freeze({ milliseconds: 0 });
  }
  return Object.freeze({ milliseconds: roundHalfAway(seconds * 1000) });
}

/** Go's `%f`. */
function fixed(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`;
}

/** Go's `math.Round`; never -0. */
function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) + 0;
}

function applyExtended(cursor: Cursor, target: Target, extended: 'anchored' | 'smoothed'): void {
  cursor.need(extended);
  cursor.take();
  becomeSelector(target);
  const { start, end } = target;
  if (target.kind === 'subquery') cursor.report(`${extended} modifier is not supported for subqueries`, start, end);
  else if (target.kind === 'other') cursor.report(`${extended} modifier not implemented`, start, end);
  else if (target.extended !== undefined && target.extended !== extended)
    cursor.report('anchored and smoothed modifiers cannot be used together', start, end);
  target.extended = extended;
  target.end = cursor.lastEnd;
  addNeeds(cursor, target);
}
