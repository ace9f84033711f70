import type { NumberLiteral, Span } from './ast.ts';

/**
 * Makes a number literal; NaN and infinities, which JSON lacks, are named. -0 becomes 0.
 *
 * @param value the number, a duration in seconds
 * @param duration whether it was written as one
 */
export function numberLiteral(value: number, duration: boolean, span?: Span): NumberLiteral {
  return {
    type: 'NumberLiteral',
    value: Number.isFinite(value) ? value + 0 : nameOf(value),
    ...(duration && { duration }),
    ...(span && { span }),
  };
}

function nameOf(value: number): 'NaN' | '+Inf' | '-Inf' {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

/** The value of a number literal as a number. */
export function numberValue({ value }: Pick<NumberLiteral, 'value'>): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return NaN;
  return value === '+Inf' ? Infinity : -Infinity;
}
