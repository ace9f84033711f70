/** Reads JSON (RFC 8259), keeping the place of every value and key. */
import type { Span } from '../../promql/ast.ts';
import { offsetMapBuilder } from '../text/offset-map.ts';
import type { OffsetMap } from '../text/offset-map.ts';
import type { ScalarText, SourceText } from '../text/source-text.ts';
import type { MapEntry, ParsedText, ScalarNode, SyntaxProblem, TreeNode } from './node.ts';

const DEEPEST = 500;
const SPACE = /[ \t\r\n]*/y;
/** What makes a string more than its own characters: an escape, or a control character, which JSON does not allow. */
const ESCAPE_OR_CONTROL = /[\\\p{Cc}]/u;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;

class JsonFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Parses one JSON value. A text that is no JSON gives a problem and no document. */
export function parseJson(source: SourceText): ParsedText {
  const problems: SyntaxProblem[] = [];
  try {
    return { documents: [new JsonReader(source, problems).document()], problems, comments: [] };
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    const span = { start: fault.at, end: Math.min(fault.at + 1, source.text.length) };
    return {
      documents: [],
      problems: [{ type: 'syntax', message: fault.message, within: source, span }],
      comments: [],
    };
  }
}

class JsonReader {
  readonly #source: SourceText;
  readonly #problems: SyntaxProblem[];
  #at = 0;
  #depth = 0;

  constructor(source: SourceText, problems: SyntaxProblem[]) {
    this.#source = source;
    this.#problems = problems;
    if (source.text.startsWith('\uFEFF')) this.#at = 1;
  }

  document(): TreeNode {
    const node = this.#value();
    this.#space();
    if (this.#at < this.#source.text.length) {
      throw new JsonFault(`after the end of the JSON value comes ${this.#found()}`, this.#at);
    }
    return node;
  }

  #value(): TreeNode {
    this.#space();
    const char = this.#source.text[this.#at];
    if (char === '"') return this.#string();
    if (char !== '{' && char !== '[') return this.#word();
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new JsonFault(`the JSON is nested more than ${DEEPEST} levels deep`, this.#at);
    const node = char === '{' ? this.#map() : this.#list();
    this.#depth -= 1;
    return node;
  }

  #map(): TreeNode {
    const start = this.#at;
    const entries = new Map<string, MapEntry>();
    this.#members('}', () => {
      this.#space();
      if (this.#source.text[this.#at] !== '"') {
        throw new JsonFault(`a key in double quotes was expected, but here is ${this.#found()}`, this.#at);
      }
      const key = this.#string();
      this.#space();
      this.#take(':', 'a colon after the key');
      const name = key.text.text;
      if (entries.has(name)) {
        const message = `the key ${JSON.stringify(name)} stands twice in the same object`;
        this.#problems.push({ type: 'duplicate-json-key', message, within: this.#source, span: key.span });
      }
      entries.set(name, { keySpan: key.span, value: this.#value() });
    });
    return { type: 'map', entries, within: this.#source, span: { start, end: this.#at } };
  }

  #list(): TreeNode {
    const start = this.#at;
    const items: TreeNode[] = [];
    this.#members(']', () => items.push(this.#value()));
    return { type: 'list', items, within: this.#source, span: { start, end: this.#at } };
  }

  #members(close: '}' | ']', member: () => void): void {
    this.#at += 1;
    this.#space();
    if (this.#source.text[this.#at] === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      member();
      this.#space();
      if (this.#source.text[this.#at] === close) {
        this.#at += 1;
        return;
      }
      const comma = this.#at;
      this.#take(',', `a comma or "${close}"`);
      this.#space();
      if (this.#source.text[this.#at] === close) throw new JsonFault('JSON allows no comma after the last item', comma);
    }
  }

  #string(): ScalarNode {
    const start = this.#at;
    const close = closingQuote(this.#source.text, start);
    if (close === undefined) throw this.#badString(start);
    const span = { start, end: close + 1 };
    const value = this.#decode(span);
    this.#at = span.end;
    return { type: 'scalar', value, text: jsonText(this.#source, span, value), within: this.#source, span };
  }

  #decode({ start, end }: Span): string {
    const inner = this.#source.text.slice(start + 1, end - 1);
    if (!ESCAPE_OR_CONTROL.test(inner)) return inner;
    try {
      return JSON.parse(`"${inner}"`) as string;
    } catch {
      throw this.#badString(start);
    }
  }

  #badString(start: number): JsonFault {
    const { text } = this.#source;
    for (let at = start + 1; at < text.length; at += 1) {
      const char = text[at] as string;
      if (char === '"') break;
      if (char < ' ') {
        const what = char === '\n' || char === '\r' ? 'a line break' : 'a control character';
        return new JsonFault(`${what} stands inside a JSON string: write it as an escape such as \\n`, at);
      }
      if (char === '\\') {
        if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 6))) {
          return new JsonFault(`${JSON.stringify(text.slice(at, at + 2))} is no escape that JSON knows`, at);
        }
        at += 1;
      }
    }
    return new JsonFault('this string has no closing quote', start);
  }

  #word(): TreeNode {
    const start = this.#at;
    WORD.lastIndex = start;
    const match = WORD.exec(this.#source.text);
    if (!match) throw new JsonFault(`a JSON value was expected, but here is ${this.#found()}`, start);
    this.#at = WORD.lastIndex;
    const span = { start, end: this.#at };
    const value = JSON.parse(match[0]) as number | boolean | null;
    return { type: 'scalar', value, text: wordText(this.#source, span), within: this.#source, span };
  }

  #take(char: string, what: string): void {
    if (this.#source.text[this.#at] !== char) {
      throw new JsonFault(`${what} was expected, but here is ${this.#found()}`, this.#at);
    }
    this.#at += 1;
  }

  #found(): string {
    const char = this.#source.text.codePointAt(this.#at);
    return char === undefined ? 'the end of the file' : JSON.stringify(String.fromCodePoint(char));
  }

  #space(): void {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#source.text);
    this.#at = SPACE.lastIndex;
  }
}

function closingQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 0x22) return at;
    if (char === 0x5c) at += 1;
  }
  return undefined;
}

/** Of a number, `true`, `false` or `null`: what is written. */
function wordText(outer: SourceText, span: Span): ScalarText {
  const text = outer.text.slice(span.start, span.end);
  const run = { start: 0, length: text.length, outerStart: span.start, outerLength: text.length };
  return { type: 'scalar', text, style: 'json', outer, span, map: () => ({ runs: [run], outerEnd: span.end }) };
}

function jsonText(outer: SourceText, span: Span, text: string): ScalarText {
  let map: OffsetMap | undefined;
  return { type: 'scalar', text, style: 'json', outer, span, map: () => (map ??= mapOfJsonString(outer.text, span)) };
}

function mapOfJsonString(outer: string, { start, end }: Span): OffsetMap {
  const builder = offsetMapBuilder(outer);
  let from = start + 1;
  for (let at = outer.indexOf('\\', from); at >= 0 && at < end - 1; at = outer.indexOf('\\', from)) {
    builder.verbatim(from, at);
    from = at + (outer[at + 1] === 'u' ? 6 : 2);
    builder.replaced(JSON.parse(`"${outer.slice(at, from)}"`) as string, at, from);
  }
  builder.verbatim(from, end - 1);
  return builder.finish(end - 1);
}
