import { SourceMap } from 'node:module';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { readSourceMap } from '../../src/project/load/source-map.ts';

it('finds the same place as Node does, for every column of a bundle', async () => {
  const { outputFiles } = await build({
    entryPoints: ['src/promql/index.ts'],
    bundle: true,
    write: false,
    sourcemap: 'external',
    outfile: 'bundle.js',
    format: 'esm',
  });
  const json = outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '';
  const code = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  const lookUp = readSourceMap(json);
  const reference = new SourceMap(JSON.parse(json) as ConstructorParameters<typeof SourceMap>[0]);
  let compared = 0;
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column <= text.length; column += 3) {
      const entry = reference.findEntry(line, column);
      // Node goes back to earlier lines where a line has nothing before the column.
      if (!('originalSource' in entry) || entry.generatedLine !== line) continue;
      expect(lookUp(line, column)).toEqual({
        source: entry.originalSource,
        line: entry.originalLine,
        column: entry.originalColumn,
      });
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(10_000);
  expect(lookUp(1_000_000, 0)).toBeUndefined();
});
