import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

/** The example of the documentation. */
export const RATE_OF_GAUGE: Diagnostic = {
  code: 'Q203',
  name: 'rate-needs-counter',
  severity: 'error',
  message: '`rate()` needs a counter, but `process_resident_memory_bytes` is a gauge.',
  why: 'rate() takes every fall for a counter reset, so on a gauge its result means nothing.',
  fix: "deriv(memory, '5m') for the slope of a gauge, or plot the gauge itself.",
  position: { file: 'dashboards/service.ts', line: 17, column: 19 },
  promql: { text: 'sum by (job) (rate(process_resident_memory_bytes[5m]))', span: { start: 14, end: 53 } },
  where: ['dashboard "Service overview"', 'panel "Memory"'],
  related: [
    {
      message: '`process_resident_memory_bytes` is declared here',
      position: { file: 'metrics/process.ts', line: 3, column: 23 },
    },
  ],
};

const SOURCE_LINE = "const panel = sum(rate(memory, '5m'), { by: ['job'] });";

export const readLine = (file: string, line: number): string | undefined =>
  file === 'dashboards/service.ts' && line === 17 ? SOURCE_LINE : undefined;
