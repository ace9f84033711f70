/** JSON that is the same everywhere. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain, stableJson, type Json } from '../../src/grafana/json.ts';

describe('text', () => {
  test('has sorted keys, two spaces and a newline at the end', () => {
    expect(stableJson({ b: [{ d: 1, c: null }], a: 'ä' })).toBe(
      '{\n  "a": "ä",\n  "b": [\n    {\n      "c": null,\n      "d": 1\n    }\n  ]\n}\n',
    );
  });

  test('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(stableJson(turned as Json)).toBe(stableJson(value as Json));
        expect(JSON.parse(stableJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 1 },
    );
  });
});

describe('plain copies', () => {
  test('leave out functions and what is undefined', () => {
    expect(plain({ a: 1, b: undefined, c: () => 1, d: [{ e: undefined }] })).toEqual({ a: 1, d: [{}] });
  });

  test('share nothing with what they were made of', () => {
    const source = { a: { b: [1] } };
    const copy = plain(source);
    source.a.b.push(2);
    expect(copy).toEqual({ a: { b: [1] } });
  });

  test.each([
    ['a number that JSON lacks', { a: [1, Number.NaN] }, '$.a[1] is NaN'],
    ['infinity', { a: -Infinity }, '$.a is -Infinity'],
    ['a symbol', { a: Symbol('x') }, '$.a is a symbol'],
    ['a big integer', { a: 1n }, '$.a is a bigint'],
    ['undefined in a list', [undefined], '$[0] is a undefined'],
  ])('refuse %s and say where it is', (_, value, message) => {
    expect(() => plain(value)).toThrow(message);
  });

  test('refuse a cycle', () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(() => plain(value)).toThrow('$.self contains itself');
  });

  test('take one object in two places', () => {
    const shared = { x: 1 };
    expect(plain([shared, shared])).toEqual([{ x: 1 }, { x: 1 }]);
  });
});
