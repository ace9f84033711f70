import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PICTURE, plain, terminalText } from '../../scripts/readme-picture.ts';
import { project, run } from '../cli/command.ts';

const readme = readFileSync('README.md', 'utf8');

test('the example builds, and its panel gets its unit and legend from the query', async () => {
  const files = [...readme.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
    ([, path = '', text = '']) => [path, text] as const,
  );
  const root = project(Object.fromEntries(files));
  const { code, stdout, stderr } = await run(root, ['build', '--max-warnings', '0']);
  expect([stderr, code], stdout).toEqual(['', 0]);
  const dashboard = JSON.parse(readFileSync(join(root, 'out/grafana/dashboards/root/pipelines.json'), 'utf8'));
  const panel = dashboard.panels.find((one: { readonly type: string }) => one.type === 'stat');
  expect(panel.fieldConfig.defaults.unit).toBe('percentunit');
  expect(panel.targets[0].legendFormat).toBe('{{pipeline}}');
  expect(
    files
      .map(([, text]) => text.trim())
      .join('\n')
      .split('\n'),
  ).toHaveLength(10);
});

test('the picture shows what the command prints', () => {
  const svg = readFileSync(PICTURE, 'utf8');
  const shown = [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, line = '']) =>
    line
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
  expect(shown.slice(1).join('\n')).toBe(plain(terminalText()).trimEnd());
});

describe('links', () => {
  test.each(['README.md', 'CONTRIBUTING.md'])('%s leads nowhere that is not there', (page) => expectLinks(page));

  test('nor does a page of docs/', async () => {
    const pages = (await readdir('docs', { recursive: true })).filter((page) => page.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(100);
    for (const page of pages) expectLinks(join('docs', page));
  });
});

/** Every relative link of a page leads to a file, and to a heading of it. */
function expectLinks(page: string): void {
  const text = readFileSync(page, 'utf8').replaceAll(/```[\s\S]*?```/g, '');
  for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path = '', heading] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    const content = readable(file);
    expect(content, `${page} → ${target}`).toBeDefined();
    if (heading !== undefined) expect(headingsOf(content ?? ''), `${page} → ${target}`).toContain(heading);
  }
}

function readable(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return '';
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The anchors that GitHub gives the headings of a page. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
