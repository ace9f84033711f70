/** Which codes speak, and how loudly. */
import type { Severity } from '../diagnostics/diagnostic.ts';
import { codeEntry, findCode, type Code } from './codes.ts';

export interface Settings {
  /** By code or name; `off` switches a code off. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/** How loud a code is under some settings. */
export function severityOf(code: Code, settings: Settings): Severity | 'off' {
  const entry = codeEntry(code);
  return settings.severities?.[code] ?? settings.severities?.[entry.name] ?? entry.severity;
}

/** Codes in settings that do not exist. */
export function unknownCodes(settings: Settings): readonly string[] {
  return Object.keys(settings.severities ?? {}).filter((code) => findCode(code) === undefined);
}
