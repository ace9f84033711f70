import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { exprsOf } from '../../src/lint/exprs.ts';
import { readLintedFile } from '../../src/lint/files.ts';
import type { LintedFile } from '../../src/lint/files.ts';
import { fixFile } from '../../src/lint/fix.ts';
import type { FixedText } from '../../src/lint/fix.ts';

/** Repairs every `old` in every expression of the file by `replacement`. */
function fix(file: LintedFile, old: string, replacement: string): FixedText {
  const placed = exprsOf(file).flatMap((expr) =>
    [...expr.text.matchAll(new RegExp(old, 'g'))].map(({ 0: found, index }) => {
      const diagnostic: Diagnostic = {
        code: 'Q001',
        name: 'test',
        severity: 'error',
        message: 'm',
        why: 'w',
        fix: 'f',
        where: [],
        replacement: { span: { start: index, end: index + found.length }, text: replacement },
      };
      return { diagnostic, file: file.source, expr };
    }),
  );
  return fixFile(file, placed);
}

const yaml = (text: string): LintedFile => readLintedFile({ type: 'file', path: 'f.yaml', text });
const rule = (expr: string, more = ''): string =>
  `# keep   this\ngroups:\n- name: g   # and this\n  rules:\n  - alert: A\n    expr: ${expr}\n${more}`;

describe('a repair changes its characters and no other byte', () => {
  test.each<[style: string, before: string, after: string]>([
    ['plain', 'rate(x[5m])  > 0 # why', 'rate(x_total[5m])  > 0 # why'],
    ['single-quoted', `'rate(x[5m]) > bool ''y'''`, `'rate(x_total[5m]) > bool ''y'''`],
    ['double-quoted', '"up{a=\\"\\u0062\\"} + x"', '"up{a=\\"\\u0062\\"} + x_total"'],
    ['literal', '|-\n      rate(\n        x[5m]\n      )', '|-\n      rate(\n        x_total[5m]\n      )'],
    ['folded', '>\n      rate(x[5m])\n\n      > 0', '>\n      rate(x_total[5m])\n\n      > 0'],
  ])('in a %s scalar', (_style, before, after) => {
    const result = fix(yaml(rule(before, '    labels:   {severity:    page}\n')), String.raw`\bx\b`, 'x_total');
    expect(result).toMatchObject({ text: rule(after, '    labels:   {severity:    page}\n'), refused: [] });
    expect(result.applied).toHaveLength(1);
  });

  test('in JSON, with its escapes and its spacing', () => {
    const text =
      '{ "title" : "d", "schemaVersion": 39,\n\t"panels":[ {"type":"stat","targets":[{"expr":"up{a=\\"b\\"} + x"}] } ] }\n';
    const file = readLintedFile({ type: 'file', path: 'f.json', text });
    expect(fix(file, String.raw`\bx\b`, 'x{c="\\d"}').text).toBe(text.replace('+ x"', '+ x{c=\\"\\\\d\\"}"'));
  });

  test('in JSON that stands in a YAML block', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\ndata:\n  d.json: |-\n    {"title": "d", "schemaVersion": 1, "panels": [\n      {"type": "stat", "targets": [{"expr": "x > 1"}]}]}\n`;
    expect(fix(yaml(text), 'x', '"\n').text).toBe(text.replace('"x > 1"', String.raw`"\"\n > 1"`));
  });

  test('with Windows line ends', () => {
    const text = rule('|\n      rate(x[5m])\n      > 0').replaceAll('\n', '\r\n');
    expect(fix(yaml(text), String.raw`\bx\b`, 'y').text).toBe(text.replace('(x', '(y'));
  });
});

test('several repairs of one expression are made at once, but of two that touch only the first', () => {
  const file = yaml(rule('x + x + x'));
  expect(fix(file, 'x', 'y').text).toBe(rule('y + y + y'));
  expect(fix(file, String.raw`x( \+ )?`, 'y+').text).toBe(rule('y+x + y+'));
});

test('an expression that two rules share through an anchor is repaired once', () => {
  const text = 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: &e x > 1\n  - alert: B\n    expr: *e\n';
  expect(fix(yaml(text), 'x', 'y').text).toBe(text.replace('x >', 'y >'));
});

describe('a repair is refused', () => {
  test.each<[why: string, expr: string, replacement: string]>([
    ['that would make a mapping of a plain scalar', 'x > 0', 'a: b'],
    ['that would make a comment of a plain scalar', 'x > 0', 'a # b'],
    ['that would end a flow sequence', 'x > 0', '# x'],
    ['that would begin a quoted scalar', 'x > 0', '"x"'],
    ['with a line break where none can stand', 'x > 0', 'a\nb'],
  ])('%s', (_why, expr, replacement) => {
    const file = yaml(rule(expr));
    const result = fix(file, 'x', replacement);
    expect(result.text).toBe(file.source.text);
    expect(result.applied).toEqual([]);
    expect(result.refused).toHaveLength(1);
  });

  test('alone: the others of the file are made', () => {
    const text = rule('x > 0', '  - alert: B\n    expr: "x > 0"\n');
    const result = fix(yaml(text), 'x', 'a: b');
    expect(result.text).toBe(text.replace('"x >', '"a: b >'));
    expect(result.refused).toHaveLength(1);
  });
});

test('whatever is replaced in whatever style: the file reads as before but for that text, or the repair is refused', () => {
  const exprs = fc.constantFrom(
    'a x b',
    "'a x ''b'''",
    '"a x \\"b\\" \\u0041"',
    '|\n      a x\n      b',
    '>-\n      a x\n      b',
    '|2+\n      a x\n\n',
    '"a\n      x b"',
  );
  const replacement = fc
    .array(fc.constantFrom('a', ' ', ':', '#', '"', "'", '\\', '\n', '-', '{', ']', ',', '%', '&', '*', '!', '|'), {
      maxLength: 6,
    })
    .map((all) => all.join(''));
  let made = 0;
  fc.assert(
    fc.property(exprs, replacement, (expr, text) => {
      const file = yaml(rule(expr, '    labels: {a: b}\n'));
      const result = fix(file, 'x', text);
      const [before] = exprsOf(file);
      const [after] = exprsOf(yaml(result.text));
      made += result.applied.length;
      expect(after?.text).toBe(result.applied.length === 0 ? before?.text : before?.text.replace('x', () => text));
      expect(result.applied.length === 1 || result.text === file.source.text).toBe(true);
    }),
    { seed: 20261123, numRuns: 3000 },
  );
  expect(made).toBeGreaterThan(1000);
});
