import { equal, type Expr, parse, parseTolerant, print } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

const metadata = /^(span|parens|requires|\w+Span|\w+Spans)$/;

/** A tree as plain data, without places. */
function bare(node: Expr): unknown {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (metadata.test(key) ? undefined : value)));
}

/** A tree with every operator and sign in brackets. */
function bracketed(text: string): string {
  const show = (node: Expr): string => {
    switch (node.type) {
      case 'BinaryExpr':
        return `(${show(node.lhs)} ${node.op} ${show(node.rhs)})`;
      case 'UnaryExpr':
        return `(${node.op}${show(node.expr)})`;
      default:
        return print(node);
    }
  };
  return show(parse(text));
}

describe('operators bind as in Prometheus', () => {
  test.each([
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['-2 ^ 2', '(-(2 ^ 2))'],
    ['-a * b', '((-a) * b)'],
    ['-a ^ b', '(-(a ^ b))'],
    ['2 ^ -1 ^ 2', '(2 ^ (-(1 ^ 2)))'],
    ['2 ^ -a * b', '((2 ^ (-a)) * b)'],
    ['a atan2 b / c', '((a atan2 b) / c)'],
    ['a % b * c', '((a % b) * c)'],
    ['a > b + c', '(a > (b + c))'],
    ['a > b </ c >= d', '(((a > b) </ c) >= d)'],
    ['a or b and c', '(a or (b and c))'],
    ['a and b unless c', '((a and b) unless c)'],
    ['a unless b or c and d == e + f * g ^ h', '((a unless b) or (c and (d == (e + (f * (g ^ h))))))'],
    ['a AND b Or c', '((a and b) or c)'],
    ['--a', '(-(-a))'],
    ['+a', '(+a)'],
    ['-+-1', '1'],
  ])('%s', (text, expected) => {
    expect(bracketed(text)).toBe(expected);
  });

  test.each([
    ['a + b offset 5m', 'b offset 5m'],
    ['a + b @ 10', 'b @ 10'],
    ['a + b anchored', 'b anchored'],
    ['a + rate(b[5m])[1h:]', 'rate(b[5m])[1h:]'],
  ])('modifiers belong to the last operand: %s', (text, last) => {
    const { expr } = parseTolerant(text);
    if (expr.type !== 'BinaryExpr') throw new Error(`${expr.type} is no binary expression`);
    expect(print(expr.rhs)).toBe(last);
  });

  test('an offset on the right side stands on the right side', () => {
    const node = parse('a + b offset 5m * c');
    expect(bare(node)).toMatchObject({
      op: '+',
      lhs: { name: 'a' },
      rhs: { op: '*', lhs: { name: 'b', offset: { milliseconds: 300_000 } }, rhs: { name: 'c' } },
    });
  });
});

describe('keywords are names where no keyword fits', () => {
  test.each([
    'sum',
    'a + sum',
    'offset',
    'offset offset 5m',
    'by',
    'and + or',
    'a and and',
    'start + end',
    'step',
    'range',
    'min_of',
    'anchored',
    'anchored anchored',
    'fill',
    'fill_left + fill_right',
    'other + fill_left(0) fill_left',
    'SUM',
    'without',
    'sum by (by, bool, on, offset, sum, and, atan2, group_left) (x)',
    'sum(x) by (start, end, step, anchored, fill)',
    'x{sum="a",by="b",inf="c",without="d"}',
    'limitk',
  ])('%s', (text) => {
    expect(print(parse(print(parse(text))))).toBe(print(parse(text)));
  });

  test('a keyword in capitals is one, a function in capitals is not', () => {
    expect(parse('SUM(x)')).toMatchObject({ type: 'AggregateExpr', op: 'sum' });
    expect(() => parse('RATE(x[5m])')).toThrow('unknown function with name "RATE"');
  });
});

describe('numbers', () => {
  test.each<[string, number | string]>([
    ['1', 1],
    ['.5', 0.5],
    ['5.', 5],
    ['5e-3', 0.005],
    ['1E3', 1000],
    ['0x1F', 31],
    ['0X1f', 31],
    ['0755', 493],
    ['089', 89],
    ['1_000_000', 1_000_000],
    ['0x_ff', 255],
    ['1_0.2_5', 10.25],
    ['9223372036854775808', 2 ** 63],
    ['Inf', '+Inf'],
    ['-inf', '-Inf'],
    ['NaN', 'NaN'],
    ['nAN', 'NaN'],
    ['1e-400', 0],
  ])('%s', (text, value) => {
    expect(parse(text)).toMatchObject({ type: 'NumberLiteral', value });
  });

  test.each<[string, number]>([
    ['5m', 300],
    ['1h30m', 5400],
    ['1d2h3m4s5ms', 93_784.005],
    ['-2w', -1_209_600],
    ['1y', 31_536_000],
  ])('%s is a number of seconds', (text, value) => {
    expect(bare(parse(text))).toEqual({ type: 'NumberLiteral', value, duration: true });
  });

  test('-0 is a sign in front of 0, because JSON has no -0', () => {
    expect(bare(parse('-0'))).toEqual({ type: 'UnaryExpr', op: '-', expr: { type: 'NumberLiteral', value: 0 } });
    expect(print(parse('-0'))).toBe('-0');
  });
});

describe('strings', () => {
  test.each([
    [String.raw`"a\n\t\\\"b"`, 'a\n\t\\"b'],
    [String.raw`'it\'s "so"'`, 'it\'s "so"'],
    ['`raw \\n " \'`', 'raw \\n " \''],
    ['`two\nlines`', 'two\nlines'],
    [String.raw`"\x41\102\u00e9\U0001F600"`, 'ABé😀'],
    [String.raw`"\xe4\xb8\x96"`, '世'],
    [String.raw`"\xff\xe4"`, '\udcff\udce4'],
    ['"é世😀"', 'é世😀'],
    ['""', ''],
  ])('%s', (text, value) => {
    const node = parse(text);
    expect(bare(node)).toEqual({ type: 'StringLiteral', value });
    expect(bare(parse(print(node)))).toEqual(bare(node));
  });
});

describe('selectors', () => {
  test.each<[string, Record<string, unknown>]>([
    ['{"foo.bar"}', { name: 'foo.bar', matchers: [] }],
    ['{"foo.bar", a="b"}', { name: 'foo.bar', matchers: [{ name: 'a', op: '=', value: 'b' }] }],
    ['{a="b", "foo.bar"}', { name: 'foo.bar', matchers: [{ name: 'a', op: '=', value: 'b' }] }],
    ['{"a b"="c"}', { matchers: [{ name: 'a b', op: '=', value: 'c' }] }],
    ['{"foo", "bar"}', { name: 'foo', matchers: [{ name: '__name__', op: '=', value: 'bar' }] }],
    ['foo{}', { name: 'foo', matchers: [] }],
    ['foo{a!~"b",}', { name: 'foo', matchers: [{ name: 'a', op: '!~', value: 'b' }] }],
    ['a:b', { name: 'a:b', matchers: [] }],
    ['foo @ 1.5 offset -1h', { at: { at: { milliseconds: 1500 } }, offset: { milliseconds: -3_600_000 } }],
    ['foo offset 1h @ end()', { at: { at: 'end' }, offset: { milliseconds: 3_600_000 } }],
    ['foo @ -3.3e1', { at: { at: { milliseconds: -33_000 } } }],
    ['foo @ 1m', { at: { at: { milliseconds: 60_000 } } }],
    ['foo offset 0s offset 5m', { offset: { milliseconds: 300_000 } }],
    ['foo anchored', { extended: 'anchored' }],
  ])('%s', (text, expected) => {
    expect(bare(parse(text))).toMatchObject({ type: 'VectorSelector', ...expected });
  });

  test('offset and @ of a range stand on the selector', () => {
    expect(bare(parse('foo[5m] smoothed @ start() offset 1m'))).toEqual({
      type: 'MatrixSelector',
      selector: {
        type: 'VectorSelector',
        name: 'foo',
        matchers: [],
        extended: 'smoothed',
        at: { type: 'AtModifier', at: 'start' },
        offset: { type: 'Duration', milliseconds: 60_000 },
      },
      range: { type: 'Duration', milliseconds: 300_000 },
    });
  });

  test('a subquery may follow a modifier, and has its own', () => {
    expect(bare(parse('foo offset 1m [10m:5s] offset 2m'))).toMatchObject({
      type: 'SubqueryExpr',
      expr: { offset: { milliseconds: 60_000 } },
      range: { milliseconds: 600_000 },
      step: { milliseconds: 5000 },
      offset: { milliseconds: 120_000 },
    });
  });

  test('comments and white space stand anywhere between tokens', () => {
    const spread = 'sum # what\n by\t( a , ) (\r\n x { # which\n a = "b" } [ 5m # long\n ] ) # end';
    expect(() => parse(spread)).toThrow('expected type instant vector in aggregation expression, got range vector');
    expect(equal(parse('x { # which\n a = "b" } # end'), parse('x{a="b"}'))).toBe(true);
  });
});

describe('durations', () => {
  test.each<[string, unknown]>([
    ['foo[90]', { type: 'Duration', milliseconds: 90_000 }],
    ['foo[4.018]', { type: 'Duration', milliseconds: 4018 }],
    ['foo[0x10]', { type: 'Duration', milliseconds: 16_000 }],
    ['foo[- -5m]', { type: 'Duration', milliseconds: 300_000 }],
    ['foo[step()]', { type: 'DurationExpr', op: 'step', operands: [] }],
    ['foo[STEP()]', { type: 'DurationExpr', op: 'step', operands: [] }],
    [
      'foo[1m+2*step()]',
      {
        type: 'DurationExpr',
        op: '+',
        operands: [
          { type: 'Duration', milliseconds: 60_000 },
          {
            type: 'DurationExpr',
            op: '*',
            operands: [
              { type: 'NumberLiteral', value: 2 },
              { type: 'DurationExpr', op: 'step', operands: [] },
            ],
          },
        ],
      },
    ],
    [
      'foo[max_of(5m, range())]',
      {
        type: 'DurationExpr',
        op: 'max_of',
        operands: [
          { type: 'Duration', milliseconds: 300_000 },
          { type: 'DurationExpr', op: 'range', operands: [] },
        ],
      },
    ],
    ['foo[(5)]', { type: 'DurationExpr', op: '+', operands: [{ type: 'NumberLiteral', value: 5 }] }],
  ])('%s', (text, range) => {
    expect(bare(parse(text))).toMatchObject({ type: 'MatrixSelector', range });
  });

  test.each([
    ['foo offset 1m + 1m', 'foo offset 1m', '+'],
    ['foo offset -2 ^ 2', 'foo offset -2', '^'],
    ['foo offset step() * 2', 'foo offset step()', '*'],
    ['foo offset -(1m) - 1', 'foo offset -(1m)', '-'],
    ['foo offset min_of(1s, 2s) + bar', 'foo offset min_of(1s, 2s)', '+'],
  ])('behind offset a literal or a call ends the duration: %s', (text, left, op) => {
    const node = parse(text);
    if (node.type !== 'BinaryExpr') throw new Error(`${node.type} is no binary expression`);
    expect(node.op).toBe(op);
    expect(equal(node.lhs, parse(left))).toBe(true);
  });

  test('behind offset, brackets may go on', () => {
    expect(bare(parse('foo offset (1m) * 2'))).toMatchObject({
      type: 'VectorSelector',
      offset: { op: '*', operands: [{ op: '+' }, { value: 2 }] },
    });
    expect(() => parse('foo offset (1m) * bar')).toThrow(
      'unexpected identifier "bar" in offset, expected number, duration, step(), or range()',
    );
  });
});

describe('aggregations and matching', () => {
  test('grouping may stand on either side', () => {
    expect(equal(parse('sum by (a, b) (x)'), parse('sum(x) by (a, b,)'))).toBe(true);
  });

  test('labels may be quoted', () => {
    expect(bare(parse('sum by ("foo.bar", \'b\', c) (x)'))).toMatchObject({
      grouping: { mode: 'by', labels: ['foo.bar', 'b', 'c'] },
    });
    expect(bare(parse('a / on ("x y") group_left ("z") b'))).toMatchObject({
      matching: { mode: 'on', labels: ['x y'], group: 'left', include: ['z'] },
    });
  });

  test('every modifier of a binary operator is kept', () => {
    expect(bare(parse('a == bool ignoring (x) group_right (y) fill_right(-1) fill_left(5m) b'))).toEqual({
      type: 'BinaryExpr',
      op: '==',
      lhs: { type: 'VectorSelector', name: 'a', matchers: [] },
      rhs: { type: 'VectorSelector', name: 'b', matchers: [] },
      bool: true,
      matching: { mode: 'ignoring', labels: ['x'], group: 'right', include: ['y'] },
      fill: {
        left: { type: 'NumberLiteral', value: 300, duration: true },
        right: { type: 'NumberLiteral', value: -1 },
      },
    });
  });

  test('a list in brackets behind group_left belongs to it', () => {
    expect(bare(parse('a * on (x) group_left (y) b'))).toMatchObject({ matching: { include: ['y'] } });
    expect(bare(parse('a * on (x) group_left b'))).toMatchObject({ rhs: { name: 'b' } });
  });
});

describe('trees', () => {
  const text = '(sum by (a) (-x{b=~"c"}[5m:1m] @ 5 offset 1h)) / on (d) group_left (e) $y + 5m';

  function everyObject(value: unknown, visit: (object: object) => void): void {
    if (typeof value !== 'object' || value === null) return;
    visit(value);
    for (const part of Object.values(value)) everyObject(part, visit);
  }

  const node = parse(text.replace('-x{b=~"c"}[5m:1m] @ 5 offset 1h', 'max_over_time(x{b=~"c"}[5m:1m] @ 5 offset 1h)'), {
    variables: true,
    version: '2.42',
  });

  test('are frozen all through', () => {
    let count = 0;
    everyObject(node, (object) => {
      count += 1;
      expect(Object.isFrozen(object)).toBe(true);
    });
    expect(count).toBeGreaterThan(20);
  });

  test('come back from JSON as they were', () => {
    expect(JSON.parse(JSON.stringify(node))).toEqual(node);
  });

  test('have no property without a value', () => {
    everyObject(node, (object) => {
      expect(Object.values(object)).not.toContain(undefined);
    });
  });

  test('say where each node stands, without its brackets', () => {
    const query = ' ( a{x="y"}[5m] ) ';
    const tree = parse(` sum( ( rate${query}) ) `);
    if (tree.type !== 'AggregateExpr' || tree.expr.type !== 'Call') throw new Error('not what was written');
    const source = ` sum( ( rate${query}) ) `;
    const at = (span?: { start: number; end: number }): string => source.slice(span?.start, span?.end);
    expect(at(tree.span)).toBe('sum( ( rate ( a{x="y"}[5m] ) ) )');
    expect(at(tree.opSpan)).toBe('sum');
    expect(at(tree.expr.span)).toBe('rate ( a{x="y"}[5m] )');
    expect(at(tree.expr.parens)).toBe('( rate ( a{x="y"}[5m] ) )');
    expect(at(tree.expr.funcSpan)).toBe('rate');
    const [range] = tree.expr.args;
    if (range?.type !== 'MatrixSelector') throw new Error('no range');
    expect(at(range.span)).toBe('a{x="y"}[5m]');
    expect(at(range.range.span)).toBe('5m');
    expect(at(range.selector.nameSpan)).toBe('a');
    expect(at(range.selector.matchers[0]?.valueSpan)).toBe('"y"');
  });
});
