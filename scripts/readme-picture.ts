/**
 * Draws the picture of the README: what `dashwright check` says of a ratio that is always 1, as a terminal shows
 * it. The text is that of the real command; test/docs/readme.test.ts holds the picture against it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PICTURE = 'docs/images/check.svg';

const FILES: Readonly<Record<string, string>> = {
  'metrics/ci.ts': `import { any, counter, exporter, oneOf } from 'dashwright';

const ci = exporter('ci-exporter', { scrapeInterval: '30s' });

export const runs = counter('ci_runs_total', {
  help: 'Finished runs.',
  labels: { pipeline: any, status: oneOf('success', 'failure') },
  from: ci,
});
`,
  'dashboards/ci.ts': `import { dashboard, div, rate, row, stat } from 'dashwright';
import { runs } from '../metrics/ci.ts';

const success = div(rate(runs({ status: 'success' }), '7d'), rate(runs, '7d'));

export default dashboard('Pipelines', {
  uid: 'pipelines',
  rows: [row('Outcome', [stat('Success rate', success, { description: 'Share of runs that succeeded.' })])],
});
`,
};

/** What the command prints, with the colours of a terminal. */
export function terminalText(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dashwright-picture-'));
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const script = fileURLToPath(new URL('dashwright.mjs', import.meta.url));
    const { NO_COLOR: _, ...env } = process.env;
    return execFileSync(process.execPath, [script, 'check'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, FORCE_COLOR: '1', COLUMNS: '110' },
    });
  } catch (error) {
    // a diagnostic of level error is what the picture is about
    const { status, stdout } = error as { readonly status?: number; readonly stdout?: string };
    if (status !== 1 || !stdout?.includes('error Q301')) throw error;
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One colour of a terminal, as SGR names it. */
const COLOURS: Readonly<Record<string, string>> = {
  1: 'font-weight:700',
  2: 'fill:#8b949e',
  31: 'fill:#ff7b72',
  32: 'fill:#7ee787',
  33: 'fill:#e3b341',
  34: 'fill:#79c0ff',
  35: 'fill:#d2a8ff',
  36: 'fill:#56d4dd',
  90: 'fill:#8b949e',
};

const [COLUMN, LINE, MARGIN] = [8.4, 20, 18];

/** A picture of text with colours. Each line keeps its white space, so columns stay below each other. */
export function draw(text: string): string {
  const lines = `$ dashwright check\n${text.trimEnd()}`.split('\n');
  const length = Math.max(...lines.map((line) => plain(line).length));
  const [width, height] = [Math.ceil(length * COLUMN + 2 * MARGIN), lines.length * LINE + 2 * MARGIN];
  const rows = lines.map(
    (line, index) => `<text xml:space="preserve" x="${MARGIN}" y="${MARGIN + 14 + index * LINE}">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Output of dashwright check">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#e6edf3;white-space:pre}</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join('\n')}
</svg>
`;
}

// oxlint-disable-next-line eslint/no-control-regex -- the escape is what starts a colour
const SGR = /\u001B\[([\d;]*)m/g;

/** The text without its colours. */
export function plain(text: string): string {
  return text.replaceAll(SGR, '');
}

function spans(line: string): string {
  let styles: readonly string[] = [];
  const parts = line.split(SGR).map((part, index) => {
    if (index % 2 === 0) return part === '' ? '' : `<tspan style="${styles.join(';')}">${escaped(part)}</tspan>`;
    const codes = part.split(';').filter((code) => code !== '');
    styles =
      codes.length === 0 || codes.includes('0') ? [] : [...styles, ...codes.flatMap((code) => COLOURS[code] ?? [])];
    if (codes.some((code) => code === '22' || code === '39')) styles = [];
    return '';
  });
  return parts.join('').replaceAll(' style=""', '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PICTURE, draw(terminalText()));
