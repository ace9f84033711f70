import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, markedLine } from '../../src/diagnostics/columns.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { renderText } from '../../src/diagnostics/text.ts';
import { RATE_OF_GAUGE, readLine } from './sample.ts';

const text = (diagnostics: readonly Diagnostic[], more: object = {}): string =>
  renderText(diagnostics, { readLine, ...more });

describe('text', () => {
  it('shows the place, the line, the query, why, what to do, and where to read more', () => {
    expect(text([RATE_OF_GAUGE])).toBe(`\
error Q203 rate-needs-counter: \`rate()\` needs a counter, but \`process_resident_memory_bytes\` is a gauge.
  --> dashboards/service.ts:17:19  dashboard "Service overview" › panel "Memory"
   17 │ const panel = sum(rate(memory, '5m'), { by: ['job'] });
      │                   ^
  promql: sum by (job) (rate(process_resident_memory_bytes[5m]))
                        ───────────────────────────────────────
  why: rate() takes every fall for a counter reset, so on a gauge its result means nothing.
  fix: deriv(memory, '5m') for the slope of a gauge, or plot the gauge itself.
  note: \`process_resident_memory_bytes\` is declared here (metrics/process.ts:3:23)
  see: dashwright explain Q203

1 error
`);
  });

  it('leaves out a note whose place is not known, which would say "here" and mean nothing', () => {
    const related = [
      { message: '`x` is declared here' },
      { message: '`x` is dropped here', span: { start: 0, end: 4 } },
    ];
    const { promql, ...bare } = RATE_OF_GAUGE;
    expect(text([{ ...RATE_OF_GAUGE, related }])).toContain(
      `note: \`x\` is dropped here \`${promql?.text.slice(0, 4)}\``,
    );
    expect(text([{ ...RATE_OF_GAUGE, related }])).not.toContain('declared here');
    expect(text([{ ...bare, related }])).not.toContain('note:');
  });

  it('says of advice that it may be left as it is', () => {
    expect(text([{ ...RATE_OF_GAUGE, severity: 'info' }])).toContain(
      '\n  see: dashwright explain Q203, which says when to leave it\n',
    );
  });

  it('says nothing where there is nothing to say', () => {
    expect(text([])).toBe('');
  });

  it('does without a position, a source line, a query and a place', () => {
    const { position: _, promql: __, related: ___, ...bare } = RATE_OF_GAUGE;
    expect(text([{ ...bare, where: [] }])).not.toContain('-->');
    expect(text([bare])).toContain('  --> dashboard "Service overview" › panel "Memory"\n  why:');
    expect(renderText([RATE_OF_GAUGE], { readLine: () => undefined })).toContain('› panel "Memory"\n  promql:');
  });

  it('shows the same fault once, with the other places', () => {
    const places = Array.from({ length: 12 }, (_, index) => ({
      ...RATE_OF_GAUGE,
      position: { file: 'dashboards/service.ts', line: 17 + index, column: 19 },
    }));
    const shown = text(places);
    expect(shown.match(/^error/gm)).toHaveLength(1);
    expect(shown).toContain(
      '\n  + 11 more places: dashboards/service.ts:18:19, dashboards/service.ts:19:19, dashboards/service.ts:20:19, …\n',
    );
    expect(shown).toMatch(/\n12 errors\n$/);
    const panels = [RATE_OF_GAUGE, { ...RATE_OF_GAUGE, where: ['dashboard "Other"'] }];
    expect(text(panels)).toContain('\n  + 1 more place\n');
    expect(text([RATE_OF_GAUGE, { ...RATE_OF_GAUGE, message: 'Another metric.' }]).match(/^error/gm)).toHaveLength(2);
  });

  it('counts what it shows', () => {
    const warning: Diagnostic = { ...RATE_OF_GAUGE, severity: 'warning', code: 'Q201' };
    const info: Diagnostic = { ...RATE_OF_GAUGE, severity: 'info', code: 'Q212' };
    expect(text([RATE_OF_GAUGE, warning, info, { ...info, message: 'Two.' }])).toMatch(
      /\n1 error, 1 warning, 2 notes\n$/,
    );
  });

  it('uses colour only where it is told to', () => {
    expect(text([RATE_OF_GAUGE])).not.toContain('\u001b');
    const coloured = text([RATE_OF_GAUGE], { colour: true });
    expect(coloured).toContain('\u001b[31merror Q203\u001b[0m');
    // eslint-disable-next-line no-control-regex -- removing them is the point
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(text([RATE_OF_GAUGE]));
  });

  it('cuts long lines around the place, and keeps the mark under it', () => {
    const query = `sum(${'a + '.repeat(100)}rate(memory[5m])${' + a'.repeat(100)})`;
    const start = query.indexOf('rate');
    const long = { ...RATE_OF_GAUGE, promql: { text: query, span: { start, end: start + 16 } } };
    const lines = text([long], { width: 80 }).split('\n');
    const index = lines.findIndex((line) => line.startsWith('  promql:'));
    expect(lines[index]?.length).toBeLessThanOrEqual(80);
    const mark = lines[index + 1] ?? '';
    expect(lines[index]?.slice(mark.indexOf('─'), mark.lastIndexOf('─') + 1)).toBe('rate(memory[5m])');
  });

  it('never gets wider than the terminal', () => {
    const character = fc.constantFrom('a', 'b', ' ', '監', '😀', '\t', '\u0301');
    const line = fc.array(character, { maxLength: 200 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(line, fc.nat(300), fc.nat(300), fc.integer({ min: 10, max: 120 }), (text, from, length, width) => {
        const shown = markedLine(text, from, from + length, width);
        expect(displayWidth(shown.text)).toBeLessThanOrEqual(width);
        expect(shown.from + shown.length).toBeLessThanOrEqual(width + 1);
      }),
      { seed: 3 },
    );
  });

  it('keeps the mark under the place after tabs and wide characters', () => {
    const line = '\t// 監視 😀 x';
    const at = { ...RATE_OF_GAUGE, position: { file: 'a.ts', line: 1, column: line.indexOf('x') + 1 } };
    const lines = renderText([at], { readLine: () => line }).split('\n');
    // Two columns for the tab and for each of the three wide characters.
    expect(lines[3]?.indexOf('^')).toBe('      │ '.length + 2 + 3 + 4 + 1 + 2 + 1);
  });

  it('marks a part of a query of several lines on its own line', () => {
    const query = 'sum(\n  rate(memory[5m])\n)';
    const start = query.indexOf('rate');
    const lines = text([{ ...RATE_OF_GAUGE, promql: { text: query, span: { start, end: start + 16 } } }]).split('\n');
    const index = lines.findIndex((line) => line.startsWith('  promql:'));
    expect(lines.slice(index, index + 4)).toEqual([
      '  promql: sum(',
      '            rate(memory[5m])',
      '            ────────────────',
      '          )',
    ]);
  });

  it('makes control characters visible, so that a label value cannot move the cursor', () => {
    const shown = text([{ ...RATE_OF_GAUGE, message: 'The value \u001b[2J is odd.', where: ['panel "\u0007"'] }]);
    expect(shown).toContain(String.raw`The value \x1b[2J is odd.`);
    expect(shown).toContain(String.raw`panel "\x07"`);
  });

  it('indents messages of several lines', () => {
    expect(text([{ ...RATE_OF_GAUGE, fix: 'One.\nTwo.' }])).toContain('\n  fix: One.\n       Two.\n');
  });
});
