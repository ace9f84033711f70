/** Selectors: a metric's name and matchers in braces. */
import type { Matcher, MatchOperator, Span, Text } from './ast.ts';
import { checkMatcher, isSelective } from './check.ts';
import type { Cursor } from './cursor.ts';
import { quote } from './quote.ts';
import { isMatchOperator, Token } from './tokens.ts';
import { printText } from './grafana.ts';

/** A selector while its modifiers are still to come. */
export interface SelectorParts {
  readonly name?: Text;
  readonly nameSpan?: Span;
  /** Written in front of the braces, not quoted between them. */
  readonly namedOutside: boolean;
  readonly matchers: readonly Matcher[];
  readonly start: number;
  readonly end: number;
}

const noMatchers: readonly Matcher[] = Object.freeze([]);
const context = 'label matching';

/**
 * Reads the rest of a selector.
 *
 * @param name what stood in front of the braces, if anything did; it has been taken
 * @param ofInfo for the second argument of `info()`, which may be `{}` and has matchers only, no name
 */
export function parseSelector(
  cursor: Cursor,
  name: { readonly text: Text; readonly start: number } | undefined,
  ofInfo: boolean,
): SelectorParts {
  const start = name?.start ?? cursor.lexer.start;
  if (name !== undefined && cursor.kind !== Token.LEFT_BRACE) {
    const nameSpan = cursor.span(start, cursor.lastEnd);
    const { text } = name;
    return { name: text, nameSpan, namedOutside: true, matchers: noMatchers, start, end: cursor.lastEnd };
  }
  const outside = name === undefined ? undefined : { text: name.text, span: cursor.span(start, cursor.lastEnd) };
  cursor.take();
  const { quoted, matchers } = parseMatchers(cursor, ofInfo);
  const end = cursor.lastEnd;
  if (outside !== undefined) checkNamedOnce(cursor, outside.text, quoted, matchers, start, end);
  const chosen = outside ?? quoted;
  if (chosen === undefined && !ofInfo && !isSelective(matchers)) {
    cursor.reportType('vector selector must contain at least one non-empty matcher', start, end);
  }
  return {
    ...(chosen && { name: chosen.text, nameSpan: chosen.span }),
    namedOutside: outside !== undefined,
    matchers: matchers.length === 0 ? noMatchers : Object.freeze(matchers),
    start,
    end,
  };
}

interface QuotedName {
  readonly text: Text;
  readonly span: Span;
}

interface BraceContents {
  readonly quoted: QuotedName | undefined;
  readonly matchers: Matcher[];
}

function parseMatchers(cursor: Cursor, ofInfo: boolean): BraceContents {
  const matchers: Matcher[] = [];
  let quoted: QuotedName | undefined;
  while (!cursor.accept(Token.RIGHT_BRACE)) {
    const { start } = cursor.lexer;
    const item = parseMatcher(cursor, start);
    if ('type' in item) matchers.push(item);
    else if (quoted === undefined && item.text !== '' && !ofInfo) quoted = item;
    else matchers.push(nameMatcher(item));
    if (cursor.accept(Token.RIGHT_BRACE)) break;
    cursor.expect(Token.COMMA, context, '"," or "}"');
  }
  return { quoted, matchers };
}

/** A second name in quotes, and an empty one, are what they are short for: `__name__="…"`. */
function nameMatcher({ text, span }: QuotedName): Matcher {
  return Object.freeze({ type: 'Matcher', name: '__name__', op: '=', value: text, span, valueSpan: span });
}

function parseMatcher(cursor: Cursor, start: number): Matcher | QuotedName {
  const { kind } = cursor;
  const isString = kind === Token.STRING;
  if (!isString && kind !== Token.IDENTIFIER && kind !== Token.TEMPLATE)
    return cursor.unexpected(context, 'identifier or "}"');
  if (isString) cursor.need('utf8Names');
  const name = isString ? cursor.string() : cursor.name();
  const nameSpan = cursor.span(start, cursor.lastEnd);
  if (!isMatchOperator(cursor.kind)) {
    if (isString) return { text: name, span: nameSpan };
    return cursor.unexpected(context, 'label matching operator');
  }
  const op = cursor.lexer.value as MatchOperator;
  cursor.take();
  if (cursor.kind !== Token.STRING) return cursor.unexpected(context, 'string');
  const valueStart = cursor.lexer.start;
  const value = cursor.string();
  const matcher: Matcher = Object.freeze({
    type: 'Matcher',
    name,
    op,
    value,
    span: cursor.span(start, cursor.lastEnd),
    nameSpan,
    valueSpan: cursor.span(valueStart, cursor.lastEnd),
  });
  checkMatcher(cursor, matcher, start);
  return matcher;
}

function checkNamedOnce(
  cursor: Cursor,
  name: Text,
  quoted: QuotedName | undefined,
  matchers: readonly Matcher[],
  start: number,
  end: number,
): void {
  const again = quoted?.text ?? matchers.find((matcher) => matcher.name === '__name__')?.value;
  if (again === undefined) return;
  const [first, second] = [name, again].map((text) => quote(printText(text)));
  cursor.reportType(`metric name must not be set twice: ${first} or ${second}`, start, end);
}
