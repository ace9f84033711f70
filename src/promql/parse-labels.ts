/** Lists of labels in round brackets, and what may stand between a binary operator and its right side. */
import type { Fill, Grouping, LabelName, NumberLiteral, Span, VectorMatching } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { printText } from './grafana.ts';
import { numberLiteral } from './literals.ts';
import { quote } from './quote.ts';
import { isGroupingLabel, Token } from './tokens.ts';

interface LabelList {
  readonly labels: readonly LabelName[];
  readonly spans: readonly Span[];
}

const context = 'grouping opts';

/** Bytes that are no UTF-8: see quote.ts. */
const loneSurrogate = /\p{Cs}/u;

function parseLabels(cursor: Cursor): LabelList {
  cursor.expect(Token.LEFT_PAREN, context, '"("');
  const labels: LabelName[] = [];
  const spans: Span[] = [];
  while (!cursor.accept(Token.RIGHT_PAREN)) {
    const { start } = cursor.lexer;
    labels.push(parseLabel(cursor));
    spans.push(cursor.span(start, cursor.lastEnd));
    if (cursor.accept(Token.RIGHT_PAREN)) break;
    cursor.expect(Token.COMMA, context, '"," or ")"');
  }
  return { labels: Object.freeze(labels), spans: Object.freeze(spans) };
}

function parseLabel(cursor: Cursor): LabelName {
  const { kind, lexer } = cursor;
  if (kind === Token.STRING) {
    const { start, end } = lexer;
    cursor.need('utf8Names');
    const label = cursor.string();
    if (label === '' || (typeof label === 'string' && loneSurrogate.test(label)))
      cursor.report(`invalid label name for grouping: ${quote(printText(label))}`, start, end);
    return label;
  }
  if (!isGroupingLabel(kind) && kind !== Token.TEMPLATE) cursor.unexpected(context, 'label');
  if (kind === Token.METRIC_IDENTIFIER) cursor.need('utf8Names');
  return cursor.name();
}

/** Reads `by (…)` or `without (…)`, whose keyword is the current token. */
export function parseGrouping(cursor: Cursor): Grouping {
  const { start, kind } = cursor.lexer;
  cursor.take();
  const { labels, spans } = parseLabels(cursor);
  return Object.freeze({
    mode: kind === Token.BY ? 'by' : 'without',
    labels,
    span: cursor.span(start, cursor.lastEnd),
    labelSpans: spans,
  });
}

export interface BinaryModifiers {
  readonly bool: boolean;
  readonly matching: VectorMatching | undefined;
  readonly fill: Fill | undefined;
}

const noModifiers: BinaryModifiers = { bool: false, matching: undefined, fill: undefined };

/** Reads `bool`, `on`, `ignoring`, `group_left`, `group_right` and `fill…`, in their only order. */
export function parseBinaryModifiers(cursor: Cursor): BinaryModifiers {
  const { kind } = cursor;
  if (kind < Token.BOOL || kind > Token.FILL_RIGHT) return noModifiers;
  const bool = cursor.accept(Token.BOOL);
  const matching = parseMatching(cursor);
  const fill = parseFill(cursor);
  return { bool, matching, fill };
}

function parseMatching(cursor: Cursor): VectorMatching | undefined {
  const { kind } = cursor;
  if (kind !== Token.ON && kind !== Token.IGNORING) return undefined;
  const { start } = cursor.lexer;
  cursor.take();
  const { labels, spans } = parseLabels(cursor);
  const group = parseGroup(cursor);
  return Object.freeze({
    mode: kind === Token.ON ? 'on' : 'ignoring',
    labels,
    labelSpans: spans,
    ...group,
    span: cursor.span(start, cursor.lastEnd),
  });
}

function parseGroup(cursor: Cursor): Pick<VectorMatching, 'group' | 'include' | 'includeSpans'> | undefined {
  const { kind } = cursor;
  if (kind !== Token.GROUP_LEFT && kind !== Token.GROUP_RIGHT) return undefined;
  cursor.take();
  const group = kind === Token.GROUP_LEFT ? 'left' : 'right';
  if (cursor.kind !== Token.LEFT_PAREN) return { group };
  const { labels, spans } = parseLabels(cursor);
  return labels.length === 0 ? { group } : { group, include: labels, includeSpans: spans };
}

function parseFill(cursor: Cursor): Fill | undefined {
  const { kind } = cursor;
  if (kind < Token.FILL || kind > Token.FILL_RIGHT) return undefined;
  cursor.need('fill');
  cursor.take();
  const value = parseFillValue(cursor);
  if (kind === Token.FILL) return Object.freeze({ left: value, right: value });
  const other = kind === Token.FILL_LEFT ? Token.FILL_RIGHT : Token.FILL_LEFT;
  const otherValue = cursor.accept(other) ? parseFillValue(cursor) : undefined;
  const [left, right] = kind === Token.FILL_LEFT ? [value, otherValue] : [otherValue, value];
  return Object.freeze({ ...(left && { left }), ...(right && { right }) });
}

function parseFillValue(cursor: Cursor): NumberLiteral {
  cursor.expect(Token.LEFT_PAREN);
  const { start, kind } = cursor.lexer;
  const negative = kind === Token.SUB;
  if (negative || kind === Token.ADD) cursor.take();
  const duration = cursor.kind === Token.DURATION;
  if (!duration && cursor.kind !== Token.NUMBER) cursor.unexpected();
  const value = cursor.number();
  const span = cursor.span(start, cursor.lastEnd);
  cursor.expect(Token.RIGHT_PAREN);
  return Object.freeze(numberLiteral(negative ? -value : value, duration, span));
}
