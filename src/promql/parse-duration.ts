/**
 * Durations as they stand in `[…]` and behind `offset`.
 *
 * A duration is a number, a duration, a Grafana variable, or arithmetic on them. Behind `offset` a literal
 * ends the duration (`x offset 1m + 1m` adds to x), while one in brackets may go on
 * (`x offset (1m) + 1m`). Nothing here recurses: brackets may nest as deep as the text is long.
 */
import type { Duration, DurationExpr, DurationOperand, DurationValue } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { splitVariables } from './grafana.ts';
import { type OperatorInfo, operatorOf, powerPrecedence } from './operators.ts';
import type { Syntax } from './requirements.ts';
import { Token } from './tokens.ts';

const anyDuration = 'number, duration, step(), or range()';

/** Where an error is said to be, and what is said to be missing there. */
interface Context {
  readonly name: string;
  readonly expected: string;
}

const inOffset: Context = { name: 'offset', expected: anyDuration };
export const inRange: Context = { name: 'subquery or range selector', expected: anyDuration };
export const inStep: Context = {
  name: 'subquery selector',
  expected: 'number, duration, step(), range(), or "]"',
};

/** Go counts a duration in 64 bits of nanoseconds. */
const longestSeconds = 2 ** 63 / 1e9;

/** A literal, whose sign may still change. */
interface Literal {
  readonly seconds: number;
  readonly isNumber: boolean;
  readonly start: number;
  readonly end: number;
}

interface Finished {
  readonly value: Exclude<DurationValue, Duration>;
  readonly start: number;
  readonly end: number;
}

type Draft = Literal | Finished;

type Frame =
  | { readonly kind: 'bracket'; readonly start: number }
  | { readonly kind: 'sign'; readonly negative: boolean; readonly start: number }
  | { readonly kind: 'binary'; readonly info: OperatorInfo; readonly start: number; readonly left: Draft }
  | { readonly kind: 'call'; readonly op: 'min_of' | 'max_of'; readonly start: number; first?: Draft };

/** Reads what stands between `[` and `:` or `]`; a literal must be longer than nothing. */
export function parsePositiveDuration(cursor: Cursor, context: Context): DurationValue {
  const draft = parseDraft(cursor, context, [], false);
  if ('seconds' in draft && draft.seconds <= 0)
    cursor.report('duration must be greater than 0', draft.start, draft.end);
  return finish(cursor, draft);
}

/** Reads what stands behind `offset`. */
export function parseOffset(cursor: Cursor): DurationValue {
  const { kind } = cursor;
  if (kind !== Token.ADD && kind !== Token.SUB)
    return finish(cursor, parseDraft(cursor, inOffset, [], kind !== Token.LEFT_PAREN));
  const sign: Frame = { kind: 'sign', negative: kind === Token.SUB, start: cursor.lexer.start };
  cursor.take();
  if (cursor.kind === Token.ADD || cursor.kind === Token.SUB)
    return finish(cursor, parseDraft(cursor, inOffset, [sign], false));
  const primary = parseDraft(cursor, inOffset, [], true);
  if (kind === Token.ADD && 'seconds' in primary) cursor.need('signedDuration');
  return finish(cursor, applySign(cursor, sign.negative, sign.start, primary));
}

function parseDraft(cursor: Cursor, context: Context, frames: Frame[], onePrimary: boolean): Draft {
  for (;;) {
    let draft = parseOperand(cursor, context, frames);
    while (draft !== undefined) {
      if (onePrimary && frames.length === 0) return draft;
      const info = arithmeticOperator(cursor.kind);
      draft = reduce(cursor, frames, draft, info);
      if (info !== undefined) {
        frames.push({ kind: 'binary', info, start: cursor.lexer.start, left: draft });
        cursor.take();
        break;
      }
      const frame = frames.at(-1);
      if (frame === undefined) return draft;
      draft = closeBracket(cursor, context, frames, frame, draft);
    }
  }
}

function arithmeticOperator(kind: Token): OperatorInfo | undefined {
  return kind >= Token.ADD && kind <= Token.POW ? operatorOf(kind) : undefined;
}

/** Reads one operand; undefined when a sign or an opening bracket was read and the operand is to come. */
function parseOperand(cursor: Cursor, context: Context, frames: Frame[]): Draft | undefined {
  const { kind, lexer } = cursor;
  const { start } = lexer;
  switch (kind) {
    case Token.NUMBER:
    case Token.DURATION:
      return parseLiteral(cursor);
    case Token.TEMPLATE: {
      const text = splitVariables(lexer.value, start);
      if (typeof text === 'string') return cursor.unexpected(context.name, context.expected);
      const { end } = lexer;
      cursor.take();
      const span = cursor.span(start, end);
      return { value: Object.freeze({ type: 'TemplateDuration', text, span }), start, end };
    }
    case Token.ADD:
    case Token.SUB:
      cursor.take();
      frames.push({ kind: 'sign', negative: kind === Token.SUB, start });
      return undefined;
    case Token.LEFT_PAREN:
      cursor.take();
      frames.push({ kind: 'bracket', start });
      return undefined;
    case Token.STEP:
    case Token.RANGE:
      cursor.take();
      cursor.expect(Token.LEFT_PAREN, context.name, context.expected);
      cursor.expect(Token.RIGHT_PAREN, context.name, context.expected);
      return expression(cursor, kind === Token.STEP ? 'step' : 'range', [], start);
    case Token.MIN_OF:
    case Token.MAX_OF:
      cursor.take();
      cursor.expect(Token.LEFT_PAREN, context.name, context.expected);
      frames.push({ kind: 'call', op: kind === Token.MIN_OF ? 'min_of' : 'max_of', start });
      return undefined;
    default:
      return cursor.unexpected(context.name, context.expected);
  }
}

function parseLiteral(cursor: Cursor): Literal {
  const { kind } = cursor;
  const { start, end } = cursor.lexer;
  const seconds = cursor.number();
  return inRangeOfGo(cursor, { seconds, isNumber: kind === Token.NUMBER, start, end });
}

function inRangeOfGo(cursor: Cursor, literal: Literal): Literal {
  // Go turns NaN into the shortest duration there is; it gets here behind `offset` only.
  if (Number.isNaN(literal.seconds)) return { ...literal, seconds: -longestSeconds };
  if (Math.abs(literal.seconds) <= longestSeconds) return literal;
  cursor.report('duration out of range', literal.start, literal.end);
  return { ...literal, seconds: 0 };
}

/** Applies what binds tighter than the operator that follows; all of it where none follows. */
function reduce(cursor: Cursor, frames: Frame[], operand: Draft, next: OperatorInfo | undefined): Draft {
  let draft = operand;
  for (;;) {
    const frame = frames.at(-1);
    if (frame?.kind === 'sign') {
      if (next?.precedence === powerPrecedence) return draft;
      if ('seconds' in draft) cursor.need('signedDuration');
      draft = applySign(cursor, frame.negative, frame.start, draft);
    } else if (frame?.kind === 'binary') {
      const { precedence } = frame.info;
      if (next !== undefined && next.precedence >= precedence && !groupsLeft(next, precedence)) return draft;
      draft = applyOperator(cursor, frame.info, frame.start, frame.left, draft);
    } else {
      return draft;
    }
    frames.pop();
  }
}

function groupsLeft(next: OperatorInfo, precedence: number): boolean {
  return next.precedence === precedence && precedence !== powerPrecedence;
}

function closeBracket(
  cursor: Cursor,
  context: Context,
  frames: Frame[],
  frame: Frame,
  draft: Draft,
): Draft | undefined {
  if (frame.kind === 'call' && frame.first === undefined) {
    cursor.expect(Token.COMMA, context.name, context.expected);
    frame.first = draft;
    return undefined;
  }
  cursor.expect(Token.RIGHT_PAREN, context.name, context.expected);
  frames.pop();
  if (frame.kind === 'call' && frame.first !== undefined)
    return expression(cursor, frame.op, [frame.first, draft], frame.start);
  // Brackets around a literal make it an expression, which Prometheus checks only when it runs the query.
  return 'seconds' in draft ? expression(cursor, '+', [draft], frame.start) : draft;
}

function applySign(cursor: Cursor, negative: boolean, start: number, draft: Draft): Draft {
  if ('seconds' in draft) {
    const { seconds, isNumber, end } = draft;
    return inRangeOfGo(cursor, { seconds: negative ? -seconds : seconds, isNumber, start, end });
  }
  if (!negative) return draft;
  return expression(cursor, '-', [draft], start);
}

function applyOperator(cursor: Cursor, { op }: OperatorInfo, start: number, left: Draft, right: Draft): Draft {
  if ((op === '/' || op === '%') && 'seconds' in right && right.seconds === 0) {
    cursor.report(op === '/' ? 'division by zero' : 'modulo by zero', start, start + 1);
    return { seconds: 0, isNumber: true, start: left.start, end: right.end };
  }
  return expression(cursor, op as DurationExpr['op'], [left, right], left.start);
}

function expression(cursor: Cursor, op: DurationExpr['op'], drafts: readonly Draft[], start: number): Finished {
  const end = cursor.lastEnd;
  const [first] = drafts;
  // Grafana replaces a variable by a literal, in front of which a sign is none of arithmetic's.
  const signed = op === '-' && drafts.length === 1 && first !== undefined && isVariable(first);
  const requires = signed ? undefined : cursor.missing(syntaxOf(op));
  const value: DurationExpr = Object.freeze({
    type: 'DurationExpr',
    op,
    operands: Object.freeze(drafts.map((draft) => operandOf(cursor, draft))),
    span: cursor.span(start, end),
    ...(requires && { requires }),
  });
  return { value, start, end };
}

function syntaxOf(op: DurationExpr['op']): Syntax {
  if (op === 'step') return 'durationStep';
  if (op === 'range') return 'durationRange';
  return op === 'min_of' || op === 'max_of' ? 'durationExtremes' : 'durationArithmetic';
}

function isVariable(draft: Draft): boolean {
  return 'value' in draft && draft.value.type === 'TemplateDuration';
}

function operandOf(cursor: Cursor, draft: Draft): DurationOperand {
  if ('value' in draft) return draft.value;
  if (!draft.isNumber) return literalDuration(cursor, draft);
  const span = cursor.span(draft.start, draft.end);
  return Object.freeze({ type: 'NumberLiteral', value: draft.seconds + 0, span });
}

function finish(cursor: Cursor, draft: Draft): DurationValue {
  if ('value' in draft) return draft.value;
  if (draft.isNumber) cursor.need('numberAsDuration');
  return literalDuration(cursor, draft);
}

function literalDuration(cursor: Cursor, { seconds, start, end }: Literal): Duration {
  const milliseconds = toMilliseconds(seconds);
  return Object.freeze({ type: 'Duration', milliseconds, span: cursor.span(start, end) });
}

/** 0.1 + 0.2 seconds are 300 milliseconds: what a double cannot hold is no part of the duration. */
function toMilliseconds(seconds: number): number {
  const exact = seconds * 1000;
  const whole = Math.round(exact);
  // Adding 0 makes -0, which JSON lacks, 0.
  return (Math.abs(exact - whole) <= Math.abs(exact) * 2 ** -50 ? whole : exact) + 0;
}
