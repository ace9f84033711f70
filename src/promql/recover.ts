/** Going on after an error, so that editors get a tree of what can be read and every error there is. */
import type { ErrorExpr } from './ast.ts';
import { aggregations } from './aggregations.ts';
import { addArgument, buildAggregate, buildCall } from './build.ts';
import type { Cursor } from './cursor.ts';
import type { Frame, Operand } from './frames.ts';
import { operatorOf, variablePrecedence } from './operators.ts';
import { reduce } from './parser.ts';
import { Token } from './tokens.ts';

/**
 * Makes an error node of what could not be read, up to where an operand may end.
 *
 * @param operand what had been read in front of the error
 */
export function recover(cursor: Cursor, frames: Frame[], operand: Operand | undefined): Operand {
  const { start } = cursor.lexer;
  const skipped = skip(cursor, frames);
  // Where only brackets are missing, nothing has to be given up.
  if (operand !== undefined && !skipped) return closeAll(cursor, frames, operand);
  const from = operand?.node.parens?.start ?? operand?.node.span?.start ?? start;
  const node: ErrorExpr = {
    type: 'ErrorExpr',
    children: Object.freeze(operand === undefined ? [] : [Object.freeze(operand.node)]),
    span: cursor.span(Math.min(from, start), Math.max(cursor.lastEnd, start)),
  };
  const error: Operand = { node, type: 'any', namedOutside: false };
  return cursor.kind === Token.EOF ? closeAll(cursor, frames, error) : error;
}

/**
 * Skips to the comma or bracket that ends the operand, to an operator, or to the end.
 *
 * @returns false when the text had ended already
 */
function skip(cursor: Cursor, frames: readonly Frame[]): boolean {
  const { lexer } = cursor;
  const opener = frames.findLast(({ kind }) => kind === 'group' || kind === 'call' || kind === 'aggregate');
  let depth = 0;
  let skipped = false;
  while (cursor.kind !== Token.EOF) {
    const { problem } = lexer;
    if (problem !== undefined) {
      // One error says enough about what stands between braces.
      if (!lexer.isInside) cursor.reportLexer();
      skipped ||= problem.start < lexer.text.length;
      lexer.resume();
      continue;
    }
    if (depth === 0) {
      if (cursor.kind === Token.RIGHT_PAREN && opener !== undefined) {
        lexer.leave();
        return true;
      }
      if (!lexer.isInside) {
        if (cursor.kind === Token.COMMA && opener !== undefined && opener.kind !== 'group') return true;
        if (skipped && operatorOf(cursor.kind) !== undefined) return true;
      }
    }
    if (cursor.kind === Token.LEFT_PAREN) depth += 1;
    if (cursor.kind === Token.RIGHT_PAREN && depth > 0) depth -= 1;
    cursor.take();
    skipped = true;
  }
  return skipped;
}

/** Ends everything that is still open where the text ends. */
function closeAll(cursor: Cursor, frames: Frame[], last: Operand): Operand {
  cursor.quiet = true;
  let operand = last;
  for (;;) {
    operand = reduce(cursor, frames, operand, variablePrecedence);
    const frame = frames.pop();
    if (frame === undefined) return operand;
    if (frame.kind !== 'call' && frame.kind !== 'aggregate') continue;
    addArgument(cursor, frame, operand);
    const signature = frame.kind === 'aggregate' ? aggregations.get(frame.op) : undefined;
    if (frame.kind === 'call') operand = buildCall(cursor, frame);
    else if (signature !== undefined) operand = buildAggregate(cursor, frame, signature);
  }
}
