import type { FileText } from '../text/source-text.ts';
import { looksLikeExposition } from './exposition.ts';

/** How to make a catalogue of a file that seems to be a scrape, given where a scrape is of no use. */
export function scrapeHint({ path, text }: FileText): string | undefined {
  if (!looksLikeExposition(text)) return undefined;
  return `It looks like a scraped metrics text: \`dashwright catalogue --from ${path} --out catalogue.json\` makes a catalogue of it.`;
}
