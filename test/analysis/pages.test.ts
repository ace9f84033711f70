import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import { CHECKS } from '../../src/analysis/checks/index.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { CODES } from '../../src/analysis/codes.ts';
import { proposals, shown, subject } from './harness.ts';
import { PAGES, placeOf, queryOf, readPages, settingOf, worldOf, type Example, type Page } from './pages.ts';

const pages = readPages().filter(({ code }) => CODES.some((entry) => entry.code === code));

test('the table of docs/codes/README.md is the table of codes', () => {
  const rows = [
    ...readFileSync(join(PAGES, 'README.md'), 'utf8').matchAll(
      /^\| ([A-Z]\d{3}) +\| \[([^\]]+)\]\([^)]*\) +\| (\w+) +\| (.*?) +\| *(.*?) *\|$/gm,
    ),
  ];
  expect(
    rows.map(([, code, name, severity, title, classes]) => ({
      code,
      name,
      severity,
      title,
      classes: classes?.split(' ').filter(Boolean),
    })),
  ).toEqual(CODES);
});

test('every check has its own code and its own page', () => {
  const codes = CHECKS.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  const paged = new Set(pages.map(({ code }) => code));
  expect(codes.filter((code) => !paged.has(code))).toEqual([]);
});

test('checks are listed in the order of their codes', () => {
  const order = new Map(CODES.map(({ code }, index) => [code, index]));
  const places = CHECKS.map(({ code }) => order.get(code) ?? -1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

/** What is said of a query in the place of an example: warnings and errors, and the page's own code. */
function analysed(page: Page, example: Example, text = queryOf(example)): readonly Diagnostic[] {
  const setting = settingOf(page, example);
  const query = subject(text, placeOf(setting));
  const diagnostics = analyseProject({ groups: [], dashboards: [], queries: [query] }, worldOf(setting));
  return diagnostics.filter(({ code, severity }) => severity !== 'info' || code === page.code);
}

const codesOf = (...[page, example, text]: Parameters<typeof analysed>): readonly string[] =>
  shown(analysed(page, example, text));

describe.each(pages)('$code $name', (page) => {
  test('says what, why, wrong, right and when to allow it', () => {
    expect(CODES.find(({ code }) => code === page.code)?.name).toBe(page.name);
    expect(page.sections).toEqual(['Why', 'Wrong', 'Right', 'When to allow it']);
    const headings = new Set(page.examples.map(({ heading }) => heading));
    const judgesQueries = CHECKS.some(({ code, nodes, query }) => code === page.code && (nodes ?? query));
    expect(headings.size === 2 || !judgesQueries).toBe(true);
  });

  for (const example of page.examples) {
    test(`${example.heading}: ${queryOf(example)}`, () => {
      const codes = codesOf(page, example).map((text) => text.slice(0, 4));
      expect(codes).toEqual(example.heading === 'Wrong' ? [page.code] : []);
    });

    if (example.heading === 'Right' || page.code === 'C804') continue;
    test(`what the fix of ${queryOf(example)} proposes is right`, () => {
      const setting = settingOf(page, example);
      const texts = proposals(subject(queryOf(example), placeOf(setting)), page.code, worldOf(setting));
      // dots are for the reader to fill in, who may not know with what
      for (const { fix } of analysed(page, example)) expect(fix).not.toMatch(/`[^`]*…[^`]*`/);
      const found = texts.map((text) => ({ text, codes: codesOf(page, example, text) }));
      expect(found).toEqual(found.map(({ text }) => ({ text, codes: [] })));
    });
  }
});
