import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exprsOf } from '../../src/lint/exprs.ts';
import { readFiles } from '../../src/lint/files.ts';
import { lintAndFix, lintFiles } from '../../src/lint/lint.ts';
import { fileSpan } from '../../src/lint/text/source-text.ts';
import { findEngine } from '../engines/find.ts';
import { inTemporaryFolder } from '../engines/promtool.ts';
import { hasCorpus, MISSING, writePublicFiles } from './public-rules.ts';
import type { PublicFiles } from './public-rules.ts';

const PAGE = join(import.meta.dirname, '../../docs/found-in-public-rules.md');

/** `code source place` of every row of the page. */
function listed(): readonly string[] {
  const sections = readFileSync(PAGE, 'utf8').split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [code = ''] = section.split(' ');
    return [...section.matchAll(/^\| `([^`]+)` +\| (.*?) +\|/gm)].map(
      ([, source, place]) => `${code} ${source} ${place}`,
    );
  });
}

if (!hasCorpus()) process.stderr.write(`${MISSING}\n`);

describe.skipIf(!hasCorpus())('public rules and dashboards', () => {
  let folder: string;
  let files: PublicFiles;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dashwright-public-'));
    files = writePublicFiles(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('every expression is read, and each of its characters is found in the file', () => {
    const read = readFiles([folder]).files;
    expect(read.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const exprs = read.flatMap((file) => exprsOf(file).map((expr) => ({ expr, text: file.source.text })));
    expect(exprs).toHaveLength(files.expressions);
    for (const { expr, text } of exprs) {
      for (let offset = 0; offset < expr.text.length; offset += 7) {
        const { start, end } = fileSpan(expr, { start: offset, end: offset + 1 });
        const written = text.slice(start, end);
        expect(written === expr.text[offset] || /^\\|^\s+$/.test(written)).toBe(true);
      }
    }
  });

  test('there are as many warnings of each code as were judged on the page', () => {
    const { diagnostics } = lintFiles([folder]);
    const counts = new Map<string, number>();
    for (const { code, severity } of diagnostics)
      if (severity === 'warning') counts.set(code, (counts.get(code) ?? 0) + 1);
    const judged = [...readFileSync(PAGE, 'utf8').matchAll(/^\| \[(\w+)\]\(codes\/[^)]+\) +\| (\d+) +\| (\d+) +\|/gm)];
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(judged.map(([, code, warnings]) => [code, Number(warnings)])),
    );
    for (const [, code, warnings, right] of judged)
      expect(Number(right) / Number(warnings), code).toBeGreaterThanOrEqual(0.9);
  });

  test('every error is a fault that docs/found-in-public-rules.md proves, and every one proven is found', () => {
    const { diagnostics } = lintFiles([folder]);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const found = errors.map(({ code, position, where }) => {
      const source = files.sources.get(position?.file ?? '') ?? '';
      return `${code} ${source} ${where.join(' › ').replaceAll('|', String.raw`\|`)}`;
    });
    expect([...new Set(found)].toSorted()).toEqual([...new Set(listed())].toSorted());
  });

  test('every mechanical repair can be made, none is needed after it, and promtool takes the rules', async () => {
    const { fixed, refused, diagnostics } = lintAndFix([folder]);
    expect(refused).toEqual([]);
    expect(diagnostics.filter(({ replacement }) => replacement !== undefined)).toEqual([]);
    expect(fixed.length).toBeGreaterThan(10);
    await inTemporaryFolder((copies) => {
      const rules = fixed.filter(({ path }) => path.endsWith('.yaml'));
      const paths = rules.map(({ path, text }, index) => {
        const copy = join(copies, `${index}-${basename(path)}`);
        writeFileSync(copy, text);
        return copy;
      });
      expect(() => execFileSync(findEngine('promtool'), ['check', 'rules', '--lint=none', ...paths])).not.toThrow();
      return Promise.resolve();
    });
  });
});
