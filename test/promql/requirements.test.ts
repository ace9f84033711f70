import { type ParseOptions, parse, type Requirement } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

function lacks(text: string, options: ParseOptions): readonly Requirement[] {
  const found: Requirement[] = [];
  JSON.stringify(parse(text, options), (key, value: unknown) => {
    if (key === 'requires') found.push(...(value as readonly Requirement[]));
    return value;
  });
  return found;
}

const experimental = 'promql-experimental-functions';
const extended = 'promql-extended-range-selectors';

describe('what a server lacks is marked on the tree', () => {
  test.each<[string, string, string | undefined, string | undefined]>([
    ['{"a b"}', 'a quoted name', '2.55', 'utf8-names'],
    ['x{"a b"="c"}', 'a quoted name', '2.55', 'utf8-names'],
    ['sum by ("a b") (x)', 'a quoted name', '2.55', 'utf8-names'],
    ['a / on ("b c") d', 'a quoted name', '2.55', 'utf8-names'],
    ['x[300]', 'a number in place of a duration', '2.54', undefined],
    ['x offset 300', 'a number in place of a duration', '2.54', undefined],
    ['x > 5m', 'a duration in place of a number', '2.54', undefined],
    ['x @ 5m', 'a duration in place of a number', '2.54', undefined],
    ['1_000', 'a number with underscores', '2.54', undefined],
    ['x[+5m]', 'a sign in front of a duration', '3.4', undefined],
    ['x offset 0s', 'a duration of zero', '3.4', undefined],
    ['x[2 * 5m]', 'arithmetic on durations', '3.4', 'promql-duration-expr'],
    ['x offset (5m)', 'arithmetic on durations', '3.4', 'promql-duration-expr'],
    ['x[step()]', 'step() as a duration', '3.6', 'promql-duration-expr'],
    ['x[range()]', 'range() as a duration', '3.12', 'promql-duration-expr'],
    ['x[max_of(1m, 2m)]', 'min_of() and max_of() of durations', '3.13', 'promql-duration-expr'],
    ['x[5m] anchored', 'the anchored modifier', '3.7', extended],
    ['x smoothed', 'the smoothed modifier', '3.7', extended],
    ['a + fill(0) b', 'the fill modifiers', '3.10', 'promql-binop-fill-modifiers'],
    ['a >/ 5', 'the trim operators', '3.11', undefined],
    ['limitk(2, x)', 'the limitk() aggregation', '2.54', experimental],
    ['limit_ratio(0.5, x)', 'the limit_ratio() aggregation', '2.54', experimental],
    ['info(x)', 'the info() function', '2.55', experimental],
    ['mad_over_time(x[5m])', 'the mad_over_time() function', '2.49', experimental],
    ['sort_by_label(x, "a")', 'the sort_by_label() function', '2.49', experimental],
    ['first_over_time(x[5m])', 'the first_over_time() function', '3.7', experimental],
    ['histogram_avg(x)', 'the histogram_avg() function', '2.51', undefined],
    ['min_of(1, 2)', 'the min_of() function', '3.13', experimental],
    ['start()', 'the start() function', '3.12', experimental],
  ])('%s', (text, what, since, feature) => {
    expect(lacks(text, { version: '2.42' })).toContainEqual({
      what,
      ...(since !== undefined && { since }),
      ...(feature !== undefined && { feature }),
    });
  });
});

describe('nothing is marked that the server has', () => {
  test('of the syntax of 2.42', () => {
    const text =
      'sum by (a) (rate(x{b=~"c.*"}[5m] offset -1h @ end())) > bool on (a) group_left max_over_time(y[1h:5m])';
    expect(lacks(text, { version: '2.42.0' })).toEqual([]);
  });

  test.each<[string, ParseOptions]>([
    ['x[2 * 5m]', {}],
    ['x[2 * 5m]', { version: '3.13', features: ['promql-duration-expr'] }],
    ['first_over_time(x[5m])', {}],
    ['first_over_time(x[5m])', { version: 'v3.8.1', features: [experimental] }],
    ['{"a b"}', {}],
    ['{"a b"}', { version: '2.55', features: ['utf8-names'] }],
    ['limitk(2, x)', { features: [experimental] }],
    ['a + fill(0) b', { version: '3.10', features: ['promql-binop-fill-modifiers'] }],
    ['x > 5m', { version: '2.54' }],
    ['x[5m] smoothed', { features: [extended] }],
  ])('%s with %j', (text, options) => {
    expect(lacks(text, options)).toEqual([]);
  });

  test.each<[string, ParseOptions]>([
    ['limitk(2, x)', {}],
    ['limitk(2, x)', { version: '2.53', features: [experimental] }],
    ['x[2 * 5m]', { version: '3.13' }],
    ['x smoothed', { version: '3.14' }],
    ['{"a b"}', { version: '2.55' }],
  ])('but this is: %s with %j', (text, options) => {
    expect(lacks(text, options)).toHaveLength(1);
  });
});

test('a mark stands on the node that needs it', () => {
  const tree = parse('sum by ("a b") (rate(x[300])) + y', { version: '2.42' });
  if (tree.type !== 'BinaryExpr' || tree.lhs.type !== 'AggregateExpr' || tree.lhs.expr.type !== 'Call')
    throw new Error('not what was written');
  expect(tree.requires).toBeUndefined();
  expect(tree.lhs.requires?.map(({ what }) => what)).toEqual(['a quoted name']);
  expect(tree.lhs.expr.requires).toBeUndefined();
  expect(tree.lhs.expr.args[0]?.requires?.map(({ what }) => what)).toEqual(['a number in place of a duration']);
});
