import type { Duration, DurationExpr, DurationValue, NumberLiteral, TemplateDuration } from './ast.ts';
import { printDuration } from './duration.ts';
import { printText } from './grafana.ts';
import { printNumber } from './numbers.ts';
import { operators, powerPrecedence, signPrecedence } from './operators.ts';

/** What a duration is made of. */
export type DurationNode = Duration | TemplateDuration | DurationExpr | NumberLiteral;

type DurationPiece = string | DurationNode;

/** Writes seconds as a duration where they are whole milliseconds, else as a number. */
export function printSeconds(seconds: number): string {
  return printMilliseconds(Math.round(seconds * 1000), seconds);
}

function printMilliseconds(milliseconds: number, seconds: number): string {
  const isWhole = Number.isInteger(milliseconds) && Math.abs(milliseconds / 1000 - seconds) < 1e-9;
  return isWhole ? printDuration(milliseconds) : printNumber(seconds);
}

/** The parts of a duration between square brackets, or of an operand of another duration. */
export function durationPieces(node: DurationNode): readonly DurationPiece[] {
  switch (node.type) {
    case 'Duration':
      return [printMilliseconds(node.milliseconds, node.milliseconds / 1000)];
    case 'TemplateDuration':
      return [printText(node.text)];
    case 'NumberLiteral':
      return [printNumber(node.value)];
    case 'DurationExpr':
      return expressionPieces(node);
  }
}

/** The parts of a duration behind `offset`, where arithmetic needs brackets around it. */
export function offsetPieces(node: DurationValue): readonly DurationPiece[] {
  if (node.type !== 'DurationExpr' || node.op.length > 1) return [node];
  const [first, second] = node.operands;
  if (node.op !== '-' || second !== undefined || first === undefined)
    return isLiteralInBrackets(node) ? [node] : ['(', node, ')'];
  const callOrVariable = first.type === 'TemplateDuration' || (first.type === 'DurationExpr' && first.op.length > 1);
  if (callOrVariable || (first.type === 'DurationExpr' && isLiteralInBrackets(first))) return ['-', first];
  return ['-(', first, ')'];
}

function isLiteralInBrackets({ op, operands }: DurationExpr): boolean {
  const [only, more] = operands;
  return op === '+' && more === undefined && only !== undefined && isLiteral(only);
}

function isLiteral({ type }: DurationNode): boolean {
  return type === 'Duration' || type === 'NumberLiteral';
}

function expressionPieces(node: DurationExpr): readonly DurationPiece[] {
  const { op, operands } = node;
  const [left, right] = operands;
  if (left === undefined) return [`${op}()`];
  if (op === 'min_of' || op === 'max_of')
    return right === undefined ? [`${op}(`, left, ')'] : [`${op}(`, left, ', ', right, ')'];
  if (right !== undefined) {
    return [
      ...bracketed(left, leftNeedsBrackets(op, left)),
      ` ${op} `,
      ...bracketed(right, rightNeedsBrackets(op, right)),
    ];
  }
  if (op === '+') return isLiteral(left) ? ['(', left, ')'] : [left];
  return ['-', ...bracketed(left, !isSigned(left) && precedenceOf(left) <= signPrecedence)];
}

function bracketed(node: DurationNode, brackets: boolean): readonly DurationPiece[] {
  return brackets ? ['(', node, ')'] : [node];
}

function leftNeedsBrackets(op: DurationExpr['op'], left: DurationNode): boolean {
  const own = precedenceOfOperator(op);
  const inner = precedenceOf(left);
  return inner < own || (inner === own && own === powerPrecedence);
}

function rightNeedsBrackets(op: DurationExpr['op'], right: DurationNode): boolean {
  if (isSigned(right)) return false;
  const own = precedenceOfOperator(op);
  const inner = precedenceOf(right);
  return inner < own || (inner === own && own !== powerPrecedence);
}

function isSigned(node: DurationNode): boolean {
  if (node.type === 'Duration') return node.milliseconds < 0;
  if (node.type === 'NumberLiteral') return typeof node.value === 'number' && node.value < 0;
  return node.type === 'DurationExpr' && node.op === '-' && node.operands.length === 1;
}

function precedenceOf(node: DurationNode): number {
  if (isSigned(node)) return signPrecedence;
  if (node.type !== 'DurationExpr' || node.operands.length < 2) return Infinity;
  return precedenceOfOperator(node.op);
}

function precedenceOfOperator(op: DurationExpr['op']): number {
  switch (op) {
    case 'step':
    case 'range':
    case 'min_of':
    case 'max_of':
      return Infinity;
    default:
      return operators.get(op)?.precedence ?? Infinity;
  }
}
