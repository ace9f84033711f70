/** Numbers as they are written. */
import type { NumberLiteral } from '../../promql/ast.ts';

/** The value of a literal; JSON has no word for three of them, so the tree writes those as text. */
export function numberOf({ value }: NumberLiteral): number {
  if (typeof value === 'number') return value;
  return value === 'NaN' ? NaN : value === '+Inf' ? Infinity : -Infinity;
}
