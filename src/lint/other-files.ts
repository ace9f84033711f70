/** Files that were named for linting and are meant for something else. */
import { looksLikeCatalogue } from './catalogue-file.ts';
import { scrapeHint } from './scrape/scrape-hint.ts';
import type { FileText } from './text/source-text.ts';

/** Definitions are programs: what they give can be linted, they themselves cannot. */
export const PROGRAM: RegExp = /\.[cm]?[jt]sx?$/i;

/** What a file without rules and dashboards is for, if that can be seen. */
export function otherUse(file: FileText): string | undefined {
  if (looksLikeCatalogue(file.text)) {
    return 'It looks like a catalogue: give it with --catalogue, beside the files that it is to be used for.';
  }
  return scrapeHint(file);
}
