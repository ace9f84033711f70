/**
 * Where an author wrote a definition.
 *
 * A diagnostic about emitted text has to point into the TypeScript that caused it, so every definition
 * remembers its own call site. Capturing is cheap (V8 formats a stack only when it is read); parsing the
 * stack is put off until somebody asks.
 */

/** A place in an author's file. Lines and columns count from 1, columns in UTF-16 units. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A call site that has not been looked at yet. */
export interface CapturedPosition {
  /** The author's file, line and column; `undefined` where the runtime gives no stack. */
  resolve(): SourcePosition | undefined;
}

/** Of what the author did not call into being where it is used. */
export const NOWHERE: CapturedPosition = { resolve: () => undefined };

const FRAME = /\(?((?:file:\/\/)?\/?[^()\s][^()]*?):(\d+):(\d+)\)?$/;

/**
 * Remembers the place that called `callee`.
 *
 * @param callee the public function that the author called: its own frame and all above it are left out
 * @returns the call site, read only when `resolve` is called
 */
export function capturePosition(callee: (...args: never[]) => unknown): CapturedPosition {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, callee);
  Error.stackTraceLimit = limit;
  let resolved: SourcePosition | null | undefined;
  return {
    resolve() {
      resolved ??= parse(holder.stack);
      return resolved ?? undefined;
    },
  };
}

function parse(stack: string | undefined): SourcePosition | null {
  const frame = stack?.split('\n')[1]?.trim();
  const match = frame === undefined ? null : FRAME.exec(frame.replace(/^at /, ''));
  if (!match) return null;
  const [, file = '', line, column] = match;
  return { file, line: Number(line), column: Number(column) };
}
