/** What the lexer tells apart. Names are those of Prometheus' `generated_parser.y`. */
export const Token = {
  EOF: 0,
  ERROR: 1,
  IDENTIFIER: 2,
  METRIC_IDENTIFIER: 3,
  STRING: 4,
  NUMBER: 5,
  DURATION: 6,
  COMMA: 7,
  COLON: 8,
  LEFT_PAREN: 9,
  RIGHT_PAREN: 10,
  LEFT_BRACE: 11,
  RIGHT_BRACE: 12,
  LEFT_BRACKET: 13,
  RIGHT_BRACKET: 14,
  EQL: 15,
  EQL_REGEX: 16,
  NEQ_REGEX: 17,
  AT: 18,
  /** Text with Grafana variables in it that is neither a plain name nor a plain number. */
  TEMPLATE: 19,

  // Operators, from here to ATAN2.
  ADD: 20,
  SUB: 21,
  MUL: 22,
  DIV: 23,
  MOD: 24,
  POW: 25,
  EQLC: 26,
  NEQ: 27,
  LTE: 28,
  LSS: 29,
  GTE: 30,
  GTR: 31,
  TRIM_UPPER: 32,
  TRIM_LOWER: 33,
  LAND: 34,
  LOR: 35,
  LUNLESS: 36,
  ATAN2: 37,

  // Keywords that are no operators.
  BOOL: 40,
  BY: 41,
  WITHOUT: 42,
  ON: 43,
  IGNORING: 44,
  GROUP_LEFT: 45,
  GROUP_RIGHT: 46,
  FILL: 47,
  FILL_LEFT: 48,
  FILL_RIGHT: 49,
  OFFSET: 50,
  ANCHORED: 51,
  SMOOTHED: 52,
  START: 53,
  END: 54,
  STEP: 55,
  RANGE: 56,
  MIN_OF: 57,
  MAX_OF: 58,
  AGGREGATOR: 60,
} as const;

export type Token = (typeof Token)[keyof typeof Token];

/** Keywords are recognised in any case, names are not. */
export const keywords: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['and', Token.LAND],
  ['or', Token.LOR],
  ['unless', Token.LUNLESS],
  ['atan2', Token.ATAN2],
  ['sum', Token.AGGREGATOR],
  ['avg', Token.AGGREGATOR],
  ['count', Token.AGGREGATOR],
  ['min', Token.AGGREGATOR],
  ['max', Token.AGGREGATOR],
  ['group', Token.AGGREGATOR],
  ['stddev', Token.AGGREGATOR],
  ['stdvar', Token.AGGREGATOR],
  ['topk', Token.AGGREGATOR],
  ['bottomk', Token.AGGREGATOR],
  ['count_values', Token.AGGREGATOR],
  ['quantile', Token.AGGREGATOR],
  ['limitk', Token.AGGREGATOR],
  ['limit_ratio', Token.AGGREGATOR],
  ['offset', Token.OFFSET],
  ['smoothed', Token.SMOOTHED],
  ['anchored', Token.ANCHORED],
  ['by', Token.BY],
  ['without', Token.WITHOUT],
  ['on', Token.ON],
  ['ignoring', Token.IGNORING],
  ['group_left', Token.GROUP_LEFT],
  ['group_right', Token.GROUP_RIGHT],
  ['fill', Token.FILL],
  ['fill_left', Token.FILL_LEFT],
  ['fill_right', Token.FILL_RIGHT],
  ['bool', Token.BOOL],
  ['start', Token.START],
  ['end', Token.END],
  ['step', Token.STEP],
  ['range', Token.RANGE],
  ['min_of', Token.MIN_OF],
  ['max_of', Token.MAX_OF],
  ['inf', Token.NUMBER],
  ['nan', Token.NUMBER],
]);

const notMetricNames: ReadonlySet<Token> = new Set<Token>([
  Token.BOOL,
  Token.ON,
  Token.IGNORING,
  Token.GROUP_LEFT,
  Token.GROUP_RIGHT,
  Token.ATAN2,
]);

/** Whether the token may stand for a metric: most keywords are metric names too where no keyword fits. */
export function isMetricIdentifier(kind: Token): boolean {
  return (
    kind === Token.IDENTIFIER || kind === Token.METRIC_IDENTIFIER || (kind >= Token.LAND && !notMetricNames.has(kind))
  );
}

/** Whether the token may be a label in `by (…)`, `on (…)` and the like: all keywords but `without` may. */
export function isGroupingLabel(kind: Token): boolean {
  return (
    kind === Token.IDENTIFIER || kind === Token.METRIC_IDENTIFIER || (kind >= Token.LAND && kind !== Token.WITHOUT)
  );
}

/** Whether the token is a function's name when a bracket follows. */
export function isFunctionName(kind: Token): boolean {
  return kind === Token.IDENTIFIER || (kind >= Token.START && kind <= Token.MAX_OF);
}

export function isMatchOperator(kind: Token): boolean {
  return kind === Token.EQL || kind === Token.NEQ || kind === Token.EQL_REGEX || kind === Token.NEQ_REGEX;
}

const nouns: ReadonlyMap<Token, string> = new Map<Token, string>([
  [Token.IDENTIFIER, 'identifier'],
  [Token.METRIC_IDENTIFIER, 'metric identifier'],
  [Token.STRING, 'string'],
  [Token.NUMBER, 'number'],
  [Token.DURATION, 'duration'],
  [Token.TEMPLATE, 'variable'],
]);

/**
 * Names a token as Prometheus' messages do: `identifier "foo"`, `<op:*>`, `<by>`, `")"`.
 *
 * @param kind the token
 * @param text its text
 * @param quote how Go's %q writes a string
 */
export function describeToken(kind: Token, text: string, quote: (text: string) => string): string {
  if (kind === Token.EOF) return 'end of input';
  const noun = nouns.get(kind);
  if (noun !== undefined) {
    const long = kind !== Token.IDENTIFIER && kind !== Token.METRIC_IDENTIFIER && text.length > 10;
    return `${noun} ${long ? `${quote(Array.from(text).slice(0, 10).join(''))}...` : quote(text)}`;
  }
  if (kind === Token.AGGREGATOR) return `<aggr:${text}>`;
  if ((kind >= Token.ADD && kind <= Token.ATAN2) || isRegexOperator(kind) || kind === Token.AT) return `<op:${text}>`;
  if (kind >= Token.BOOL && kind <= Token.SMOOTHED) return `<${text}>`;
  return quote(text);
}

function isRegexOperator(kind: Token): boolean {
  return kind === Token.EQL_REGEX || kind === Token.NEQ_REGEX;
}
