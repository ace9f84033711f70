import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { expect, it } from 'vitest';
import { options, resolveOptions } from './rooms.ts';

it('keeps every room to the neighbours that it may know', async () => {
  const { output } = await cruise(['src', 'metrics', 'dashboards', 'rules'], options, resolveOptions, {
    tsConfig: extractTSConfig('tsconfig.json'),
  });
  if (typeof output === 'string') throw new Error(output);
  const faults = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  expect(faults).toEqual([]);
  expect(output.modules.filter(({ source }) => source.startsWith('src/')).length).toBeGreaterThan(50);
  expect(
    output.modules.some(({ dependencies }) => dependencies.some(({ resolved }) => resolved === 'src/index.ts')),
  ).toBe(true);
});
