/** Divisions whose divisor can be 0: three codes share the fact. */
import type { BinaryExpr, Expr } from '../promql/ast.ts';
import type { Query } from './check.ts';
import { mayBeNumber } from './facts/interval.ts';
import { valueOf } from './facts/source.ts';
import { numeral, operation } from './rewrite.ts';
import { RATES } from './facts/call.ts';

/**
 * Whether the divisor is 0 in the ordinary course of things.
 *
 * The rate of a counter is, whenever nothing happens. Of anything else it takes the catalogue to tell.
 */
export function mayDivideByZero(node: BinaryExpr, query: Query): boolean {
  const divisor = query.of(node.rhs);
  if (!mayBeNumber(valueOf(divisor), 0)) return false;
  const idle = divisor.sources.every(({ ranges }) => ranges.some(({ func }) => RATES.has(func)));
  return (
    idle ||
    divisor.sources.every(({ origins }) => origins.length > 0 && origins.every(({ metric }) => metric !== undefined))
  );
}

/** The division that gives a value its NaN; `undefined` where something else does, or where it has none. */
export function nanDivision(node: Expr, query: Query): BinaryExpr | undefined {
  for (const { nanFrom, value } of query.of(node).sources) {
    const divides = nanFrom?.type === 'BinaryExpr' && (nanFrom.op === '/' || nanFrom.op === '%');
    if (divides && value.nan === true && mayDivideByZero(nanFrom, query)) return nanFrom;
  }
  return undefined;
}

/** The division without the series whose divisor is 0. */
export function guarded(division: BinaryExpr, query: Query): BinaryExpr {
  const positive = valueOf(query.of(division.rhs)).min >= 0;
  return { ...division, rhs: operation(positive ? '>' : '!=', division.rhs, numeral(0)) };
}
