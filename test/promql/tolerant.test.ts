import { parseTolerant, walk } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

function metrics(text: string): readonly unknown[] {
  const found: unknown[] = [];
  walk(parseTolerant(text).expr, (node) => {
    if (node.type === 'VectorSelector') found.push(node.name);
  });
  return found;
}

function messages(text: string): readonly string[] {
  return parseTolerant(text).problems.map(({ message }) => message);
}

describe('what can be read of a wrong query is in the tree', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['sum(rate(a[5m]', ['a'], ['unclosed left parenthesis']],
    ['sum(a', ['a'], ['unclosed left parenthesis']],
    ['a + ', ['a'], ['unexpected end of input']],
    ['a + * b', ['a'], ['unexpected <op:*>']],
    ['a b + c', ['a', 'c'], ['unexpected identifier "b"']],
    ['rate(a[5m)) + b'.replace('))', ')'), ['b'], ['unexpected ")" in subquery or range, expected ":" or "]"']],
    ['sum by (x (a) + b', ['b'], ['unexpected "(" in grouping opts, expected "," or ")"', 'unclosed left parenthesis']],
    [
      'topk(, a)',
      ['a'],
      ['unexpected "," in aggregation', 'expected type scalar in aggregation parameter, got any'].slice(0, 1),
    ],
    ['a{b=c} / d', ['d'], ['unexpected identifier "c" in label matching, expected string']],
    ['a $ b + c', ['a', 'c'], ["unexpected character: '$'"]],
    ['a)', ['a'], ["unexpected right parenthesis ')'"]],
    ['', [], ['no expression found in input']],
    ['"abc', [], ['unterminated quoted string']],
  ])('%s', (text, names, problems) => {
    expect(metrics(text)).toEqual(names);
    expect(messages(text)).toEqual(problems);
  });
});

test('every fault of type is found, in the order of the text', () => {
  expect(messages('rate(a) + sum(1) + "b"')).toEqual([
    'expected type range vector in call to function "rate", got instant vector',
    'expected type instant vector in aggregation expression, got scalar',
    'binary expression must contain only scalar and instant vector types',
  ]);
});

test('faults of syntax and of type are found together', () => {
  expect(messages('rate(a) + b offset 1m offset 2m')).toEqual([
    'expected type range vector in call to function "rate", got instant vector',
    'offset may not be set multiple times',
  ]);
});

test('an unfinished call is not blamed for what is still to come', () => {
  expect(messages('histogram_quantile(0.9, ')).toEqual(['unclosed left parenthesis']);
});

test('a right query has no problems', () => {
  expect(parseTolerant('up').problems).toEqual([]);
});

test('a query full of errors takes no longer than its length', () => {
  const text = 'a $ ] ) { '.repeat(20_000);
  const start = performance.now();
  expect(parseTolerant(text).problems.length).toBeGreaterThan(0);
  expect(performance.now() - start).toBeLessThan(10_000);
});
