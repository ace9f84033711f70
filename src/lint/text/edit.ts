/** Writes a piece of text the way the scalar that receives it is written. */
import type { Span } from '../../promql/ast.ts';
import { outerSpan } from './offset-map.ts';
import type { FileText, ScalarStyle, ScalarText, SourceText } from './source-text.ts';

/** Replaces `span` of the file by `text`. */
export interface FileEdit {
  readonly file: FileText;
  readonly span: Span;
  readonly text: string;
}

/**
 * The change of the file that replaces `span` of a text in it.
 *
 * Whether the result reads as intended depends on what stands around it (a plain YAML scalar must not gain a
 * `: `), so whoever applies the edit has to read the file again.
 *
 * @returns the edit, or why the text cannot be written there
 */
export function editOf(source: SourceText, span: Span, text: string): FileEdit | { readonly refusal: string } {
  if (source.type === 'file') return { file: source, span, text };
  const written = ENCODERS[source.style](text, source);
  if (written === undefined) {
    return {
      refusal: `a line break cannot be written inside a ${WORDS[source.style]} without changing its other lines`,
    };
  }
  return editOf(source.outer, outerSpan(source.map(), span), written);
}

type Encoder = (text: string, scalar: ScalarText) => string | undefined;

const oneLine: Encoder = (text) => (text.includes('\n') ? undefined : text);

const ENCODERS: Readonly<Record<ScalarStyle, Encoder>> = {
  part: (text) => text,
  plain: oneLine,
  folded: oneLine,
  'single-quoted': (text, scalar) => oneLine(text.replaceAll("'", "''"), scalar),
  'double-quoted': (text) => escaped(text),
  json: (text) => escaped(text),
  literal: (text, scalar) => text.replaceAll('\n', `\n${indentOf(scalar)}`),
};

const WORDS: Readonly<Record<ScalarStyle, string>> = {
  part: 'part of a text',
  plain: 'plain YAML scalar',
  folded: 'folded YAML block',
  'single-quoted': 'single-quoted YAML scalar',
  'double-quoted': 'double-quoted YAML scalar',
  json: 'JSON string',
  literal: 'literal YAML block',
};

/** JSON's escapes are YAML's too. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What stands before the first character of the block's first line of text. */
function indentOf(scalar: ScalarText): string {
  const first = outerSpan(scalar.map(), { start: 0, end: 0 }).start;
  const lineStart = scalar.outer.text.lastIndexOf('\n', first - 1) + 1;
  return scalar.outer.text.slice(lineStart, first);
}
