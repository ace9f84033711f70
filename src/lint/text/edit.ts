/** Writes a piece of text the way the scalar that receives it is written. */
import type { Span } from '../../promql/ast.ts';
import { outerSpan } from './offset-map.ts';
import type { FileText, ScalarStyle, ScalarText, SourceText } from './source-text.ts';

/** Replaces `span` of a text. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

export interface FileEdit extends TextEdit {
  readonly file: FileText;
  /** The same change as each scalar around the text sees it, from the inside out. */
  readonly levels: readonly (TextEdit & { readonly scalar: ScalarText })[];
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
  if (source.type === 'file') return { file: source, span, text, levels: [] };
  const written = ENCODERS[source.style](text, source);
  if (written === undefined) {
    return { refusal: `A line break cannot be written into a ${WORDS[source.style]}.` };
  }
  const outer = editOf(source.outer, outerSpan(source.map(), span), written);
  return 'refusal' in outer ? outer : { ...outer, levels: [{ scalar: source, span, text }, ...outer.levels] };
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { span, text: replacement } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(from, span.start), replacement);
    from = span.end;
  }
  return parts.join('') + text.slice(from);
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
