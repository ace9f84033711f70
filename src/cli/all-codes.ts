import { findNamedCode, type CodeEntry } from '../diagnostics/code-table.ts';
import { LINT_CODES } from '../lint/codes.ts';
import { BUILD_CODES } from '../project/all-codes.ts';
import { OUTPUT_CODES } from './output-faults.ts';

/** Every code that any command reports, sorted. */
export const ALL_CODES: readonly CodeEntry[] = [...BUILD_CODES, ...LINT_CODES, ...OUTPUT_CODES].toSorted((a, b) =>
  a.code < b.code ? -1 : 1,
);

/** The code that somebody typed, by code or name. */
export function findCode(text: string): CodeEntry | undefined {
  return findNamedCode(ALL_CODES, text);
}

/** Codes that look like what somebody typed. */
export function similarCodes(text: string): readonly CodeEntry[] {
  const wanted = text.toLowerCase();
  const family = /^[a-z]\d/.test(wanted) ? wanted.slice(0, 2) : undefined;
  return ALL_CODES.filter(({ code, name }) =>
    family === undefined ? wanted.length > 2 && name.includes(wanted) : code.toLowerCase().startsWith(family),
  );
}
