import { type Expr, format, parse, print } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

describe('print writes the canonical form', () => {
  test.each([
    ['sum(x)by(job,foo)', 'sum by (job, foo) (x)'],
    ['SUM without() (x)', 'sum without () (x)'],
    ['topk(5,x)by(a)', 'topk by (a) (5, x)'],
    ['a-on(b)group_left()(c)', 'a - on (b) group_left () c'],
    ['a*on(b)group_left c', 'a * on (b) group_left () c'],
    ['a==bool ignoring(x)group_right(y)b', 'a == bool ignoring (x) group_right (y) b'],
    ['a+fill(0)b', 'a + fill (0) b'],
    ['a+fill_right(1)fill_left(-2)b', 'a + fill_left (-2) fill_right (1) b'],
    ['a+fill_left(5)fill_right(5)b', 'a + fill (5) b'],
    ['{__name__=\'a\',b="c"}', '{__name__="a",b="c"}'],
    ['a{}', 'a'],
    ['{"a.b",c="d"}', '{"a.b",c="d"}'],
    ['{"ab",c="d"}', 'ab{c="d"}'],
    ['{"bool"}', '{"bool"}'],
    ['{"a",__name__="b"}', '{"a",__name__="b"}'],
    ['{"c d"="e"}', '{"c d"="e"}'],
    ['sum by("inf","a") (x)', 'sum by ("inf", a) (x)'],
    ['x[90s] @ 1.5 offset -90m', 'x[1m30s] @ 1.5 offset -1h30m'],
    ['x[5m] offset 1m @ end() smoothed', 'x[5m] smoothed @ end() offset 1m'],
    ['x[1h:]', 'x[1h:]'],
    ['x[0.5]', 'x[500ms]'],
    ['x[(5)]', 'x[(5)]'],
    ['x[2*(step()+5m)]', 'x[2 * (step() + 5m)]'],
    ['x[-step()^2]', 'x[-step() ^ 2]'],
    ['x offset -step()', 'x offset -step()'],
    ['x offset (-1 + 2)', 'x offset (-1 + 2)'],
    ['x offset -(5m)', 'x offset -(5m)'],
    ['1e3', '1000'],
    ['0x1F', '31'],
    ['1e21', '1000000000000000000000'],
    ['1e-7', '0.0000001'],
    ['+Inf', '+Inf'],
    ['90m', '1h30m'],
    ['400d', '400d'],
    ['-5m', '-5m'],
    [`'it''s'`.replace("''", "\\'"), '"it\'s"'],
    ['`a"b\\`', String.raw`"a\"b\\"`],
    [String.raw`"\xff\u00a0\ufffd"`, String.raw`"\xff\u00a0\ufffd"`],
    ['info(x,{"y"})', 'info(x, {__name__="y"})'],
  ])('%s', (text, expected) => {
    expect(print(parse(text))).toBe(expected);
  });
});

describe('brackets stand only where the tree needs them', () => {
  test.each([
    ['((a))', 'a'],
    ['(a * b) + c', 'a * b + c'],
    ['a * (b + c)', 'a * (b + c)'],
    ['(a - b) - c', 'a - b - c'],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a ^ b) ^ c', '(a ^ b) ^ c'],
    ['a ^ (b ^ c)', 'a ^ b ^ c'],
    ['(-a) ^ b', '(-a) ^ b'],
    ['-(a ^ b)', '-a ^ b'],
    ['(-1) ^ 2', '(-1) ^ 2'],
    ['-(1)', '-(1)'],
    ['a ^ (-b)', 'a ^ -b'],
    ['-(a * b)', '-(a * b)'],
    ['(a or b) and c', '(a or b) and c'],
    ['(-a)[5m:]', '(-a)[5m:]'],
    ['(a + b)[5m:1m]', '(a + b)[5m:1m]'],
    ['(a)[5m:1m]', 'a[5m:1m]'],
    ['(a offset (1m)) + b', '(a offset (1m)) + b'],
    ['(a offset (1m)) == b', 'a offset (1m) == b'],
    ['(b ^ a offset (1m)) * c', '(b ^ a offset (1m)) * c'],
    ['a + (b offset (1m))', 'a + b offset (1m)'],
  ])('%s', (text, expected) => {
    const around = text.endsWith(']')
      ? (query: string): string => `max_over_time(${query})`
      : (query: string): string => query;
    expect(print(parse(around(text)))).toBe(around(expected));
  });
});

test('trees that nobody parsed are printed as well', () => {
  const up: Expr = { type: 'VectorSelector', name: 'up', matchers: [] };
  const sum: Expr = { type: 'BinaryExpr', op: '+', lhs: up, rhs: up };
  expect(print({ type: 'BinaryExpr', op: '*', lhs: sum, rhs: sum })).toBe('(up + up) * (up + up)');
  expect(print({ type: 'VectorSelector', name: 'http.requests', matchers: [] })).toBe('{"http.requests"}');
});

test('a tree with an error in it cannot be printed', () => {
  expect(() => print({ type: 'ErrorExpr', children: [] })).toThrow(TypeError);
});

describe('format lays out on lines', () => {
  const selector = (n: number): string => `metric_${'x'.repeat(n)}`;
  const short = 'rate(x[5m])';
  const long = selector(60);

  test('what fits stays on one line', () => {
    expect(format(parse(`sum by (a) (${short}) / ${short}`))).toBe(`sum by (a) (${short}) / ${short}`);
  });

  test.each([
    [`sum by (a) (${long} + ${long})`, ['sum by (a) (', `    ${long}`, '  +', `    ${long}`, ')']],
    [`topk(5, ${selector(100)})`, ['topk(', '  5,', `  ${selector(100)}`, ')']],
    [`${long} / on (a) group_left (b) ${long}`, [`  ${long}`, '/ on (a) group_left (b)', `  ${long}`]],
    [`${long} + ${long} - ${long}`, [`  ${long}`, '+', `  ${long}`, '-', `  ${long}`]],
    [`(${long} + ${long}) * ${short}`, ['  (', `      ${long}`, '    +', `      ${long}`, '  )', '*', `  ${short}`]],
    [`-(${long} + ${long})`, ['-(', `    ${long}`, '  +', `    ${long}`, ')']],
    [
      `max_over_time(sum(${long} + ${long})[1h:5m] @ 5 offset 1d)`,
      ['max_over_time(', '  sum(', `      ${long}`, '    +', `      ${long}`, '  )[1h:5m] @ 5 offset 1d', ')'],
    ],
  ])('%s', (text, lines) => {
    expect(format(parse(text)).split('\n')).toEqual(lines);
  });
});
