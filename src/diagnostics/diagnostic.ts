/** What is wrong, where, why and what to do: the one shape that every check, loader and validator reports. */
import type { Span } from '../promql/ast.ts';
import type { SourcePosition } from '../source/position.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A mechanical repair. */
interface Replacement {
  /** The part of the PromQL text to replace. */
  readonly span: Span;
  readonly text: string;
}

export interface Diagnostic {
  /** Letter and number, such as `Q203`; never reused. */
  readonly code: string;
  /** The same in words, such as `rate-needs-counter`. */
  readonly name: string;
  readonly severity: Severity;
  /** What is wrong: one sentence that names the metric, label or unit. */
  readonly message: string;
  /** The fact behind it. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** Where the author wrote it. */
  readonly position?: SourcePosition;
  /** The emitted query and the part of it that is at fault. */
  readonly promql?: { readonly text: string; readonly span: Span };
  /** From outer to inner: dashboard, panel, target; or group, alert. */
  readonly where: readonly string[];
  readonly related?: readonly { readonly message: string; readonly position?: SourcePosition; readonly span?: Span }[];
  readonly replacement?: Replacement;
}
