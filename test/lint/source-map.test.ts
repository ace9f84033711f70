import * as fc from 'fast-check';
import { Document, parseDocument, Scalar } from 'yaml';
import { describe, expect, test } from 'vitest';
import { editOf } from '../../src/lint/text/edit.ts';
import { fileSpan, positionOf } from '../../src/lint/text/source-text.ts';
import type { FileText, ScalarText } from '../../src/lint/text/source-text.ts';
import { parseJson } from '../../src/lint/tree/json.ts';
import { stringAt } from '../../src/lint/tree/node.ts';
import { parseYaml } from '../../src/lint/tree/yaml.ts';

const file = (text: string): FileText => ({ type: 'file', path: 'f', text });
const yaml = (text: string): ScalarText | undefined => stringAt(parseYaml(file(text), 'x').documents[0], 'a', 0, 'k');
const json = (text: string): ScalarText | undefined => stringAt(parseJson(file(text)).documents[0], 'k');

const SEED = 20261123;
const RUNS = { seed: SEED, numRuns: 1500 };

/** Characters that mean something in some scalar style, and a few that do not. */
const piece = fc.constantFrom(
  'a',
  'b',
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  "'",
  "''",
  '"',
  '\\',
  ':',
  '#',
  ',',
  '😀',
  'ü',
  '-',
);
const escape = fc.constantFrom(
  '\\n',
  '\\"',
  '\\\\',
  '\\x41',
  '\\u00fc',
  '\\U0001F600',
  '\\\n   ',
  '\\\r\n  ',
  '\\ ',
  '\\t',
  '\\_',
);
const joined = (part: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(part, { maxLength: 14 }).map((all) => all.join(''));
const indented = (text: string): string => text.replaceAll(/\n(?!\r?\n)/g, '\n      ');

const templates: Record<string, (content: string) => string> = {
  plain: (content) => `a:\n  - k: ${indented(content)}\n    z: 1\n`,
  'single-quoted': (content) => `a:\n  - k: '${indented(content)}' # comment\n    z: 1\n`,
  'double-quoted': (content) => `a:\n  - k: "${indented(content)}"\n    z: 1\n`,
  literal: (content) => `a:\n  - k: |\n      ${indented(content)}\n    z: 1\n`,
  'literal, keep, explicit indent': (content) => `a:\n  - k: |4+ # why\n        ${indented(content)}\n    z: 1\n`,
  'literal, strip': (content) => `a:\n- k: |-\n   ${indented(content)}\n  z: 1\n`,
  'literal at the end': (content) => `a:\n  - z: 1\n    k: |\n      ${indented(content)}`,
  folded: (content) => `a:\n  - k: >\n      ${indented(content)}\n    z: 1\n`,
  'folded, strip': (content) => `a:\n  - k: >-\n\n      ${indented(content)}\n\n    z: 1\n`,
  'folded, keep': (content) => `a:\n  - k: >2+\n      ${indented(content)}\n\n    z: 1\n`,
};

/** Every character of the text stands where the map says, in order, and nothing of the text is left out. */
function expectMapHolds(scalar: ScalarText): void {
  const outer = scalar.outer.text;
  const { runs } = scalar.map();
  let length = 0;
  let reached = scalar.span.start;
  for (const run of runs) {
    expect(run.start).toBe(length);
    expect(run.outerStart).toBeGreaterThanOrEqual(reached);
    length += run.length;
    reached = run.outerStart + run.outerLength;
    const inner = scalar.text.slice(run.start, run.start + run.length);
    const written = outer.slice(run.outerStart, reached);
    expect(run.length === run.outerLength ? [inner, '\n'] : [written]).toContain(written);
  }
  expect(length).toBe(scalar.text.length);
  expect(reached).toBeLessThanOrEqual(scalar.span.end);
}

/** Replacing any part through the map gives, read again, the text with that part replaced. */
function expectEditHolds(
  scalar: ScalarText,
  read: (text: string) => ScalarText | undefined,
  start: number,
  end: number,
): void {
  const edit = editOf(scalar, { start, end }, 'XyZ');
  if ('refusal' in edit) throw new Error(edit.refusal);
  const { file: whole, span } = edit;
  const changed = whole.text.slice(0, span.start) + edit.text + whole.text.slice(span.end);
  expect(read(changed)?.text).toBe(`${scalar.text.slice(0, start)}XyZ${scalar.text.slice(end)}`);
}

const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

describe.each(Object.entries(templates))('a YAML scalar: %s', (style, template) => {
  const part = style === 'double-quoted' ? fc.oneof(piece, escape) : piece;

  test('every character is found where it stands', () => {
    let read = 0;
    fc.assert(
      fc.property(joined(part), (content) => {
        const text = template(content);
        const document = parseDocument(text);
        const value: unknown = document.errors.length > 0 ? undefined : document.getIn(['a', 0, 'k']);
        if (typeof value !== 'string') return;
        const scalar = yaml(text);
        expect(scalar?.text).toBe(value);
        if (scalar) expectMapHolds(scalar);
        read += 1;
      }),
      RUNS,
    );
    expect(read).toBeGreaterThan(100);
  });

  test('replacing a word changes that word and nothing else', () => {
    let edited = 0;
    fc.assert(
      fc.property(joined(part), fc.nat(), fc.nat(), (content, a, b) => {
        const text = template(content);
        if (parseDocument(text).errors.length > 0) return;
        const scalar = yaml(text);
        if (!scalar || scalar.text === '') return;
        const start = a % scalar.text.length;
        const end = start + 1 + (b % (scalar.text.length - start));
        // A line break or the space at the edge of a line is not a word: changing it moves the fold.
        const around = scalar.text.slice(Math.max(0, start - 1), end + 1);
        if (/\s/.test(around) || isSpace(scalar.text[start - 1]) || isSpace(scalar.text[end])) return;
        // Half of a character that takes two UTF-16 units cannot be replaced.
        if (/^[\udc00-\udfff]/.test(scalar.text.slice(start)) || /^[\udc00-\udfff]/.test(scalar.text.slice(end)))
          return;
        // A plain scalar's quote that moves to the front begins a quoted one.
        expectEditHolds(scalar, yaml, start, end);
        edited += 1;
      }),
      RUNS,
    );
    expect(edited).toBeGreaterThan(20);
  });
});

test('what the yaml package writes in any style is found where it stands', () => {
  const styles = [
    Scalar.PLAIN,
    Scalar.QUOTE_SINGLE,
    Scalar.QUOTE_DOUBLE,
    Scalar.BLOCK_LITERAL,
    Scalar.BLOCK_FOLDED,
  ] as const;
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem({ maxCount: 20 }), joined(piece)),
      fc.constantFrom(...styles),
      fc.constantFrom(0, 20, 80),
      (value, type, lineWidth) => {
        const scalar = new Scalar(value);
        scalar.type = type;
        const text = new Document({ a: [{ k: scalar, z: 1 }] }).toString({ lineWidth });
        const found = yaml(text);
        if (parseDocument(text).getIn(['a', 0, 'k']) !== value) return;
        expect(found?.text).toBe(value);
        if (found) expectMapHolds(found);
      },
    ),
    { seed: SEED, numRuns: 4000 },
  );
});

describe('a JSON string', () => {
  const escaped = fc.oneof(piece, fc.constantFrom('é', '/', '\b', '\u2028', '\ud800')).map((char) => {
    const code = char.charCodeAt(0).toString(16).padStart(4, '0');
    return char.length === 1 ? `\\u${code}` : JSON.stringify(char).slice(1, -1);
  });
  const content = joined(
    fc.oneof(escaped, fc.constantFrom('a', ' ', '\\n', '\\/', '\\"', '\\\\', '\\ud83d\\ude00', '😀')),
  );

  test('every character is found where it stands, and replacing some changes only them', () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.nat(), (inner, a, b) => {
        const text = `{"x": [1, -2.5e3, true, null], "k" : "${inner}" }`;
        const scalar = json(text);
        expect(scalar?.text).toBe((JSON.parse(text) as { k: string }).k);
        if (!scalar) return;
        expectMapHolds(scalar);
        const start = a % (scalar.text.length + 1);
        expectEditHolds(scalar, json, start, start + (b % (scalar.text.length - start + 1)));
      }),
      RUNS,
    );
  });

  test('any JSON is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify({ k: JSON.stringify(value, undefined, space) }, undefined, space);
        const inner = json(text) ?? file('');
        expect(inner.text).toBe(JSON.stringify(value, undefined, space));
        expect(parseJson(inner).problems).toEqual([]);
      }),
      RUNS,
    );
  });
});

test('JSON in a literal YAML block: a position goes through both, and so does an edit', () => {
  const text = 'a:\n  - k: |\n      {\n        "expr": "up{job=\\"x\\"} \\u003e 1"\n      }\n';
  const block = yaml(text);
  const expr = block && stringAt(parseJson(block).documents[0], 'expr');
  if (!expr) throw new Error('not read');
  expect(expr.text).toBe('up{job="x"} > 1');
  const at = expr.text.indexOf('>');
  expect(positionOf(expr, at)).toEqual({ file: 'f', line: 4, column: 32 });
  const span = fileSpan(expr, { start: at, end: at + 1 });
  expect(text.slice(span.start, span.end)).toBe('\\u003e');
  const edit = editOf(expr, { start: at, end: at + 1 }, '>=\n"y"');
  if ('refusal' in edit) throw new Error(edit.refusal);
  expect(edit.text).toBe('>=\\n\\"y\\"');
});

test('a text with a line break is written into a literal block with its indentation', () => {
  const text = 'a:\n  - k: |\n      one\n      two\n';
  const block = yaml(text);
  if (!block) throw new Error('not read');
  const edit = editOf(block, { start: 0, end: 3 }, 'x\ny');
  expect(edit).toMatchObject({ text: 'x\n      y' });
});

test.each([
  ['plain', 'a: [{k: one}]'],
  ['single-quoted', "a: [{k: 'one'}]"],
  ['folded', 'a:\n- k: >\n    one\n'],
])('a text with a line break is refused in a %s scalar', (_style, text) => {
  const scalar = yaml(text);
  expect(scalar && editOf(scalar, { start: 0, end: 3 }, 'x\ny')).toHaveProperty('refusal');
});
