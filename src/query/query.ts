/**
 * The untyped value behind the typed face: what an author's expression is at run time. Type parameters live
 * in the face only; compilers and the analysis see this.
 */
import type { Expr } from '../promql/ast.ts';
import type { CapturedPosition } from '../source/position.ts';

export interface QueryValue {
  readonly kind: 'query';
  /** The tree. A range left out is a TemplateDuration of the variable `__auto_range` until `resolveAutoRange` is called. */
  readonly expr: Expr;
  /** Where the author called the outermost function; nowhere for a metric as it is. */
  readonly position: CapturedPosition;
  /** Call site of each node that a function of the face built, so that a fault points at the innermost call. */
  readonly origins: ReadonlyMap<Expr, CapturedPosition>;
}
