import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { FORMATS } from '../../src/diagnostics/format.ts';
import { renderGithub } from '../../src/diagnostics/github.ts';
import { renderJson } from '../../src/diagnostics/json.ts';
import { sortDiagnostics } from '../../src/diagnostics/order.ts';
import { renderSarif } from '../../src/diagnostics/sarif.ts';
import { incomplete } from './complete.ts';
import { RATE_OF_GAUGE, readLine } from './sample.ts';
import { SARIF_SHAPE } from './sarif-shape.ts';

const at = (file: string, line: number, column: number): Diagnostic => ({
  ...RATE_OF_GAUGE,
  position: { file, line, column },
});
const { position: _, ...unplaced } = RATE_OF_GAUGE;
const IN_ORDER: readonly Diagnostic[] = [
  at('a.ts', 2, 9),
  at('a.ts', 10, 1),
  at('a.ts', 10, 2),
  { ...at('a.ts', 10, 2), severity: 'warning' },
  { ...at('a.ts', 10, 2), severity: 'info', code: 'A001' },
  { ...at('a.ts', 10, 2), severity: 'info', code: 'A002' },
  at('b.ts', 1, 1),
  unplaced,
];

describe('the order of diagnostics', () => {
  it('is by file, line, column, severity and code, whatever order they were found in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...IN_ORDER], { minLength: IN_ORDER.length }), (shuffled) => {
        expect(sortDiagnostics(shuffled)).toEqual(IN_ORDER);
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it.each(Object.entries(FORMATS))('makes %s the same every time', (_name, format) => {
    const options = { readLine, toolVersion: '1.2.3' };
    expect(format([...IN_ORDER].toReversed(), options)).toBe(format(IN_ORDER, options));
  });
});

describe('json', () => {
  it('has every diagnostic with all that is known of it', () => {
    const twice = [RATE_OF_GAUGE, RATE_OF_GAUGE];
    expect(JSON.parse(renderJson(twice))).toEqual({
      version: 1,
      summary: { error: 2, warning: 0, info: 0 },
      diagnostics: twice,
    });
  });
});

describe('github', () => {
  it('is one workflow command for each diagnostic', () => {
    expect(renderGithub([RATE_OF_GAUGE])).toBe(
      '::error title=Q203 rate-needs-counter,file=dashboards/service.ts,line=17,col=19::' +
        '`rate()` needs a counter, but `process_resident_memory_bytes` is a gauge.%0A' +
        'at: dashboard "Service overview" › panel "Memory"%0A' +
        'promql: sum by (job) (rate(process_resident_memory_bytes[5m]))%0A' +
        'why: rate() takes every fall for a counter reset, so on a gauge its result means nothing.%0A' +
        "fix: deriv(memory, '5m') for the slope of a gauge, or plot the gauge itself.\n",
    );
  });

  it('escapes what would end a command or a property', () => {
    const odd = renderGithub([{ ...at('a,b:c%.ts', 1, 1), message: '100%\r\n::error::x', severity: 'info' }]);
    expect(odd).toContain('::notice title=');
    expect(odd).toContain('file=a%2Cb%3Ac%25.ts,');
    expect(odd).toContain('::100%25%0D%0A::error::x%0A');
    expect(odd.trimEnd()).not.toContain('\n');
  });
});

describe('sarif', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SARIF_SHAPE);

  it('is a log of the shape that SARIF 2.1.0 asks for', () => {
    const log: unknown = JSON.parse(
      renderSarif(IN_ORDER, { toolVersion: '1.2.3', helpUri: (code) => `https://example.org/${code}` }),
    );
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(JSON.parse(renderSarif([], { toolVersion: '1' })))).toBe(true);
  });

  it('has each rule once, and results that point at them', () => {
    const log = JSON.parse(renderSarif(IN_ORDER, { toolVersion: '1.2.3' })) as {
      runs: [
        {
          tool: { driver: { rules: { id: string }[] } };
          results: { ruleId: string; ruleIndex: number; level: string }[];
        },
      ];
    };
    const [{ tool, results }] = log.runs;
    const { rules } = tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(['A001', 'A002', 'Q203']);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(new Set(results.map(({ level }) => level))).toEqual(new Set(['error', 'warning', 'note']));
  });

  it('writes paths as addresses, relative to the repository', () => {
    expect(renderSarif([at('my rules/ü.ts', 1, 1)], { toolVersion: '1' })).toContain('"uri": "my%20rules/%C3%BC.ts"');
  });
});

describe('a diagnostic that leaves something to guess', () => {
  it('is refused', () => {
    expect(incomplete(RATE_OF_GAUGE)).toEqual([]);
    expect(incomplete({ ...RATE_OF_GAUGE, message: ' ' })).not.toEqual([]);
    expect(incomplete({ ...RATE_OF_GAUGE, why: '' })).not.toEqual([]);
    expect(incomplete({ ...RATE_OF_GAUGE, fix: 'Use undefined.' })).not.toEqual([]);
    expect(incomplete({ ...RATE_OF_GAUGE, message: 'no sentence' })).not.toEqual([]);
    expect(incomplete({ ...RATE_OF_GAUGE, code: 'Q1' })).not.toEqual([]);
  });
});
