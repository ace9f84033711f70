import { parse, PromqlSyntaxError } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

function refusal(text: string): PromqlSyntaxError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

/** The query, what Prometheus says, and the part of the query that it is about. */
type Row = readonly [text: string, message: string, at: string];

/** What is said about a query, and about which part of it. */
function refused(text: string): { readonly message: string; readonly at: string } {
  const { message, start, end } = refusal(text);
  return { message, at: text.slice(start, end) };
}

describe('what is no token is refused', () => {
  const rows: readonly Row[] = [
    ['', 'no expression found in input', ''],
    ['# only a comment', 'no expression found in input', ''],
    ['a $ b', "unexpected character: '$'", '$'],
    ['a\u00a0+ b', String.raw`unexpected character: '\u00a0'`, '\u00a0'],
    ['1 =~ 1', "unexpected character after '=': '~'", '=~'],
    ['1 ! 1', "unexpected character after '!': ' '", '! '],
    ['a{b!c}', "unexpected character after '!' inside braces: 'c'", '!c'],
    ['2.5.', 'bad number or duration syntax: "2.5."', '2.5.'],
    ['0xee', 'bad number or duration syntax: "0xee"', '0xee'],
    ['5m1', 'bad number or duration syntax: "5m1"', '5m1'],
    ['1e+', 'bad number or duration syntax: "1e+"', '1e+'],
    ['1e+)', 'error parsing number: strconv.ParseFloat: parsing "1e+": invalid syntax', '1e+'],
    ['1e999', 'error parsing number: strconv.ParseFloat: parsing "1e999": value out of range', '1e999'],
    ['5m1h', 'not a valid duration string: "5m1h"', '5m1h'],
    ['5y1hs', 'unknown unit "hs" in duration "5y1hs"', '5y1hs'],
    ['999999y', 'duration out of range', '999999y'],
    ['"abc', 'unterminated quoted string', '"abc'],
    ['"a\nb"', 'unterminated quoted string', '"a'],
    ['`abc', 'unterminated raw string', '`abc'],
    [String.raw`"\c"`, "unknown escape sequence U+0063 'c'", String.raw`"\c`],
    [String.raw`'\"'`, "unknown escape sequence U+0022 '\"'", String.raw`'\"`],
    [String.raw`"\xg0"`, "illegal character U+0067 'g' in escape sequence", String.raw`"\xg`],
    [String.raw`"\ud800"`, 'escape sequence is an invalid Unicode code point', String.raw`"\ud800`],
    [String.raw`"\400"`, 'escape sequence is an invalid Unicode code point', String.raw`"\400`],
    ['"\ud800"', 'invalid UTF-8 rune', '"\ud800'],
    ['"\ufffd"', 'invalid UTF-8 rune', '"\ufffd'],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('what does not fit together is refused', () => {
  const rows: readonly Row[] = [
    ['(', 'unclosed left parenthesis', ''],
    ['a)', "unexpected right parenthesis ')'", ')'],
    ['a]', "unexpected right bracket ']'", ']'],
    ['a[5m', 'unclosed left bracket', ''],
    ['a[', 'unexpected end of input in duration expression', ''],
    ['a{', 'unexpected end of input inside braces', ''],
    ['a{{', "unexpected left brace '{'", '{'],
    ['a b', 'unexpected identifier "b"', 'b'],
    ['1 +', 'unexpected end of input', ''],
    ['*1', 'unexpected <op:*>', '*'],
    ['a + by (b) c', 'unexpected "("', '('],
    ['sum x', 'unexpected identifier "x"', 'x'],
    ['sum(a b)', 'unexpected identifier "b" in aggregation', 'b'],
    ['sum by (x) y', 'unexpected identifier "y" in aggregation', 'y'],
    ['sum by x (y)', 'unexpected identifier "x" in grouping opts, expected "("', 'x'],
    ['sum by (a b) (c)', 'unexpected identifier "b" in grouping opts, expected "," or ")"', 'b'],
    ['sum by (1) (c)', 'unexpected number "1" in grouping opts, expected label', '1'],
    ['sum by (without) (c)', 'unexpected <without> in grouping opts, expected label', 'without'],
    ['sum by ("") (c)', 'invalid label name for grouping: ""', '""'],
    ['sum(a) by (b) by (c)', 'unexpected <by>', 'by'],
    ['a + group_left b', 'unexpected <group_left>', 'group_left'],
    ['a - on(b) ignoring(c) d', 'unexpected <ignoring>', 'ignoring'],
    ['a{b}', 'unexpected "}" in label matching, expected label matching operator', '}'],
    ['a{b=c}', 'unexpected identifier "c" in label matching, expected string', 'c'],
    ['a{b="c" d="e"}', 'unexpected identifier "d" in label matching, expected "," or "}"', 'd'],
    ['a{,}', 'unexpected "," in label matching, expected identifier or "}"', ','],
    ['a[]', 'unexpected "]" in subquery or range selector, expected number, duration, step(), or range()', ']'],
    ['a[step]', 'unexpected "]" in subquery or range selector, expected number, duration, step(), or range()', ']'],
    ['a[5m 1m]', 'unexpected duration "1m" in subquery or range, expected ":" or "]"', '1m'],
    ['a[5m:1m 1m]', 'unexpected duration "1m" in subquery selector, expected "]"', '1m'],
    ['a["5m"]', "unexpected character in duration expression: '\"'", '"'],
    ['a[step():5m]', 'unexpected colon before duration in duration expression', ':'],
    ['a offset', 'unexpected end of input in offset, expected number, duration, step(), or range()', ''],
    ['a offset bar', 'unexpected identifier "bar" in offset, expected number, duration, step(), or range()', 'bar'],
    ['a @', 'unexpected end of input in @, expected timestamp', ''],
    ['a @ start', 'unexpected end of input in @, expected timestamp', ''],
    ['a + fill(b) c', 'unexpected identifier "b"', 'b'],
    ['rate(a[5m],)', 'trailing commas not allowed in function call args', ','],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('modifiers stand once, and where they may', () => {
  const rows: readonly Row[] = [
    ['(a)[5m]', 'ranges only allowed for vector selectors', '[5m]'],
    ['rate(a[1m])[5m]', 'ranges only allowed for vector selectors', '[5m]'],
    ['1[5m]', 'ranges only allowed for vector selectors', '[5m]'],
    ['a offset 1m[5m]', 'no offset modifiers allowed before range', '[5m]'],
    ['a @ 5 [5m]', 'no @ modifiers allowed before range', '[5m]'],
    ['a @ start() [5m]', 'no @ modifiers allowed before range', '[5m]'],
    ['a offset 1m offset 2m', 'offset may not be set multiple times', 'a offset 1m'],
    ['a @ 1 @ 2', '@ <timestamp> may not be set multiple times', 'a @ 1'],
    [
      'sum(a) offset 5m',
      'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
      'sum(a)',
    ],
    [
      '(a) @ 5',
      '@ modifier must be preceded by an instant vector selector or range vector selector or a subquery',
      '(a)',
    ],
    ['a @ +Inf', 'timestamp out of bounds for @ modifier: +Inf', 'a'],
    ['a @ NaN', 'timestamp out of bounds for @ modifier: NaN', 'a'],
    ['a @ 1e19', 'timestamp out of bounds for @ modifier: 10000000000000000000.000000', 'a'],
    ['a anchored smoothed', 'anchored and smoothed modifiers cannot be used together', 'a anchored'],
    ['a[5m:1m] anchored', 'anchored modifier is not supported for subqueries', 'a[5m:1m]'],
    ['sum(a) smoothed', 'smoothed modifier not implemented', 'sum(a)'],
    ['a[0s]', 'duration must be greater than 0', '0s'],
    ['a[-1]', 'duration must be greater than 0', '-1'],
    ['a[5m:0]', 'duration must be greater than 0', '0'],
    ['a[9.5e10]', 'duration out of range', '9.5e10'],
    ['a offset 1e11', 'duration out of range', '1e11'],
    ['a[5s/0d]', 'division by zero', '/'],
    ['a[5s%0]', 'modulo by zero', '%'],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('functions and aggregations get what they need', () => {
  const rows: readonly Row[] = [
    ['foo()', 'unknown function with name "foo"', 'foo'],
    ['holt_winters(a[1h], 0.5, 0.5)', 'unknown function with name "holt_winters"', 'holt_winters'],
    ['floor()', 'expected 1 argument(s) in call to "floor", got 0', 'floor()'],
    ['floor(a, b)', 'expected 1 argument(s) in call to "floor", got 2', 'floor(a, b)'],
    ['label_join(a)', 'expected at least 3 argument(s) in call to "label_join", got 1', 'label_join(a)'],
    ['round(a, 1, 2)', 'expected at most 2 argument(s) in call to "round", got 3', 'round(a, 1, 2)'],
    ['floor(1)', 'expected type instant vector in call to function "floor", got scalar', '1'],
    ['rate(a)', 'expected type range vector in call to function "rate", got instant vector', 'a'],
    ['label_join(a, "b", "c", 5)', 'expected type string in call to function "label_join", got scalar', '5'],
    ['sum()', 'no arguments for aggregate expression provided', 'sum()'],
    ['sum(a, b)', 'wrong number of arguments for aggregate expression provided, expected 1, got 2', 'sum(a, b)'],
    ['topk(a)', 'wrong number of arguments for aggregate expression provided, expected 2, got 1', 'topk(a)'],
    ['topk(a, b)', 'expected type scalar in aggregation parameter, got instant vector', 'a'],
    ['count_values(5, a)', 'expected type string in aggregation parameter, got scalar', '5'],
    ['sum(5)', 'expected type instant vector in aggregation expression, got scalar', '5'],
    ['info(a, b)', 'expected label selectors only, got vector selector instead', 'b'],
    ['info(a, {b="c"} == 1)', 'expected label selectors only', '{b="c"} == 1'],
    ['info(a, ({b="c"}))', 'expected label selectors only', '({b="c"})'],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('operators get what they need', () => {
  const rows: readonly Row[] = [
    [
      '-a[5m]',
      'unary expression only allowed on expressions of type scalar or instant vector, got "range vector"',
      '-a[5m]',
    ],
    ['-"a"', 'unary expression only allowed on expressions of type scalar or instant vector, got "string"', '-"a"'],
    ['1 == 1', 'comparisons between scalars must use BOOL modifier', '=='],
    ['a + bool b', 'bool modifier can only be used on comparison operators', '+'],
    ['1 or a', 'set operator "or" not allowed in binary scalar expression', '1 or a'],
    ['a + "b"', 'binary expression must contain only scalar and instant vector types', '"b"'],
    ['a[5m] + b', 'binary expression must contain only scalar and instant vector types', 'a[5m]'],
    ['1 + on (a) b', 'vector matching only allowed between instant vectors', '1 + on (a) b'],
    ['a and on (b) group_left (c) d', 'no grouping allowed for "and" operation', 'a and on (b) group_left (c) d'],
    ['a + on (b) group_left (b) c', 'label "b" must not occur in ON and GROUP clause at once', '+'],
    ['a or fill(0) b', 'filling in missing series not allowed for set operators', 'a or fill(0) b'],
    ['a + fill(0) 1', 'filling in missing series only allowed between instant vectors', 'a + fill(0) 1'],
    ['sum(a[5m:1m])[1h:5m]', 'expected type instant vector in aggregation expression, got range vector', 'a[5m:1m]'],
    ['a[5m][1h:5m]', 'subquery is only allowed on instant vector, got matrix instead', 'a[5m][1h:5m]'],
    ['"a"[1h:]', 'subquery is only allowed on instant vector, got string instead', '"a"[1h:]'],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('selectors select something', () => {
  const rows: readonly Row[] = [
    ['{}', 'vector selector must contain at least one non-empty matcher', '{}'],
    ['{a=""}', 'vector selector must contain at least one non-empty matcher', '{a=""}'],
    ['{a=~".*"}', 'vector selector must contain at least one non-empty matcher', '{a=~".*"}'],
    ['{a=~"b|"}', 'vector selector must contain at least one non-empty matcher', '{a=~"b|"}'],
    ['{a!="b",c!~"d"}', 'vector selector must contain at least one non-empty matcher', '{a!="b",c!~"d"}'],
    ['{""}', 'vector selector must contain at least one non-empty matcher', '{""}'],
    ['a{__name__="b"}', 'metric name must not be set twice: "a" or "b"', 'a{__name__="b"}'],
    ['a{"b"}', 'metric name must not be set twice: "a" or "b"', 'a{"b"}'],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('regular expressions are those of RE2', () => {
  const rows: readonly Row[] = [
    ['a{b=~"("}', 'error parsing regexp: missing closing ): `(`', 'b=~"("'],
    ['a{b=~"*"}', 'error parsing regexp: missing argument to repetition operator: `*`', 'b=~"*"'],
    ['a{b!~"[z-a]"}', 'error parsing regexp: invalid character class range: `z-a`', 'b!~"[z-a]"'],
    ['a{b=~"(?!x)"}', 'error parsing regexp: invalid or unsupported Perl syntax: `(?!`', 'b=~"(?!x)"'],
    ['a{b=~"x{1001}"}', 'error parsing regexp: invalid repeat count: `{1001}`', 'b=~"x{1001}"'],
    [String.raw`a{b=~"\\1"}`, 'error parsing regexp: invalid escape sequence: `\\1`', String.raw`b=~"\\1"`],
  ];

  test.each(rows)('%s', (text, message, at) => {
    expect(refused(text)).toEqual({ message, at });
  });
});

describe('what looks wrong and is not', () => {
  test.each([
    'a[(0)]',
    'a[5s/(0)]',
    'a offset 0s[5m]',
    'a offset --5m',
    'info(a, {})',
    'info(a, {"target_info"})',
    'info(a, {b!="c"})',
    'a anchored[5m]',
    '{"a","b"}',
    '{"",a="x"}',
    '{a!=""}',
    'a{b=~"(?i)x|\\\\pL+"}',
    '1 </ 2',
    'a + on () 1',
    'time() > bool 5m',
    'a @ -1',
    'a{}[5m]',
    "a{b='}'}",
    '0xee ',
    'a == +Inf',
  ])('%s', (text) => {
    expect(() => parse(text)).not.toThrow();
  });
});

test('an error carries all that was found', () => {
  const error = refusal('floor(1) + "a"');
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('PromqlSyntaxError');
  expect(error.problems.map(({ message }) => message)).toEqual([
    'expected type instant vector in call to function "floor", got scalar',
    'binary expression must contain only scalar and instant vector types',
  ]);
});
