import {
  children,
  equal,
  type Expr,
  parse,
  print,
  transform,
  valueType,
  visit,
  walk,
  withChildren,
} from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

describe('walk', () => {
  test('goes through the text in its order', () => {
    const seen: string[] = [];
    walk(parse('topk(5, a[5m:1m]) + -abs(b) / c'.replace('a[5m:1m]', 'rate(a[5m])')), {
      enter: (node) => void seen.push(`+${node.type}`),
      leave: (node, parent) => void seen.push(`-${node.type} in ${parent?.type ?? 'nothing'}`),
    });
    expect(seen.slice(0, 9)).toEqual([
      '+BinaryExpr',
      '+AggregateExpr',
      '+NumberLiteral',
      '-NumberLiteral in AggregateExpr',
      '+Call',
      '+MatrixSelector',
      '+VectorSelector',
      '-VectorSelector in MatrixSelector',
      '-MatrixSelector in Call',
    ]);
    expect(seen.at(-1)).toBe('-BinaryExpr in nothing');
  });

  test('leaves out what it is told to', () => {
    const seen: string[] = [];
    walk(parse('sum(a) + b'), (node) => {
      seen.push(node.type);
      return node.type !== 'AggregateExpr';
    });
    expect(seen).toEqual(['BinaryExpr', 'AggregateExpr', 'VectorSelector']);
  });

  test('visit sees every node', () => {
    let count = 0;
    visit(parse('rate(a[5m]) and b'), () => {
      count += 1;
    });
    expect(count).toBe(5);
  });

  test('children of a variable operator are its two sides', () => {
    expect(children(parse('a $x b', { variables: true })).map(print)).toEqual(['a', 'b']);
  });
});

describe('transform', () => {
  const rename = (node: Expr): Expr =>
    node.type === 'VectorSelector' && node.name === 'a' ? { ...node, name: 'z' } : node;

  test.each([
    ['a', 'z'],
    ['rate(a[5m]) + b', 'rate(z[5m]) + b'],
    ['topk(scalar(a), a)', 'topk(scalar(z), z)'],
    ['-a ^ max_over_time(a[5m:1m])', '-z ^ max_over_time(z[5m:1m])'],
    ['label_replace(a, "b", "c", "d", "e")', 'label_replace(z, "b", "c", "d", "e")'],
  ])('%s', (text, expected) => {
    const tree = transform(parse(text), rename);
    expect(print(tree)).toBe(expected);
    expect(Object.isFrozen(tree)).toBe(true);
  });

  test('keeps what does not change', () => {
    const tree = parse('rate(a[5m]) + sum(b)');
    const changed = transform(tree, rename);
    if (tree.type !== 'BinaryExpr' || changed.type !== 'BinaryExpr') throw new Error('not what was written');
    expect(changed.rhs).toBe(tree.rhs);
    expect(transform(tree, (node) => node)).toBe(tree);
    expect(print(tree)).toBe('rate(a[5m]) + sum(b)');
  });

  test('only a selector can have a range', () => {
    const number: Expr = { type: 'NumberLiteral', value: 1 };
    expect(() => transform(parse('rate(a[5m])'), (node) => (node.type === 'VectorSelector' ? number : node))).toThrow(
      'only a selector can have a range, not a NumberLiteral',
    );
    expect(() => withChildren(parse('-a'), [])).toThrow(TypeError);
  });
});

describe('equal', () => {
  test.each([
    ['a+b', '(a) + ( b )', true],
    ['sum(x) by (a)', 'sum by (a) (x)', true],
    ['a{b="c"}', "a{b='c'}", true],
    ['a[60s]', 'a[1m]', true],
    ['a', 'b', false],
    ['a + b', 'b + a', false],
    ['a', 'a offset 1m', false],
    ['5m', '300', false],
    ['(a + b) + c', 'a + (b + c)', false],
    ['sum(a)', 'sum by () (a)', false],
  ])('%s and %s', (a, b, same) => {
    expect(equal(parse(a), parse(b))).toBe(same);
    expect(equal(parse(b), parse(a))).toBe(same);
  });
});

test.each([
  ['1 + 2', 'scalar'],
  ['1 + a', 'vector'],
  ['-(a)', 'vector'],
  ['"x"', 'string'],
  ['a[5m]', 'matrix'],
  ['a[5m:]', 'matrix'],
  ['time()', 'scalar'],
  ['sum(a)', 'vector'],
])('the type of %s is %s', (text, type) => {
  expect(valueType(parse(text))).toBe(type);
});
