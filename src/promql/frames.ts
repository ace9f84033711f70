/** What the parser keeps of a construct whose end it has not seen. */
import type { AggregateOp, Expr, Grouping, Requirement, Template, UnaryExpr } from './ast.ts';
import type { KnownType } from './check.ts';
import type { OperatorInfo } from './operators.ts';
import type { BinaryModifiers } from './parse-labels.ts';

/** A finished operand; it is frozen when it becomes part of a node. */
export interface Operand {
  readonly node: Expr;
  readonly type: KnownType;
  /** A selector whose name stands in front of its braces. */
  readonly namedOutside: boolean;
}

interface GroupFrame {
  readonly kind: 'group';
  readonly start: number;
}

export interface CallFrame {
  readonly kind: 'call';
  readonly name: string;
  readonly start: number;
  readonly nameEnd: number;
  readonly args: Expr[];
  readonly types: KnownType[];
  /** How many faults of type were known in front of each argument, and behind the last one. */
  readonly marks: number[];
}

export interface AggregateFrame {
  readonly kind: 'aggregate';
  readonly op: AggregateOp;
  readonly start: number;
  readonly opEnd: number;
  grouping: Grouping | undefined;
  requires: readonly Requirement[] | undefined;
  readonly args: Expr[];
  readonly types: KnownType[];
  /** How many faults of type were known in front of each argument, and behind the last one. */
  readonly marks: number[];
}

export interface SignFrame {
  readonly kind: 'sign';
  readonly op: UnaryExpr['op'];
  readonly start: number;
}

export interface BinaryFrame {
  readonly kind: 'binary';
  readonly info: OperatorInfo;
  readonly lhs: Operand;
  readonly opStart: number;
  readonly opEnd: number;
  readonly modifiers: BinaryModifiers;
  readonly requires: readonly Requirement[] | undefined;
}

/** As a binary operator, but Grafana knows which. */
export interface VariableFrame {
  readonly kind: 'variable';
  readonly variable: Template;
  readonly lhs: Operand;
  readonly modifiers: BinaryModifiers;
  readonly requires: readonly Requirement[] | undefined;
}

export type Frame = GroupFrame | CallFrame | AggregateFrame | SignFrame | BinaryFrame | VariableFrame;
