import { parse, print, PromqlSyntaxError, valueType } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

const metadata = /^(span|parens|requires|\w+Span|\w+Spans)$/;

function read(text: string): Record<string, unknown> {
  const tree = JSON.stringify(parse(text, { variables: true }), (key, value: unknown) =>
    metadata.test(key) ? undefined : value,
  );
  return JSON.parse(tree) as Record<string, unknown>;
}

const x = { type: 'GrafanaVariable', name: 'x', syntax: 'dollar' };
const template = (...parts: readonly unknown[]): unknown => ({ type: 'Template', parts });

describe('a Grafana variable may stand for', () => {
  test.each<[string, string, unknown]>([
    ['a whole expression', '$x', { type: 'VariableExpr', variable: template(x) }],
    ['a part of a number', '0.$x', { type: 'VariableExpr', variable: template('0.', x) }],
    ['an argument', 'topk($x, a)', { param: { type: 'VariableExpr' } }],
    ['a metric with matchers', '$x{a="b"}', { type: 'VectorSelector', name: template(x) }],
    ['a metric with a range', '$x[5m]', { type: 'MatrixSelector', selector: { name: template(x) } }],
    ['a metric with an offset', '$x offset 5m', { type: 'VectorSelector', name: template(x) }],
    [
      'a part of a metric',
      'a_${x}_total',
      { type: 'VectorSelector', name: template('a_', { ...x, syntax: 'braces' }, '_total') },
    ],
    ['a label of a matcher', 'a{$x="b"}', { matchers: [{ name: template(x), value: 'b' }] }],
    ['a value', 'a{b="$x"}', { matchers: [{ value: template(x) }] }],
    ['a part of a value', 'a{b=~"c|$x.*"}', { matchers: [{ value: template('c|', x, '.*') }] }],
    ['a label in by', 'sum by ($x, b) (a)', { grouping: { labels: [template(x), 'b'] } }],
    [
      'a label in on and group_left',
      'a * on ($x) group_left ($x) b',
      { matching: { labels: [template(x)], include: [template(x)] } },
    ],
    ['a range', 'a[$x]', { range: { type: 'TemplateDuration', text: template(x) } }],
    ['a part of a range', 'a[${x}m]', { range: { text: template({ ...x, syntax: 'braces' }, 'm') } }],
    ['a range and a step', 'a[$x:$x]', { range: { text: template(x) }, step: { text: template(x) } }],
    ['an offset', 'a offset $x', { offset: { type: 'TemplateDuration' } }],
    [
      'a negative offset',
      'a offset -$x',
      { offset: { type: 'DurationExpr', op: '-', operands: [{ type: 'TemplateDuration' }] } },
    ],
    ['a part of arithmetic', 'a[$x * 2]', { range: { op: '*' } }],
    ['a timestamp', 'a @ $x', { at: { type: 'AtModifier', at: x } }],
    [
      'an operator',
      'a $x on (c) b',
      {
        type: 'VariableExpr',
        variable: template(x),
        operands: { lhs: { name: 'a' }, rhs: { name: 'b' }, matching: { mode: 'on', labels: ['c'] } },
      },
    ],
    ['text', 'label_replace(a, "b", "$x $1", "", "")', { args: [{}, {}, { value: template(x, ' $1') }, {}, {}] }],
  ])('%s', (_what, text, expected) => {
    expect(read(text)).toMatchObject(expected as object);
    expect(read(print(parse(text, { variables: true })))).toEqual(read(text));
  });
});

describe('variables are written', () => {
  test.each<[string, Record<string, unknown>]>([
    ['$__rate_interval', { name: '__rate_interval', syntax: 'dollar' }],
    ['${x}', { name: 'x', syntax: 'braces' }],
    ['${x:regex}', { name: 'x', syntax: 'braces', format: 'regex' }],
    ['${x.field:csv}', { name: 'x', syntax: 'braces', fieldPath: 'field', format: 'csv' }],
    ['[[x]]', { name: 'x', syntax: 'brackets' }],
    ['[[x:csv]]', { name: 'x', syntax: 'brackets', format: 'csv' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual({
      type: 'VariableExpr',
      variable: template({ type: 'GrafanaVariable', ...expected }),
    });
    expect(print(parse(text, { variables: true }))).toBe(text);
  });
});

test('double brackets are told from a range', () => {
  expect(read('a[[[x]]]')).toMatchObject({
    type: 'MatrixSelector',
    selector: { name: 'a' },
    range: { type: 'TemplateDuration' },
  });
  expect(read('a[[x]]_b')).toMatchObject({ type: 'VectorSelector', name: { parts: ['a', { name: 'x' }, '_b'] } });
});

test('variables keep their places', () => {
  const text = 'rate(a{b="c$x"}[$y])';
  const places: string[] = [];
  JSON.stringify(parse(text, { variables: true }), (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'name' in value && 'syntax' in value) {
      const { start, end } = (value as unknown as { span: { start: number; end: number } }).span;
      places.push(text.slice(start, end));
    }
    return value;
  });
  expect(places).toEqual(['$x', '$y']);
});

test('what only Grafana knows is not held against the query', () => {
  for (const text of [
    'rate($x)',
    'sum($x)',
    '$x == 1',
    '$x and up',
    'a{b=~"($x"}',
    '{b="$x"}',
    'topk($x, $y)',
    '-$x',
    '$x[5m:1m]',
  ]) {
    expect(() => parse(text, { variables: true })).not.toThrow();
  }
  expect(valueType(parse('$x', { variables: true }))).toBeUndefined();
  expect(valueType(parse('$x + up', { variables: true }))).toBe('vector');
});

test('what is wrong whatever Grafana fills in is refused', () => {
  for (const text of ['rate(sum($x))', 'sum("$x")', 'a $x', '$x $y b c', 'a{$x}', 'a{b=$x}', 'a @ ${x}5 5']) {
    expect(() => parse(text, { variables: true })).toThrow(PromqlSyntaxError);
  }
});

test('without the option a variable is an error', () => {
  expect(() => parse('up > $x')).toThrow("unexpected character: '$'");
  expect(parse('a{b="$x"}')).toMatchObject({ matchers: [{ value: '$x' }] });
});
