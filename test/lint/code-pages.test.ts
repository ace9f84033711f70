import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LINT_CODES } from '../../src/lint/codes.ts';
import { lintFiles } from '../../src/lint/lint.ts';
import { inFolder } from './in-folder.ts';

const PAGES = join(import.meta.dirname, '../../docs/codes');

/** The example below a heading, and the ending of its file. */
function example(page: string, heading: string): { readonly name: string; readonly text: string } {
  const section = page.split(`## ${heading}\n`)[1] ?? '';
  const [, language = '', text = ''] = /```(\w+)\n([\s\S]*?)```/.exec(section) ?? [];
  return { name: `example.${language}`, text };
}

function codesOf({ name, text }: ReturnType<typeof example>): readonly string[] {
  return inFolder({ [name]: text }, (folder) =>
    lintFiles([join(folder, name)]).diagnostics.flatMap(({ code }) => (code.startsWith('C82') ? [code] : [])),
  );
}

describe.each(LINT_CODES)('the page of $code', ({ code, name, severity, title }) => {
  const path = join(PAGES, `${code}-${name}.md`);

  test('exists, and the table of codes names it', () => {
    expect(existsSync(path)).toBe(true);
    const table = readFileSync(join(PAGES, 'README.md'), 'utf8').replaceAll(/ {2,}/g, ' ');
    expect(table).toContain(`| ${code} | [${name}](${code}-${name}.md) | ${severity} | ${title} |`);
  });

  test('shows a wrong file that gives the code, and a right one that does not', () => {
    const page = readFileSync(path, 'utf8');
    expect(new Set(codesOf(example(page, 'Wrong')))).toEqual(new Set([code]));
    expect(codesOf(example(page, 'Right'))).toEqual([]);
  });
});
