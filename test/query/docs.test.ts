/** The page for authors: its code compiles, prints what it says, and is refused where it says so. */
import { readFileSync } from 'node:fs';
import * as dw from 'dashwright';
import { print } from 'dashwright/promql';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { messages } from '../types/compile.ts';

const page = readFileSync(new URL('../../docs/queries.md', import.meta.url), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({
    language,
    text,
  }),
);

const code = blocks.filter(({ language }) => language === 'ts').map(({ text }) => text);
const names = (text: string): readonly string[] => [...text.matchAll(/^const (\w+)/gm)].map(([, name = '']) => name);

/** Metrics that a block declares beside its queries. */
const DECLARATIONS = new Set(['cpu', 'cores']);

function run(): Readonly<Record<string, unknown>> {
  const source = code.join('\n').replace(/^import [\s\S]*?;$/m, '');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const result = `return { ${code.flatMap(names).join(', ')} };`;
  // oxlint-disable-next-line typescript/no-implied-eval -- the page's own code is what is tested
  return new Function(...Object.keys(dw), `${outputText}\n${result}`)(...Object.values(dw)) as Record<string, unknown>;
}

const isQuery = (value: unknown): value is dw.QueryValue => (value as { kind?: unknown } | undefined)?.kind === 'query';

describe('docs/queries.md', () => {
  const values = run();
  const shown = blocks.flatMap(({ language, text }, index) =>
    language === 'promql' ? [{ title: text.split('\n')[0] ?? '', text, before: blocks[index - 1]?.text ?? '' }] : [],
  );

  test('shows more than a few examples', () => {
    expect(shown.length).toBeGreaterThan(7);
  });

  test.each(shown)('prints $title', ({ text, before }) => {
    const printed = names(before)
      .map((name) => ({ name, value: values[name] }))
      .filter(({ value, name }) => isQuery(value) && !DECLARATIONS.has(name))
      .map(({ value }) => print((value as dw.QueryValue).expr));
    expect(printed).toEqual(text.trimEnd().split('\n'));
  });

  test('compiles, and refuses each line that it says is refused', { timeout: 300_000 }, async () => {
    const refused =
      blocks
        .find(({ language }) => language === 'ts refused')
        ?.text.trimEnd()
        .split('\n') ?? [];
    expect(refused.length).toBeGreaterThan(7);
    const files = Object.fromEntries(refused.map((line, index) => [`refused-${index}`, `${code.join('\n')}\n${line}`]));
    const said = await messages('TypeScript 7', { page: code.join('\n'), ...files });
    expect(said['page']).toBe('');
    for (const [index, line] of refused.entries()) {
      const [, comment = ''] = line.split('// ');
      expect(said[`refused-${index}`]).toContain(comment);
    }
  });
});
