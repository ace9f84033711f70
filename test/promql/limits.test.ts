import {
  equal,
  format,
  parse,
  parseTolerant,
  print,
  PromqlSyntaxError,
  transform,
  valueType,
  walk,
} from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

const depth = 10_000;
const long = 1_000_000;

describe('nesting 10,000 deep', () => {
  test.each<[string, string]>([
    ['brackets', `${'('.repeat(depth)}a${')'.repeat(depth)}`],
    ['signs', `${'-'.repeat(depth)}a`],
    ['powers', Array.from({ length: depth }, () => 'a').join(' ^ ')],
    ['sums', Array.from({ length: depth }, () => 'a').join(' + ')],
    ['brackets on the right', `${'a + ('.repeat(depth)}a${')'.repeat(depth)}`],
    ['calls', `${'abs('.repeat(depth)}a${')'.repeat(depth)}`],
    ['aggregations', `${'sum by (x) ('.repeat(depth)}a${')'.repeat(depth)}`],
    ['subqueries', `${'max_over_time('.repeat(depth)}a${'[5m:1m])'.repeat(depth)}`],
    ['brackets in a duration', `a[${'('.repeat(depth)}5m${')'.repeat(depth)}]`],
    ['powers in a duration', `a[${Array.from({ length: depth }, () => '2').join('^')}]`],
  ])('%s', (_what, text) => {
    const tree = parse(text);
    const printed = print(tree);
    expect(equal(parse(printed), tree)).toBe(true);
    expect(equal(parse(format(tree)), tree)).toBe(true);
    expect(transform(tree, (node) => node)).toBe(tree);
    expect(valueType(tree)).toBeDefined();
    let count = 0;
    walk(tree, () => {
      count += 1;
    });
    expect(count).toBeGreaterThan(0);
  });

  test('brackets that are never closed are refused', () => {
    for (const text of ['('.repeat(depth), 'sum(rate('.repeat(depth), 'a['.repeat(depth), '-'.repeat(depth)]) {
      expect(() => parse(text)).toThrow(PromqlSyntaxError);
      expect(parseTolerant(text).problems.length).toBeGreaterThan(0);
    }
  });
});

describe('a million characters', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['sums', Array.from({ length: long / 4 }, () => 'a').join(' + ')],
    ['a string', `"${'x'.repeat(long)}"`],
    ['escapes', `"${String.raw`\xff\u00e9`.repeat(long / 10)}"`],
    ['a name', 'a'.repeat(long)],
    ['matchers', `a{${'b="c",'.repeat(long / 6)}}`],
    ['labels', `sum by (${'a,'.repeat(long / 2)}) (x)`],
    ['arguments', `label_join(a, "b", "c"${', "d"'.repeat(long / 5)})`],
    ['comments', `${'# comment\n'.repeat(long / 10)}a`],
    ['a regular expression', `a{b=~"${'x|'.repeat(long / 2)}y"}`],
    ['digits', `0.${'1'.repeat(long)}`],
  ];
  const refused: readonly (readonly [string, string])[] = [
    ['digits of a number', '1'.repeat(long)],
    ['digits of a duration', `${'1'.repeat(long)}s`],
    ['hexadecimal digits', `0x${'f'.repeat(long)} `],
    ['octal digits', '07'.repeat(long / 2)],
    ['dollars', 'a$'.repeat(long / 2)],
    ['commas', 'a,'.repeat(long / 2)],
    ['blanks', ' '.repeat(long)],
    ['brackets', '('.repeat(long)],
    ['quotes', '"'.repeat(long - 1)],
  ];

  test.each(accepted)('%s are read in linear time', (_what, text) => {
    const start = performance.now();
    const tree = parse(text);
    expect(equal(parse(print(tree)), tree)).toBe(true);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test.each(refused)('%s are refused in linear time', (_what, text) => {
    const start = performance.now();
    expect(() => parse(text)).toThrow(PromqlSyntaxError);
    expect(parseTolerant(text).problems.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
