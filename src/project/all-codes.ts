import { CODES } from '../analysis/codes.ts';
import type { CodeEntry } from '../diagnostics/code-table.ts';
import { DELIVERY_CODES } from '../grafana/delivery/codes.ts';
import { RULE_CODES } from '../prometheus/checks/codes.ts';
import { PROJECT_CODES } from './codes.ts';

/** Every code that building a project can report, sorted. */
export const BUILD_CODES: readonly CodeEntry[] = [...CODES, ...DELIVERY_CODES, ...RULE_CODES, ...PROJECT_CODES]
  .map(({ code, name, severity, title }) => ({ code, name, severity, title }))
  .toSorted((a, b) => (a.code < b.code ? -1 : 1));
