/** Makes nodes of what the parser has read, and holds them to the type rules. */
import type { AggregationSignature } from './aggregations.ts';
import type { AggregateExpr, BinaryExpr, Call, Expr, Requirement, UnaryExpr, VariableExpr } from './ast.ts';
import {
  checkAggregate,
  checkArgument,
  checkBinary,
  checkCall,
  checkInfoArgument,
  checkSides,
  checkUnary,
  type KnownType,
  outerSpan,
} from './check.ts';
import type { Cursor } from './cursor.ts';
import { functions } from './functions.ts';
import { numberLiteral, numberValue } from './literals.ts';
import type { AggregateFrame, BinaryFrame, CallFrame, Operand, SignFrame, VariableFrame } from './frames.ts';
import type { BinaryModifiers } from './parse-labels.ts';
import { quote } from './quote.ts';
import { aggregationAvailability, functionAvailability } from './requirements.ts';

function operand(node: Expr, type: KnownType): Operand {
  return { node, type, namedOutside: false };
}

function withRequires(
  needs: readonly Requirement[] | undefined,
): { readonly requires: readonly Requirement[] } | undefined {
  return needs && { requires: needs };
}

/** A sign in front of a number is part of it; not so in front of 0, because JSON has no -0. */
export function buildSign(cursor: Cursor, { op, start }: SignFrame, { node, type }: Operand): Operand {
  const { end } = outerSpan(node);
  const span = cursor.span(start, end);
  if (node.type === 'NumberLiteral' && node.parens === undefined && (op === '+' || node.value !== 0)) {
    const value = numberValue(node) * (op === '-' ? -1 : 1);
    const literal = numberLiteral(value, node.duration === true, span);
    return operand({ ...literal, ...withRequires(node.requires) }, type);
  }
  checkUnary(cursor, type, span);
  const unary: UnaryExpr = { type: 'UnaryExpr', op, expr: Object.freeze(node), span };
  return operand(unary, type);
}

function modifierFields({ bool, matching, fill }: BinaryModifiers): Pick<BinaryExpr, 'bool' | 'matching' | 'fill'> {
  return { ...(bool && { bool }), ...(matching && { matching }), ...(fill && { fill }) };
}

export function buildBinary(cursor: Cursor, frame: BinaryFrame, right: Operand): Operand {
  const { info, lhs, opStart, opEnd, modifiers, requires } = frame;
  const opSpan = cursor.span(opStart, opEnd);
  const node: BinaryExpr = {
    type: 'BinaryExpr',
    op: info.op,
    opSpan,
    lhs: Object.freeze(lhs.node),
    rhs: Object.freeze(right.node),
    ...modifierFields(modifiers),
    span: cursor.span(outerSpan(lhs.node).start, outerSpan(right.node).end),
    ...withRequires(requires),
  };
  const types = { left: lhs.type, right: right.type };
  checkBinary(cursor, node, info, types, opSpan);
  return operand(node, binaryType(types.left, types.right));
}

/** Which rules hold between the two sides depends on the operator, so that only their types are looked at. */
export function buildVariableOperation(cursor: Cursor, frame: VariableFrame, right: Operand): Operand {
  const { variable, lhs, modifiers, requires } = frame;
  const operands = { lhs: Object.freeze(lhs.node), rhs: Object.freeze(right.node), ...modifierFields(modifiers) };
  checkSides(cursor, operands, lhs.type, right.type);
  const node: VariableExpr = {
    type: 'VariableExpr',
    variable,
    operands: Object.freeze(operands),
    span: cursor.span(outerSpan(lhs.node).start, outerSpan(right.node).end),
    ...withRequires(requires),
  };
  return operand(node, binaryType(lhs.type, right.type));
}

function binaryType(left: KnownType, right: KnownType): KnownType {
  if (left === 'scalar' && right === 'scalar') return 'scalar';
  const known = (type: KnownType): boolean => type === 'any' || type === 'scalar';
  return known(left) && known(right) ? 'any' : 'vector';
}

/** Takes an argument that has been read to its end. */
export function addArgument(
  cursor: Cursor,
  frame: CallFrame | AggregateFrame,
  { node, type, namedOutside }: Operand,
): void {
  const { args, types, marks } = frame;
  if (frame.kind === 'call') {
    if (frame.name === 'info' && args.length === 1) checkInfoArgument(cursor, node, namedOutside);
    checkArgument(cursor, node, type, args.length, frame.name);
  }
  args.push(Object.freeze(node));
  types.push(type);
  marks.push(cursor.typeProblems.length);
}

export function buildCall(cursor: Cursor, frame: CallFrame): Operand {
  const { name, start, nameEnd, args, marks } = frame;
  const span = cursor.span(start, cursor.lastEnd);
  const signature = functions.get(name);
  if (signature === undefined) cursor.report(`unknown function with name ${quote(name)}`, start, nameEnd);
  else cursor.require(functionAvailability(signature));
  const node: Call = {
    type: 'Call',
    func: name,
    funcSpan: cursor.span(start, nameEnd),
    args: Object.freeze(args),
    span,
    ...withRequires(cursor.takeNeeds()),
  };
  if (signature !== undefined) checkCall(cursor, args.length, signature, span, marks[0] ?? 0);
  return operand(node, signature?.returns ?? 'any');
}

export function buildAggregate(cursor: Cursor, frame: AggregateFrame, signature: AggregationSignature): Operand {
  const { op, start, opEnd, grouping, args, requires } = frame;
  const span = cursor.span(start, cursor.lastEnd);
  const wanted = signature.param === undefined ? 1 : 2;
  const expr = args[wanted - 1];
  if (args.length === 0) cursor.report('no arguments for aggregate expression provided', span.start, span.end);
  else if (args.length !== wanted || expr === undefined)
    cursor.report(
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`,
      span.start,
      span.end,
    );
  if (args.length !== wanted || expr === undefined) {
    const error: Expr = { type: 'ErrorExpr', children: Object.freeze(args), span };
    return operand(error, 'vector');
  }
  cursor.require(aggregationAvailability(signature));
  const needs = cursor.takeNeeds();
  const param = wanted === 2 ? args[0] : undefined;
  const all = requires && needs ? Object.freeze([...needs, ...requires]) : (needs ?? requires);
  const node: AggregateExpr = {
    type: 'AggregateExpr',
    op,
    opSpan: cursor.span(start, opEnd),
    ...(param && { param }),
    expr,
    ...(grouping && { grouping }),
    span,
    ...withRequires(all),
  };
  checkAggregate(cursor, args, frame, signature);
  return operand(node, 'vector');
}
