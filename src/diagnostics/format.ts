import type { Diagnostic } from './diagnostic.ts';
import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderSarif, type SarifOptions } from './sarif.ts';
import { renderText, type TextOptions } from './text.ts';

export interface FormatOptions extends TextOptions, SarifOptions {}

/** The formats that `--format` knows, each a pure function of the diagnostics. */
export const FORMATS: {
  readonly [name in 'text' | 'json' | 'github' | 'sarif']: (
    diagnostics: readonly Diagnostic[],
    options: FormatOptions,
  ) => string;
} = { text: renderText, json: renderJson, github: renderGithub, sarif: renderSarif };

export type FormatName = keyof typeof FORMATS;
