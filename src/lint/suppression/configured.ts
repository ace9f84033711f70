/** Suppressions that the configuration gives: by code, and by file, folder, dashboard, panel or rule. */
import type { PlacedDiagnostic } from '../placed.ts';
import { pathMatches } from '../../diagnostics/path-pattern.ts';

export interface ConfiguredSuppression {
  /** A code such as `Q203`, or its name. */
  readonly code: string;
  /**
   * A file, a folder, or a pattern: `*` is anything within a name, `**` any number of folders. Counted from the
   * folder in which the command runs. Left out: every file.
   */
  readonly files?: string;
  /** Text that one of the places of the diagnostic holds, such as `panel "Memory"`. Left out: every place. */
  readonly where?: string;
  readonly reason: string;
}

/** Whether a suppression speaks of a file. */
export function coversFile({ files }: ConfiguredSuppression, path: string): boolean {
  return files === undefined || pathMatches(files, path);
}

/** Whether a suppression speaks of a diagnostic's place; its code is not looked at. */
export function coversPlace(suppression: ConfiguredSuppression, { diagnostic, file }: PlacedDiagnostic): boolean {
  const { where } = suppression;
  if (!coversFile(suppression, file.path)) return false;
  return where === undefined || diagnostic.where.join(' › ').includes(where);
}
