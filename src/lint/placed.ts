import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { lineStarts } from './text/source-text.ts';
import type { FileText, SourceText } from './text/source-text.ts';

/** A diagnostic of a linted file, and what it is about. */
export interface PlacedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly file: FileText;
  /** The expression that the diagnostic's spans count in. */
  readonly expr?: SourceText;
}

/** Where in its file a diagnostic points. */
export function fileOffset({ diagnostic, file }: PlacedDiagnostic): number {
  const { line, column } = diagnostic.position ?? { line: 1, column: 1 };
  return (lineStarts(file)[line - 1] ?? 0) + column - 1;
}
