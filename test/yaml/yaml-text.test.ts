import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { yamlText, type YamlValue } from '../../src/yaml/yaml-text.ts';

const awkward = [
  '',
  ' ',
  'a: b',
  'a:b',
  'a #b',
  '#a',
  '- a',
  '-a',
  '-',
  '? a',
  '@a',
  '`a`',
  "it's",
  '"quoted"',
  '{{ $value }}',
  '[1]',
  'yes',
  'No',
  'y',
  'null',
  '~',
  '012',
  '0o17',
  '1_000',
  '190:20:30',
  '1:30.5',
  '1e3',
  '.5',
  '.inf',
  '-.NaN',
  '2001-12-14',
  '2001-12-14 21:59:43.10 -5',
  '<<',
  '=',
  '---',
  '... x',
  'a\nb',
  'a\nb\n',
  'a\n\nb\n\n',
  '  a\n b',
  '\n a',
  '\n',
  'a \nb\t',
  'tab\there',
  'é 😀 \u2028 \u0007 \ufeff',
  '\ud800',
  'a\r\nb',
  'trailing ',
  'key:',
  '%TAG',
  '!x',
  '&a *b',
  '|',
  '>-',
  '5m',
  '10d',
  '1.2.3',
  'a,b',
  '0+1x60',
  '_x 1x10',
];

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...awkward));
const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

const options = { intAsBigInt: false, uniqueKeys: true } as const;

describe('YAML text', () => {
  it.each(awkward)('keeps the text %j a text in YAML 1.1 and 1.2', (awkwardText) => {
    const data = { [awkwardText]: awkwardText, list: [awkwardText, [awkwardText], { k: awkwardText }] };
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(yamlText(data), { ...options, version })).toEqual(data);
    }
  });

  it('is read back as the data that it was made from', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (data) => {
        for (const version of ['1.1', '1.2'] as const) {
          expect(parse(yamlText(data), { ...options, version, merge: false })).toEqual(data);
        }
      }),
      { seed: 20, numRuns: 2000 },
    );
  });

  it('is laid out as people write it', () => {
    const data = {
      groups: [{ name: 'a', rules: [{ alert: 'X', expr: '  a\nand\n  b', for: '5m', labels: {}, tests: [] }] }],
      text: 'one\ntwo\n',
      matrix: [[1, 2], [3]],
    };
    expect(yamlText(data, 'Generated.')).toBe(`# Generated.

groups:
  - name: a
    rules:
      - alert: X
        expr: |2-
            a
          and
            b
        for: 5m
        labels: {}
        tests: []
text: |
  one
  two
matrix:
  - - 1
    - 2
  - - 3
`);
  });

  it('leaves out what is undefined and refuses numbers that not every reader knows', () => {
    expect(yamlText({ a: undefined, b: 1 })).toBe('b: 1\n');
    expect(() => yamlText({ a: Number.POSITIVE_INFINITY })).toThrow('Infinity is no number of YAML');
  });
});
