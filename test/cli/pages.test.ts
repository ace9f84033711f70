import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, project, run, SMALL } from './command.ts';

const FOLDER = 'docs/codes';
const PAGES = readdirSync(FOLDER).filter((name) => /^C8[35]/.test(name));

/** The TypeScript of a part of a page, by the path in its first line. */
function examples(page: string, part: 'Wrong' | 'Right'): Files {
  const section = page.split(/^## /m).find((text) => text.startsWith(part)) ?? '';
  const blocks = [...section.matchAll(/```ts\n\/\/ (\S+)\n([^]*?)```/g)];
  return Object.fromEntries(blocks.map(([, path = '', text = '']) => [path, text]));
}

describe('the pages of codes of the project and its output', () => {
  it('there is one for each code, with every part', async () => {
    const { stdout } = await run(process.cwd(), ['explain']);
    const listed = [...stdout.matchAll(/^(C8[35]\d) +\w+ +([\w-]+):/gm)].map(([, code, name]) => `${code}-${name}.md`);
    expect(PAGES.toSorted()).toEqual(listed.toSorted());
    for (const name of PAGES) {
      const page = readFileSync(join(FOLDER, name), 'utf8');
      expect(page.startsWith(`# ${name.slice(0, 4)} ${name.slice(5, -3)}\n`)).toBe(true);
      for (const part of ['Why', 'Wrong', 'Right', 'When to allow it'])
        expect(page).toMatch(new RegExp(`^## ${part}\n\n\\S`, 'm'));
    }
  });

  const withExamples = PAGES.map((name) => ({
    code: name.slice(0, 4),
    page: readFileSync(join(FOLDER, name), 'utf8'),
  })).filter(({ page }) => Object.keys(examples(page, 'Wrong')).length > 0);

  it.concurrent.each(withExamples)(
    '$code: wrong gives the code, right does not',
    { timeout: 120_000 },
    async ({ code, page }) => {
      const wrong = await run(project({ ...SMALL, ...examples(page, 'Wrong') }), ['check', '--format', 'json']);
      const { diagnostics } = JSON.parse(wrong.stdout) as { diagnostics: { code: string; severity: string }[] };
      expect(diagnostics.filter(({ severity }) => severity === 'error').map((one) => one.code)).toEqual([code]);
      const right = await run(project({ ...SMALL, ...examples(page, 'Right') }), ['check']);
      expect(right.stdout).not.toContain(`${code} `);
      expect(right.code).toBe(0);
    },
  );
});
