/** What to do about a fault: words, and the PromQL to write. */
import type { Span } from '../promql/ast.ts';

/** New text for a part of a query. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** A fix whose PromQL is known as such, so that tests can try what it proposes. */
export interface Advice {
  readonly text: string;
  readonly proposals: readonly Replacement[];
}

/** Words of a fix with proposals in between, which are put in backticks: `` advice`Write ${proposal}.` ``. */
export function advice(words: TemplateStringsArray, ...parts: readonly (string | Advice | Replacement)[]): Advice {
  let text = words[0] ?? '';
  const proposals: Replacement[] = [];
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') text += part;
    else if ('span' in part) {
      text += `\`${part.text}\``;
      proposals.push(part);
    } else {
      text += part.text;
      proposals.push(...part.proposals);
    }
    text += words[index + 1] ?? '';
  }
  return { text, proposals };
}
