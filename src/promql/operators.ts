import type { BinaryOp } from './ast.ts';
import { Token } from './tokens.ts';

type OperatorKind = 'arithmetic' | 'comparison' | 'trim' | 'set';

export interface OperatorInfo {
  readonly op: BinaryOp;
  /** Higher binds tighter. */
  readonly precedence: number;
  readonly kind: OperatorKind;
}

/** A sign binds as tightly as a multiplication: `-2 ^ 2` is -4, `-2 * 2` is (-2) * 2. */
export const signPrecedence = 5;

/** The only operator that groups from the right: `2 ^ 3 ^ 2` is 2 ^ (3 ^ 2). */
export const powerPrecedence = 6;

/** An operator that Grafana fills in may be any; it is read as binding loosest of all. */
export const variablePrecedence = 0;

type Row = readonly [Token, BinaryOp, number, OperatorKind];

/** Source: the table of precedences in Prometheus' `generated_parser.y`. */
const rows: readonly Row[] = [
  [Token.LOR, 'or', 1, 'set'],
  [Token.LAND, 'and', 2, 'set'],
  [Token.LUNLESS, 'unless', 2, 'set'],
  [Token.EQLC, '==', 3, 'comparison'],
  [Token.NEQ, '!=', 3, 'comparison'],
  [Token.GTE, '>=', 3, 'comparison'],
  [Token.GTR, '>', 3, 'comparison'],
  [Token.LTE, '<=', 3, 'comparison'],
  [Token.LSS, '<', 3, 'comparison'],
  [Token.TRIM_UPPER, '</', 3, 'trim'],
  [Token.TRIM_LOWER, '>/', 3, 'trim'],
  [Token.ADD, '+', 4, 'arithmetic'],
  [Token.SUB, '-', 4, 'arithmetic'],
  [Token.MUL, '*', signPrecedence, 'arithmetic'],
  [Token.DIV, '/', signPrecedence, 'arithmetic'],
  [Token.MOD, '%', signPrecedence, 'arithmetic'],
  [Token.ATAN2, 'atan2', signPrecedence, 'arithmetic'],
  [Token.POW, '^', powerPrecedence, 'arithmetic'],
];

const infos: readonly (readonly [Token, OperatorInfo])[] = rows.map(([token, op, precedence, kind]) => [
  token,
  { op, precedence, kind },
]);

const byToken: readonly (OperatorInfo | undefined)[] = sparse(infos);

function sparse(entries: readonly (readonly [Token, OperatorInfo])[]): readonly (OperatorInfo | undefined)[] {
  const table = Array<OperatorInfo | undefined>(Token.AGGREGATOR + 1).fill(undefined);
  for (const [token, info] of entries) table[token] = info;
  return table;
}

/** The binary operators by name. */
export const operators: ReadonlyMap<BinaryOp, OperatorInfo> = new Map(infos.map(([, info]) => [info.op, info]));

/** The operator that a token is, if it is one. */
export function operatorOf(token: Token): OperatorInfo | undefined {
  return byToken[token];
}
