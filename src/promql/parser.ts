/**
 * The parser: Pratt's method with the stack in the open, so that neither brackets nor signs nor `^` can nest
 * too deep for it.
 */
import type { AggregateOp, Expr, Template, Text } from './ast.ts';
import { aggregations } from './aggregations.ts';
import { addArgument, buildAggregate, buildBinary, buildCall, buildSign, buildVariableOperation } from './build.ts';
import { type KnownType, outerSpan } from './check.ts';
import { type Cursor, SyntaxStop } from './cursor.ts';
import type { AggregateFrame, CallFrame, Frame, Operand } from './frames.ts';
import { isNameTemplate, splitVariables } from './grafana.ts';
import { numberLiteral } from './literals.ts';
import { operatorOf, powerPrecedence, signPrecedence, variablePrecedence } from './operators.ts';
import { parseBinaryModifiers, parseGrouping } from './parse-labels.ts';
import { finishTarget, parsePostfix, type Target } from './parse-postfix.ts';
import { parseSelector } from './parse-selector.ts';
import { isFunctionName, isMetricIdentifier, Token } from './tokens.ts';

/**
 * Reads a whole query.
 *
 * @param recover makes an operand of what could not be read; without it the parser stops there
 */
export function parseQuery(cursor: Cursor, recover?: Recover): Operand {
  const frames: Frame[] = [];
  let operand: Operand | undefined;
  while (operand === undefined || frames.length > 0 || !atEnd(cursor)) {
    try {
      operand = operand === undefined ? parseOperand(cursor, frames) : parseOperator(cursor, frames, operand);
    } catch (error) {
      if (recover === undefined || !(error instanceof SyntaxStop)) throw error;
      operand = recover(cursor, frames, operand);
    }
  }
  return operand;
}

/** Goes on after an error; at the end of the text it leaves no frame open. */
export type Recover = (cursor: Cursor, frames: Frame[], operand: Operand | undefined) => Operand;

function atEnd({ kind }: Cursor): boolean {
  return kind === Token.EOF;
}

/**
 * Reads one operand with what belongs to it alone.
 *
 * @returns undefined when a sign or an opening bracket was read, and the operand is still to come
 */
function parseOperand(cursor: Cursor, frames: Frame[]): Operand | undefined {
  const { kind, start } = cursor.lexer;
  switch (kind) {
    case Token.LEFT_PAREN:
      cursor.take();
      frames.push({ kind: 'group', start });
      return undefined;
    case Token.ADD:
    case Token.SUB:
      cursor.take();
      frames.push({ kind: 'sign', op: kind === Token.ADD ? '+' : '-', start });
      return undefined;
    case Token.NUMBER:
    case Token.DURATION: {
      const value = cursor.number();
      const duration = kind === Token.DURATION;
      if (duration) cursor.need('durationAsNumber');
      const requires = cursor.takeNeeds();
      const literal = numberLiteral(value, duration, cursor.span(start, cursor.lastEnd));
      return finishOperand(cursor, { ...literal, ...(requires && { requires }) }, 'scalar');
    }
    case Token.STRING: {
      const value = cursor.string();
      const span = cursor.span(start, cursor.lastEnd);
      return finishOperand(cursor, { type: 'StringLiteral', value, span }, 'string');
    }
    case Token.TEMPLATE:
      return parseTemplate(cursor, frames);
    case Token.LEFT_BRACE:
      return finishSelector(cursor, frames, undefined);
    default:
      return parseNamed(cursor, frames);
  }
}

/** Reads what starts with a word: a function, an aggregation or a metric. */
function parseNamed(cursor: Cursor, frames: Frame[]): Operand | undefined {
  const { kind, start, end, value } = cursor.lexer;
  if (!isMetricIdentifier(kind)) return cursor.unexpected();
  cursor.take();
  const next = cursor.kind;
  if (next === Token.LEFT_PAREN && isFunctionName(kind)) {
    cursor.take();
    const frame: CallFrame = {
      kind: 'call',
      name: value,
      start,
      nameEnd: end,
      args: [],
      types: [],
      marks: [cursor.typeProblems.length],
    };
    return cursor.accept(Token.RIGHT_PAREN) ? continueOperand(cursor, buildCall(cursor, frame)) : open(frames, frame);
  }
  const byOrWithout = next === Token.BY || next === Token.WITHOUT;
  if (kind === Token.AGGREGATOR && (next === Token.LEFT_PAREN || byOrWithout)) {
    const grouping = byOrWithout ? parseGrouping(cursor) : undefined;
    cursor.openAggregations += 1;
    cursor.expect(Token.LEFT_PAREN);
    const op = value.toLowerCase() as AggregateOp;
    const requires = cursor.takeNeeds();
    const frame: AggregateFrame = {
      kind: 'aggregate',
      op,
      start,
      opEnd: end,
      grouping,
      requires,
      args: [],
      types: [],
      marks: [cursor.typeProblems.length],
    };
    return cursor.accept(Token.RIGHT_PAREN) ? closeAggregate(cursor, frame) : open(frames, frame);
  }
  return finishSelector(cursor, frames, { text: value, start });
}

function open(frames: Frame[], frame: Frame): undefined {
  frames.push(frame);
}

function parseTemplate(cursor: Cursor, frames: Frame[]): Operand | undefined {
  const { value, start } = cursor.lexer;
  const text = splitVariables(value, start) as Template;
  cursor.take();
  if (isNameTemplate(text) || cursor.kind === Token.LEFT_BRACE) return finishSelector(cursor, frames, { text, start });
  const span = cursor.span(start, cursor.lastEnd);
  return finishOperand(cursor, { type: 'VariableExpr', variable: text, span }, 'any');
}

function finishSelector(
  cursor: Cursor,
  frames: readonly Frame[],
  name: { readonly text: Text; readonly start: number } | undefined,
): Operand {
  const top = frames.at(-1);
  const ofInfo = top?.kind === 'call' && top.name === 'info' && top.args.length === 1;
  const selector = parseSelector(cursor, name, ofInfo);
  const { start, end } = selector;
  const requires = cursor.takeNeeds();
  const target: Target = { kind: 'vector', type: 'vector', start, end, selector };
  if (requires) target.requires = requires;
  const finished = parsePostfix(cursor, target);
  return {
    node: finishTarget(cursor, finished),
    type: finished.type,
    namedOutside: selector.namedOutside,
  };
}

function finishOperand(cursor: Cursor, node: Expr, type: KnownType): Operand {
  return continueOperand(cursor, { node, type, namedOutside: false });
}

/** Reads modifiers behind an operand that takes none, in order to refuse them. */
function continueOperand(cursor: Cursor, operand: Operand): Operand {
  const { kind } = cursor;
  const isModifier = kind >= Token.OFFSET && kind <= Token.SMOOTHED;
  if (kind !== Token.LEFT_BRACKET && kind !== Token.AT && !isModifier) return operand;
  const { node, type } = operand;
  const { start, end } = outerSpan(node);
  const target = parsePostfix(cursor, { kind: 'other', type, node, start, end });
  return { node: finishTarget(cursor, target), type: target.type, namedOutside: false };
}

/**
 * Reads what stands behind an operand: an operator, a comma or a closing bracket.
 *
 * @returns undefined when another operand must follow
 */
function parseOperator(cursor: Cursor, frames: Frame[], operand: Operand): Operand | undefined {
  const info = operatorOf(cursor.kind);
  const reduced = reduce(cursor, frames, operand, info?.precedence ?? variablePrecedence);
  if (info !== undefined) {
    const { start, end } = cursor.lexer;
    if (info.kind === 'trim') cursor.need('trim');
    cursor.take();
    const modifiers = parseBinaryModifiers(cursor);
    const requires = cursor.takeNeeds();
    frames.push({ kind: 'binary', info, lhs: reduced, opStart: start, opEnd: end, modifiers, requires });
    return undefined;
  }
  if (cursor.kind === Token.TEMPLATE) return parseVariableOperator(cursor, frames, reduced);
  const frame = frames.at(-1);
  if (frame?.kind === 'group') {
    const { node, type } = reduced;
    cursor.expect(Token.RIGHT_PAREN);
    frames.pop();
    const parens = cursor.span(frame.start, cursor.lastEnd);
    return continueOperand(cursor, { node: { ...node, parens }, type, namedOutside: false });
  }
  if (frame?.kind === 'call' || frame?.kind === 'aggregate') return parseArgumentEnd(cursor, frames, frame, reduced);
  return atEnd(cursor) ? reduced : cursor.unexpected();
}

function parseVariableOperator(cursor: Cursor, frames: Frame[], lhs: Operand): undefined {
  const variable = splitVariables(cursor.lexer.value, cursor.lexer.start) as Template;
  if (variable.parts.length > 1) cursor.unexpected();
  cursor.take();
  const modifiers = parseBinaryModifiers(cursor);
  frames.push({ kind: 'variable', variable, lhs, modifiers, requires: cursor.takeNeeds() });
}

/** Applies what binds tighter than the operator that follows; all of it where none follows. */
export function reduce(cursor: Cursor, frames: Frame[], operand: Operand, precedence: number): Operand {
  let result = operand;
  for (;;) {
    const frame = frames.at(-1);
    if (frame?.kind === 'sign') {
      if (precedence > signPrecedence) return result;
      result = buildSign(cursor, frame, result);
    } else if (frame?.kind === 'binary') {
      const bound = frame.info.precedence;
      if (precedence > bound || (precedence === bound && bound === powerPrecedence)) return result;
      result = buildBinary(cursor, frame, result);
    } else if (frame?.kind === 'variable' && precedence === variablePrecedence) {
      result = buildVariableOperation(cursor, frame, result);
    } else {
      return result;
    }
    frames.pop();
  }
}

function parseArgumentEnd(
  cursor: Cursor,
  frames: Frame[],
  frame: CallFrame | AggregateFrame,
  operand: Operand,
): Operand | undefined {
  if (cursor.kind !== Token.COMMA && cursor.kind !== Token.RIGHT_PAREN) return cursor.unexpected();
  addArgument(cursor, frame, operand);
  const comma = cursor.lexer.start;
  if (cursor.accept(Token.COMMA)) {
    if (mayStartOperand(cursor.kind)) return undefined;
    cursor.reportLexer();
    if (!cursor.isUnfinished) cursor.report('trailing commas not allowed in function call args', comma, comma + 1);
  }
  cursor.expect(Token.RIGHT_PAREN);
  frames.pop();
  return frame.kind === 'call' ? continueOperand(cursor, buildCall(cursor, frame)) : closeAggregate(cursor, frame);
}

function mayStartOperand(kind: Token): boolean {
  return operandStarts.has(kind) || isMetricIdentifier(kind);
}

const operandStarts: ReadonlySet<Token> = new Set<Token>([
  Token.LEFT_PAREN,
  Token.LEFT_BRACE,
  Token.ADD,
  Token.SUB,
  Token.NUMBER,
  Token.DURATION,
  Token.STRING,
  Token.TEMPLATE,
]);

function closeAggregate(cursor: Cursor, frame: AggregateFrame): Operand {
  const { kind } = cursor;
  if (frame.grouping === undefined && (kind === Token.BY || kind === Token.WITHOUT)) {
    frame.grouping = parseGrouping(cursor);
    frame.requires = cursor.takeNeeds();
  }
  cursor.openAggregations -= 1;
  const signature = aggregations.get(frame.op);
  if (signature === undefined) return cursor.unexpected('aggregation');
  return continueOperand(cursor, buildAggregate(cursor, frame, signature));
}
