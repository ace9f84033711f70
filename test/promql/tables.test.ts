import {
  aggregations,
  DurationError,
  functions,
  parse,
  parseDuration,
  printDuration,
  regexMatches,
  regexProblem,
} from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

const examples = { vector: 'x', scalar: '1', matrix: 'x[5m]', string: '"s"' } as const;

describe('the table of functions', () => {
  test('has all 90 functions of Prometheus 3.14, in order', () => {
    expect(functions.size).toBe(90);
    expect([...functions.keys()]).toEqual([...functions.keys()].toSorted());
  });

  test.each(
    [...functions.values()]
      .filter(({ name }) => name !== 'info')
      .map((signature) => [signature.name, signature] as const),
  )('%s takes the arguments that the table says', (name, { args, variadic, labels, returns }) => {
    const call = (count: number): string => {
      const list = Array.from({ length: count }, (_, i) => examples[args[Math.min(i, args.length - 1)] ?? 'vector']);
      return `${name}(${list.join(', ')})`;
    };
    const least = variadic === 0 ? args.length : args.length - 1;
    const most = variadic < 0 ? args.length + 5 : least + variadic;
    for (const count of [least, args.length, most]) expect(() => parse(call(count))).not.toThrow();
    const wrong = [...(least > 0 ? [least - 1] : []), ...(variadic < 0 ? [] : [most + 1])];
    for (const count of wrong) expect(() => parse(call(count))).toThrow('argument(s) in call to');
    expect(labels === 'none').toBe(returns === 'scalar' || name === 'vector');
  });

  test('info takes a second selector without a name', () => {
    expect(() => parse('info(x, {a="b"})')).not.toThrow();
  });

  test('only functions of matrices and vectors need counters, gauges or histograms', () => {
    const needy = [...functions.values()].filter(({ needs }) => needs !== 'any');
    expect(needy.length).toBeGreaterThan(10);
    for (const { args } of needy) expect(args.some((type) => type === 'matrix' || type === 'vector')).toBe(true);
  });
});

describe('the table of aggregations', () => {
  test.each([...aggregations.values()].map((signature) => [signature.op, signature] as const))(
    '%s',
    (op, { param }) => {
      const first = param === undefined ? '' : `${examples[param]}, `;
      expect(parse(`${op}(${first}x)`)).toMatchObject({ type: 'AggregateExpr', op });
      expect(() => parse(`${op}(${first}x, x)`)).toThrow('wrong number of arguments');
      const wrong = param === undefined ? `${op}(5)` : `${op}(x, x)`;
      expect(() => parse(wrong)).toThrow(`expected type ${param ?? 'instant vector'} in aggregation`);
    },
  );
});

describe('durations', () => {
  test.each([
    ['5m', 300_000, '5m'],
    ['1h30m', 5_400_000, '1h30m'],
    ['90m', 5_400_000, '1h30m'],
    ['36h', 129_600_000, '1d12h'],
    ['60d', 5_184_000_000, '60d'],
    ['14d', 1_209_600_000, '2w'],
    ['365d', 31_536_000_000, '1y'],
    ['1y1ms', 31_536_000_001, '365d1ms'],
    ['0s', 0, '0s'],
    ['0', 0, '0s'],
    ['00005m', 300_000, '5m'],
  ])('%s', (text, milliseconds, printed) => {
    expect(parseDuration(text)).toBe(milliseconds);
    expect(printDuration(milliseconds)).toBe(printed);
    expect(parseDuration(printed)).toBe(milliseconds);
  });

  test.each([
    ['', 'empty duration string'],
    ['5', 'not a valid duration string: "5"'],
    ['m', 'not a valid duration string: "m"'],
    ['5m1h', 'not a valid duration string: "5m1h"'],
    ['1m1m', 'not a valid duration string: "1m1m"'],
    ['5q', 'unknown unit "q" in duration "5q"'],
    ['1.5h', 'unknown unit "." in duration "1.5h"'],
    ['-5m', 'not a valid duration string: "-5m"'],
    ['300y', 'duration out of range'],
  ])('%s is none', (text, message) => {
    expect(() => parseDuration(text)).toThrow(new DurationError(message));
  });

  test('a negative one is printed with its sign', () => {
    expect(printDuration(-90_000)).toBe('-1m30s');
  });
});

describe('regular expressions match as in a matcher', () => {
  test.each([
    ['a', 'a', true],
    ['a', 'ab', false],
    ['a|b', 'b', true],
    ['.*', '', true],
    ['.+', '', false],
    ['a.b', 'a\nb', true],
    ['(?i)ABC', 'abc', true],
    ['^a$', 'a', true],
    [String.raw`\pL+`, 'é', true],
    ['', '', true],
  ])('%s on %s', (pattern, value, matches) => {
    expect(regexProblem(pattern)).toBeUndefined();
    expect(regexMatches(pattern, value)).toBe(matches);
  });

  test.each(['(', '[', 'a**', '(?!x)', '(?<=x)', 'x{1001}', String.raw`\1`, '(?P<n', 'a{2,1}'])(
    '%s is none',
    (pattern) => {
      expect(regexProblem(pattern)).toMatch(/^error parsing regexp: /);
      expect(() => regexMatches(pattern, 'x')).toThrow(RangeError);
    },
  );
});
